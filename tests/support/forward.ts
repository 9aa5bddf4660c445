import type { Layer, Model } from '../../src/model/model.ts';

/** z = W h + b for one layer; `[outputs]`. Sums run in index order, so that results repeat bit for bit. */
function preActivation(layer: Layer, input: ArrayLike<number>): Float64Array {
  const { inputs, outputs, weights, biases } = layer;
  const z = new Float64Array(outputs);
  for (let j = 0; j < outputs; j++) {
    let sum = biases[j];
    for (let i = 0; i < inputs; i++) sum += weights[j * inputs + i] * input[i];
    z[j] = sum;
  }
  return z;
}

/** σ(z), elementwise: z where z > 0, slope · z elsewhere (so an exact zero stays zero). */
const activate = (z: ArrayLike<number>, slopes: Float64Array): Float64Array =>
  Float64Array.from(z, (v, j) => (v > 0 ? v : slopes[j] === 0 ? 0 : slopes[j] * v));

/** Pre-activations z¹ … z^K of the hidden layers at x, then the outputs f(x), in f64. */
export function forwardAll(
  net: Model,
  x: ArrayLike<number>,
): { hidden: Float64Array[]; output: Float64Array } {
  const hidden: Float64Array[] = [];
  let h: ArrayLike<number> = x;
  for (let k = 0; k < net.layers.length - 1; k++) {
    const z = preActivation(net.layers[k], h);
    hidden.push(z);
    h = activate(z, net.layers[k].slopes);
  }
  return { hidden, output: preActivation(net.layers[net.layers.length - 1], h) };
}

/** f(x), `[outputs]`, in f64. */
export const forward = (net: Model, x: ArrayLike<number>): Float64Array =>
  forwardAll(net, x).output;
