import { runTrials } from '../property/trials32.ts';
import type { Row } from './table.ts';

/** Of the recipe; a tenth of it suffices to show what naive arithmetic does. */
const TRIALS = 1_000_000;
const SEED = 1_000_003;

/**
 * The 32-bit recipe, and arithmetic without it, on balls within 10⁻⁵ of a decision, against rounding as bad as WGSL
 * allows: how many neurons were decided, and how many falsely called stable.
 */
export async function soundnessBench(): Promise<Row[]> {
  return [true, false].map((inflated) => {
    const found = runTrials(inflated ? TRIALS : TRIALS / 10, SEED, inflated);
    return {
      arithmetic: inflated ? 'inflated, as shipped' : 'naive 32 bits',
      'balls on the brink': found.trials,
      'neurons decided': found.decisions,
      'unstable in 64 bits': found.unstable,
      'false S = 0': found.falselyStable,
      'other claims too bold': found.otherwiseBold,
    };
  });
}
