import { neuronBounds } from '../../bounds/algorithmOne.ts';
import { createLocalBound } from '../../bounds/ladder.ts';
import { neuronIntervals } from '../../bounds/localBound.ts';
import { BOUND_METHODS } from '../../bounds/methods.ts';
import { Recursion } from '../../bounds/recursion.ts';
import type { Model } from '../../model/model.ts';
import { checkRadii, pointCount, radiusAt } from '../checks.ts';
import type { BoundOptions, Bounds, Radii } from '../compute.ts';
import { inSlices } from './slices.ts';

/** `bounds` on one thread, in slices. */
export async function boundsInSlices(
  net: Model,
  points: Float64Array,
  r: Radii,
  options: BoundOptions = {},
): Promise<Bounds> {
  const { method = 'algorithm1', detail = false } = options;
  const n = pointCount(net, points);
  checkRadii(r, n);
  const { widths, neurons: N, inputs: d } = net;
  const K = widths.length;
  const C = new Uint32Array(n * K);
  const { S, found, run } = bounder(net, method, detail ? n * N : N);
  await inSlices(net, n, BOUND_METHODS[method].weight(net), options, (i) => {
    const at = detail ? i * N : 0;
    run(points, i * d, radiusAt(r, i), at);
    let neuron = at;
    for (let k = 0; k < K; k++) {
      let count = 0;
      for (const end = neuron + widths[k]; neuron < end; neuron++) count += S[neuron];
      C[i * K + k] = count;
    }
  });
  return detail ? { C, ...found } : { C };
}

/** A method with room for what it says of so many neurons; `run` takes the point and the neuron that it begins at. */
function bounder(net: Model, method: NonNullable<BoundOptions['method']>, room: number) {
  if (method === 'algorithm1') {
    const detail = neuronBounds(room);
    const recursion = new Recursion(net);
    const run = (points: Float64Array, from: number, r: number, at: number): void =>
      recursion.run(points, from, r, 'guarded', detail, at);
    return { S: detail.S, found: { detail }, run };
  }
  const intervals = neuronIntervals(room);
  const bound = createLocalBound(net, method);
  const run = (points: Float64Array, from: number, r: number, at: number): void =>
    bound.run(points, from, r, intervals, at);
  return { S: intervals.S, found: { intervals }, run };
}
