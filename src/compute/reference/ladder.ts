import { createLocalBound } from '../../bounds/ladder.ts';
import { neuronIntervals } from '../../bounds/localBound.ts';
import { BOUND_METHODS, type BoundMethod } from '../../bounds/methods.ts';
import type { Model } from '../../model/model.ts';
import { checkRadii, pointCount, radiusAt } from '../checks.ts';
import type { BoundOptions, Bounds, Radii } from '../compute.ts';
import { inSlices } from './slices.ts';

/** `bounds` by a method other than Algorithm 1, one thread, in slices. */
export async function ladderInSlices(
  net: Model,
  points: Float64Array,
  r: Radii,
  method: BoundMethod,
  options: BoundOptions,
): Promise<Bounds> {
  const { detail = false } = options;
  const n = pointCount(net, points);
  checkRadii(r, n);
  const widths = net.widths;
  const N = net.neurons;
  const d = net.inputs;
  const bound = createLocalBound(net, method);
  const C = new Uint32Array(n * widths.length);
  const intervals = neuronIntervals(detail ? n * N : N);
  await inSlices(net, n, BOUND_METHODS[method].weight(net), options, (i) => {
    const at = detail ? i * N : 0;
    bound.run(points, i * d, radiusAt(r, i), intervals, at);
    let neuron = at;
    for (let k = 0; k < widths.length; k++) {
      let count = 0;
      for (const end = neuron + widths[k]; neuron < end; neuron++) count += intervals.S[neuron];
      C[i * widths.length + k] = count;
    }
  });
  return detail ? { C, intervals } : { C };
}
