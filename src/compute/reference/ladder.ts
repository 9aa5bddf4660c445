import { createLocalBound } from '../../bounds/ladder.ts';
import { neuronIntervals } from '../../bounds/localBound.ts';
import { BOUND_METHODS } from '../../bounds/methods.ts';
import { hiddenWidths, inputSize, type Network, neuronCount } from '../../network/network.ts';
import { checkRadii, pointCount, radiusAt } from '../checks.ts';
import type { BoundOptions, Bounds, Radii } from '../compute.ts';
import { inSlices } from './slices.ts';

/** Whether a call of `bounds` is for the ladder, which works in f64 on every backend, and not for Algorithm 1 as printed. */
export const wantsLadder = ({ method = 'algorithm1', rounding }: BoundOptions = {}): boolean =>
  method !== 'algorithm1' || rounding === 'outward';

/** `bounds` by a method of the ladder, one thread, in slices. */
export async function ladderInSlices(
  net: Network,
  points: Float64Array,
  r: Radii,
  options: BoundOptions,
): Promise<Bounds> {
  const { method = 'algorithm1', rounding = 'outward', detail = false } = options;
  const n = pointCount(net, points);
  checkRadii(r, n);
  const widths = hiddenWidths(net);
  const N = neuronCount(net);
  const d = inputSize(net);
  const bound = createLocalBound(net, method, rounding);
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
