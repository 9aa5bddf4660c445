import { checkRadius, neuronBounds } from '../bounds/algorithmOne.ts';
import { Recursion } from '../bounds/recursion.ts';
import { hiddenWidths, type Network, neuronCount, patternWords } from '../network/network.ts';
import { nextTask } from '../nextTask.ts';
import { pointCount, requireNetwork } from './checks.ts';
import type { Bounds, Compute, ComputeOptions } from './compute.ts';
import { Propagation } from './propagation.ts';

const DESCRIPTION = 'CPU, 64-bit';

/** How long the thread is kept before messages get a turn. */
const SLICE_MS = 8;
/** Multiply-adds between two looks at the clock. */
const WORK_PER_LOOK = 50_000;

/** The CPU backend: f64 throughout, one thread, in slices of a few milliseconds. It cannot be lost. */
export function createCpuCompute(): Compute {
  let loaded: Network | undefined;
  return {
    backend: 'cpu',
    description: DESCRIPTION,
    load(net) {
      loaded = net;
    },
    async forward(points, options) {
      const net = requireNetwork(loaded);
      const n = pointCount(net, points);
      const propagation = new Propagation(net);
      const results = new Float32Array(n * propagation.outputs);
      await inSlices(net, n, 1, options, (i) => {
        results.set(propagation.outputAt(points, i * propagation.inputs), i * propagation.outputs);
      });
      return results;
    },
    async patterns(points, options) {
      const net = requireNetwork(loaded);
      const n = pointCount(net, points);
      const propagation = new Propagation(net);
      const words = patternWords(net);
      const results = new Uint32Array(n * words);
      await inSlices(net, n, 1, options, (i) => {
        propagation.patternAt(points, i * propagation.inputs, results, i * words);
      });
      return results;
    },
    bounds: async (points, r, options) => boundsOnCpu(requireNetwork(loaded), points, r, options),
    dispose() {
      loaded = undefined;
    },
  };
}

async function boundsOnCpu(
  net: Network,
  points: Float64Array,
  r: number,
  options: (ComputeOptions & { readonly detail?: boolean }) | undefined,
): Promise<Bounds> {
  checkRadius(r);
  const n = pointCount(net, points);
  const widths = hiddenWidths(net);
  const N = neuronCount(net);
  const d = net.layers[0].inputs;
  const recursion = new Recursion(net);
  const C = new Uint32Array(n * widths.length);
  const detail = options?.detail ? neuronBounds(n * N) : undefined;
  const room = detail ?? neuronBounds(N);
  await inSlices(net, n, d + 1, options, (i) => {
    const at = detail ? i * N : 0;
    recursion.run(points, i * d, r, 'guarded', room, at);
    let neuron = at;
    for (let k = 0; k < widths.length; k++) {
      let count = 0;
      for (const end = neuron + widths[k]; neuron < end; neuron++) count += room.S[neuron];
      C[i * widths.length + k] = count;
    }
  });
  return detail ? { C, detail } : { C };
}

/** Calls `work` for every point; `weight` is its cost per network parameter, in multiply-adds. */
async function inSlices(
  net: Network,
  n: number,
  weight: number,
  options: ComputeOptions | undefined,
  work: (i: number) => void,
): Promise<void> {
  options?.signal?.throwIfAborted();
  const parameters = net.layers.reduce((sum, layer) => sum + layer.weights.length, 0);
  const stride = Math.max(1, Math.floor(WORK_PER_LOOK / (weight * parameters)));
  let sliceEnd = performance.now() + SLICE_MS;
  for (let i = 0; i < n; ) {
    for (const end = Math.min(n, i + stride); i < end; i++) work(i);
    if (i < n && performance.now() >= sliceEnd) {
      options?.onProgress?.(i / n);
      await nextTask();
      options?.signal?.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
  if (n > 0) options?.onProgress?.(1);
}
