import {
  hiddenLayers,
  hiddenWidths,
  inputSize,
  type Network,
  outputSize,
} from '../../../src/network/network.ts';

/** What a kernel does for one point, at the least: arithmetic, and bytes in and out of the device's memory. */
export interface Work {
  readonly flops: number;
  readonly bytes: number;
}

/** Two operations per weight; a point in and the outputs out, in 32 bits. The weights stay in the caches. */
export function forwardWork(net: Network): Work {
  const weights = net.layers.reduce((sum, layer) => sum + layer.weights.length, 0);
  return { flops: 2 * weights, bytes: 4 * (inputSize(net) + outputSize(net)) };
}

/**
 * The recursion with dense matrices: per layer the pre-activation, its error and min(d, n₁) columns of the gradient,
 * whose norm is then taken; the gradient of the first layer is its weights. What is skipped because neurons are off counts as
 * done. A centre with radius and slack in, one count per layer out.
 */
export function boundsWork(net: Network): Work {
  const d = inputSize(net);
  const widths = hiddenWidths(net);
  const columns = Math.min(d, widths[0]);
  let flops = 0;
  hiddenLayers(net).forEach(({ weights, outputs }, k) => {
    flops += 2 * weights.length * (k === 0 ? 2 : columns + 2) + 2 * columns * outputs;
  });
  return { flops, bytes: 4 * (d + 2 + widths.length) };
}
