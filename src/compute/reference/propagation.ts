import type { Layer, Model } from '../../model/model.ts';
import type { Points } from '../compute.ts';

/** The forward pass in f64 on workspace that is made once per network, so that a point costs no allocation. */
export class Propagation {
  readonly inputs: number;
  readonly outputs: number;
  readonly #layers: readonly Layer[];
  #before: Float64Array;
  #after: Float64Array;
  readonly #output: Float64Array;

  constructor(net: Model) {
    this.#layers = net.layers;
    this.inputs = net.layers[0].inputs;
    this.outputs = net.layers[net.layers.length - 1].outputs;
    const width = Math.max(...net.layers.map((layer) => Math.max(layer.inputs, layer.outputs)));
    this.#before = new Float64Array(width);
    this.#after = new Float64Array(width);
    this.#output = new Float64Array(this.outputs);
  }

  /** f at the point that starts at `points[at]`; the array is overwritten by the next call. */
  outputAt(points: Points, at: number): Float64Array {
    this.#start(points, at);
    const last = this.#layers.length - 1;
    for (let k = 0; k < last; k++) this.#step(this.#layers[k]);
    affine(this.#layers[last], this.#before, this.#output);
    return this.#output;
  }

  /**
   * Sets the bits of the pattern, from word `wordAt` of `words` on, which must be zero: z > 0, and every neuron without a
   * crease (slope 1).
   */
  patternAt(points: Points, at: number, words: Uint32Array, wordAt: number): void {
    this.#start(points, at);
    let bit = 0;
    for (let k = 0; k < this.#layers.length - 1; k++) {
      const layer = this.#layers[k];
      affine(layer, this.#before, this.#after);
      // Before σ: with a negative slope, its sign is not that of z.
      for (let j = 0; j < layer.outputs; j++, bit++)
        if (this.#after[j] > 0 || layer.slopes[j] === 1)
          words[wordAt + (bit >>> 5)] |= 1 << (bit & 31);
      this.#activate(layer);
    }
  }

  /** Writes the post-activations of every hidden neuron, in flat order, from `into[to]` on. */
  activationsAt(points: Points, at: number, into: Float32Array, to: number): void {
    this.#start(points, at);
    let neuron = to;
    for (let k = 0; k < this.#layers.length - 1; k++) {
      this.#step(this.#layers[k]);
      const { outputs } = this.#layers[k];
      for (let j = 0; j < outputs; j++, neuron++) into[neuron] = this.#before[j];
    }
  }

  #start(points: Points, at: number): void {
    for (let i = 0; i < this.inputs; i++) this.#before[i] = points[at + i];
  }

  #step(layer: Layer): void {
    affine(layer, this.#before, this.#after);
    this.#activate(layer);
  }

  #activate({ outputs, slopes }: Layer): void {
    for (let j = 0; j < outputs; j++) {
      const z = this.#after[j];
      const slope = slopes[j];
      this.#after[j] = z > 0 ? z : slope === 0 ? 0 : slope * z;
    }
    [this.#before, this.#after] = [this.#after, this.#before];
  }
}

/** z = W h + b, four neurons side by side because one sum alone waits for each of its additions. */
function affine({ inputs, outputs, weights, biases }: Layer, h: Float64Array, z: Float64Array) {
  let j = 0;
  for (; j + 4 <= outputs; j += 4) {
    let [a, b, c, d] = [biases[j], biases[j + 1], biases[j + 2], biases[j + 3]];
    let w = j * inputs;
    for (let i = 0; i < inputs; i++, w++) {
      const x = h[i];
      a += weights[w] * x;
      b += weights[w + inputs] * x;
      c += weights[w + 2 * inputs] * x;
      d += weights[w + 3 * inputs] * x;
    }
    z[j] = a;
    z[j + 1] = b;
    z[j + 2] = c;
    z[j + 3] = d;
  }
  for (; j < outputs; j++) {
    let sum = biases[j];
    for (let i = 0; i < inputs; i++) sum += weights[j * inputs + i] * h[i];
    z[j] = sum;
  }
}
