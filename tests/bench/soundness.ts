import { runLadderTrials } from '../property/ladderTrials32.ts';
import { runTrials } from '../property/trials32.ts';
import type { Row } from './table.ts';

/** Of the recipe; a tenth of it suffices to show what naive arithmetic does. */
const TRIALS = 1_000_000;
const SEED = 1_000_003;

/**
 * The 32-bit recipes, and arithmetic without them, on balls within 10⁻⁵ of a decision, against rounding as bad as WGSL
 * allows: how many neurons are unstable there (to Algorithm 1 in 64 bits; for the ladder, that are seen to switch), and
 * how many are falsely called stable.
 */
export async function soundnessBench(): Promise<Row[]> {
  return [true, false].flatMap((inflated) => {
    const arithmetic = inflated ? 'inflated, as shipped' : 'naive 32 bits';
    const trials = inflated ? TRIALS : TRIALS / 10;
    const one = runTrials(trials, SEED, inflated);
    const ladder = runLadderTrials(trials, SEED, inflated);
    return [
      {
        bound: 'Algorithm 1',
        arithmetic,
        'balls near a threshold': one.trials,
        'unstable neurons': one.unstable,
        'false S = 0': one.falselyStable,
        'other false claims': one.otherwiseBold,
      },
      {
        bound: 'the four others',
        arithmetic,
        'balls near a threshold': ladder.trials,
        'unstable neurons': ladder.switching,
        'false S = 0': ladder.falselyStable,
        'other false claims': ladder.outside,
      },
    ];
  });
}
