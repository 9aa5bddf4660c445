import type { Model } from '../../model/model.ts';
import type { Compute, ComputeOptions, Distances } from '../compute.ts';
import { createReferenceCompute } from '../reference/backend.ts';

/** Replaces the results of these points by distances computed in 64 bits. */
export async function recomputeDistances(
  net: Model,
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

/** Progress was reported already. */
const quietly = (signal: AbortSignal | undefined): ComputeOptions => (signal ? { signal } : {});

/** A separate backend: the network may not be the one loaded last. */
function referenceFor(net: Model): Compute {
  const reference = createReferenceCompute();
  reference.load(net);
  return reference;
}

function pointsAt(net: Model, points: Float64Array, which: readonly number[]): Float64Array {
  const d = net.inputs;
  const chosen = new Float64Array(which.length * d);
  which.forEach((i, at) => {
    chosen.set(points.subarray(i * d, i * d + d), at * d);
  });
  return chosen;
}
