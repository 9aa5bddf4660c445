import { hiddenWidths, inputSize, type Network, neuronCount } from '../../network/network.ts';
import { radiusAt } from '../checks.ts';
import type { Bounds, Compute, ComputeOptions, Distances, Radii } from '../compute.ts';
import { createReferenceCompute } from '../reference/backend.ts';

/** Puts Algorithm 1 in 64 bits in the place of these points' results. */
export async function recomputeBounds(
  net: Network,
  points: Float64Array,
  r: Radii,
  which: readonly number[],
  bounds: Bounds,
  signal: AbortSignal | undefined,
): Promise<void> {
  const radii = Float64Array.from(which, (i) => radiusAt(r, i));
  const options = { detail: true, ...quietly(signal) };
  const exact = await referenceFor(net).bounds(pointsAt(net, points, which), radii, options);
  const K = hiddenWidths(net).length;
  const N = neuronCount(net);
  which.forEach((i, at) => {
    bounds.C.set(exact.C.subarray(at * K, (at + 1) * K), i * K);
    for (const key of ['A', 'U', 'rawU', 'P', 'S'] as const)
      bounds.detail?.[key].set(exact.detail![key].subarray(at * N, (at + 1) * N), i * N);
  });
}

/** Puts the distances in 64 bits in the place of these points' results. */
export async function recomputeDistances(
  net: Network,
  points: Float64Array,
  which: readonly number[],
  distances: Distances,
  signal: AbortSignal | undefined,
): Promise<void> {
  const exact = await referenceFor(net).distances(pointsAt(net, points, which), quietly(signal));
  which.forEach((i, at) => {
    distances.distance[i] = exact.distance[at];
    distances.neuron[i] = exact.neuron[at];
  });
}

/** Progress was told already. */
const quietly = (signal: AbortSignal | undefined): ComputeOptions => (signal ? { signal } : {});

/** A backend of its own: the network may not be the one loaded last. */
function referenceFor(net: Network): Compute {
  const reference = createReferenceCompute();
  reference.load(net);
  return reference;
}

function pointsAt(net: Network, points: Float64Array, which: readonly number[]): Float64Array {
  const d = inputSize(net);
  const chosen = new Float64Array(which.length * d);
  which.forEach((i, at) => {
    chosen.set(points.subarray(i * d, i * d + d), at * d);
  });
  return chosen;
}
