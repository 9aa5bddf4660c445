import type { AlgorithmOneResult } from '../../src/bounds/algorithmOne.ts';
import { zaslavsky } from '../../src/bounds/regionBounds.ts';
import type { Frame } from '../../src/jobs/services.ts';
import type { DiscRegions } from '../../src/regions/query/disc.ts';
import type { CircleResults, SampledCircle, State } from './state.ts';

/** The step to show with a number that was measured at it: null if the current network is that of this step. */
export const stepToTell = (frame: Frame | null, step: number): number | null =>
  frame && (frame.step !== step || frame.status === 'playing') ? step : null;

/** What Algorithm 1 says of one hidden layer around one point; arrays of the layer's width. */
export interface LayerBounds {
  /** Pre-activation at the centre. */
  readonly A: ArrayLike<number>;
  /** Bound on the deviation of the post-activation. */
  readonly U: ArrayLike<number>;
  /** Bound on the deviation of the pre-activation: the interval is A ± rawU. */
  readonly rawU: ArrayLike<number>;
  readonly P: ArrayLike<number>;
  readonly S: ArrayLike<number>;
}

/** Bound and truth of one circle, laid out for the inspector. */
export interface Measured {
  readonly C: number;
  readonly zaslavsky: bigint;
  readonly layers: readonly LayerBounds[];
  /** Neurons that switch; null while the regions are being counted, and where that stopped at its limit: there may be more. */
  readonly switching: readonly Uint8Array[] | null;
  readonly exact: DiscRegions | null;
}

/**
 * The results to show for the circles. Results of the previous network are replaced in a moment while all workers run; if one
 * does not, they would stay beside another network, and are not shown.
 */
export const shownResults = ({ circleResults, run, troubles }: State): CircleResults | null =>
  circleResults?.run === run || Object.keys(troubles).length === 0 ? circleResults : null;

/** The product of Zaslavsky sums over the layers, in the plane. */
export const zaslavskyOf = ({ layers }: AlgorithmOneResult): bigint =>
  zaslavsky(
    layers.map(({ C }) => C),
    2,
  );

/** Where the results of the circle `id` stand, or −1 before it was first measured. */
export const placeOf = (results: CircleResults | null, id: number | null): number =>
  results?.circles.findIndex((circle) => circle.id === id) ?? -1;

/**
 * What samples show of the circle `id` as the results have it; while the network trains, a step behind, and left out
 * where it would be more than there is now.
 */
export function sampledCircle(
  results: CircleResults | null,
  sampled: SampledCircle | null,
  id: number | null,
): SampledCircle | null {
  const at = placeOf(results, id);
  if (!results || !sampled || at < 0) return null;
  const { run, net, circle, atLeast } = sampled;
  if (run !== results.run || circle !== results.circles[at]) return null;
  if (net === results.net) return sampled;
  const exact = results.exact[at];
  const most = exact?.complete ? exact.activationRegions : zaslavskyOf(results.bounds[at]);
  return atLeast > most ? null : sampled;
}

/** What is known of the circle `id`; null before it was first measured. */
export function measuredCircle(results: CircleResults | null, id: number | null): Measured | null {
  const at = placeOf(results, id);
  if (!results || at < 0) return null;
  const { net } = results;
  const { C, layers } = results.bounds[at];
  const exact = results.exact[at];
  const offsets = net.offsets;
  return {
    C,
    zaslavsky: zaslavskyOf(results.bounds[at]),
    layers,
    switching: exact?.complete
      ? layers.map((_, k) => exact.switching.subarray(offsets[k], offsets[k + 1]))
      : null,
    exact,
  };
}
