import type { Model } from '../../model/model.ts';
import type { Steps } from '../../steps.ts';
import type { Box } from '../complex/complex.ts';
import { linearRegionsInSteps } from '../linear/linearRegions.ts';
import { outputMapsInSteps } from '../linear/outputMaps.ts';
import { Subdivision } from '../subdivide/subdivide.ts';

/** How many regions meet the inside of a box. */
export interface BoxRegions {
  readonly activationRegions: number;
  /** Null where `complete` is false: regions that are yet to be cut have no affine map to compare. */
  readonly linearRegions: number | null;
  /** False where the limit was reached: then there are at least so many activation regions. */
  readonly complete: boolean;
}

/**
 * Counts the regions of a 2-input network in a box, exactly, as the map's picture of that box does.
 *
 * @throws InputError as `Subdivision` does
 */
export function* boxRegionsInSteps(net: Model, box: Box, maxRegions: number): Steps<BoxRegions> {
  const subdivision = new Subdivision(net, box, { maxRegions });
  yield* subdivision.cutInSteps();
  const complex = yield* subdivision.resultInSteps();
  const { faceCount: activationRegions, complete } = complex;
  if (!complete) return { activationRegions, linearRegions: null, complete };
  yield;
  const maps = yield* outputMapsInSteps(net, complex);
  const { count } = yield* linearRegionsInSteps(net, complex, maps);
  return { activationRegions, linearRegions: count, complete };
}
