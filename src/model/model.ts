import { InputError } from '../errors.ts';

/** An affine map h ↦ W h + b. Dense; a sparse one would be another kind of it. */
export interface AffineMap {
  readonly inputs: number;
  readonly outputs: number;
  /** Row-major `[outputs × inputs]`: the weight from input i to neuron j is `weights[j * inputs + i]`. */
  readonly weights: Float64Array;
  /** `[outputs]` */
  readonly biases: Float64Array;
}

/**
 * An affine map and the activation behind it, σ(z) = z for z > 0 and s z for z ≤ 0, which is max(z, s z) for every
 * slope s in [−1, 1].
 */
export interface Layer extends AffineMap {
  /**
   * `[outputs]`: s of every neuron. 0 is ReLU, in between is leaky ReLU, −1 is the absolute value. A neuron with slope 1
   * passes z through: it has no crease, never switches and cuts nothing, and its bit in an activation pattern is always
   * 1. Any other neuron is on where z > 0, and off elsewhere, also where z is 0 throughout; unless s = 0, it is not zero
   * where it is off.
   */
  readonly slopes: Float64Array;
}

/**
 * A fully connected network, h⁰ = x, z^k = W^k h^{k-1} + b^k, h^k = σ(z^k), f(x) = W^{K+1} h^K + b^{K+1}, with what
 * follows from its shape. Plain data, so that it can be sent to a worker. Made by `createModel`.
 */
export interface Model {
  /** Hidden layers in order, then the linear output layer, whose slopes are 1; never empty. */
  readonly layers: readonly Layer[];
  /** The hidden ones of `layers`. */
  readonly hidden: readonly Layer[];
  /** d, the size of x. */
  readonly inputs: number;
  /** The size of f(x). */
  readonly outputs: number;
  /** Widths of the hidden layers, n₁ … n_K (empty for an affine network). */
  readonly widths: readonly number[];
  /**
   * Flat index of the first neuron of every hidden layer, with N at the end: the neuron `j` of hidden layer `k`
   * (both from 0) is bit `offsets[k] + j` of an activation pattern.
   */
  readonly offsets: readonly number[];
  /** N, the number of hidden neurons. */
  readonly neurons: number;
  /** 32-bit words that hold one activation pattern (bit i of the pattern is bit i mod 32 of word ⌊i/32⌋). */
  readonly words: number;
  /** `[N]`, by flat index: the slopes of all hidden neurons. */
  readonly slopes: Float64Array;
  /** `[words]`: the bits of the neurons with slope 1, which are set in every activation pattern. */
  readonly passing: Uint32Array;
  /** Number of weights and biases. */
  readonly parameters: number;
  /** Multiply-adds of one forward pass for one point: one for each weight. */
  readonly work: number;
}

/**
 * @param maps the affine maps of the hidden layers, then that of the output layer
 * @param slopes one slope for all hidden neurons, or `[width]` slopes for every hidden layer
 * @throws InputError for a slope outside [−1, 1]
 */
export function createModel(
  maps: readonly AffineMap[],
  slopes: number | readonly Float64Array[] = 0,
): Model {
  const layers = maps.map(({ inputs, outputs, weights, biases }, k): Layer => {
    const own =
      k === maps.length - 1
        ? new Float64Array(outputs).fill(1)
        : typeof slopes === 'number'
          ? new Float64Array(outputs).fill(slopes)
          : slopes[k];
    if (own.length !== outputs)
      throw new RangeError(`layer ${k + 1} has ${outputs} neurons, but ${own.length} slopes`);
    if (!own.every((s) => s >= -1 && s <= 1))
      throw new InputError(`layer ${k + 1}: a slope must be a number from -1 to 1`);
    return { inputs, outputs, weights, biases, slopes: own };
  });
  const hidden = layers.slice(0, -1);
  const offsets = [0];
  for (const { outputs } of hidden) offsets.push(offsets[offsets.length - 1] + outputs);
  const neurons = offsets[hidden.length];
  const words = Math.ceil(neurons / 32);
  const all = new Float64Array(neurons);
  hidden.forEach((layer, k) => {
    all.set(layer.slopes, offsets[k]);
  });
  const passing = new Uint32Array(words);
  for (let i = 0; i < neurons; i++) if (all[i] === 1) passing[i >>> 5] |= 1 << (i & 31);
  return {
    layers,
    hidden,
    inputs: layers[0].inputs,
    outputs: layers[hidden.length].outputs,
    widths: hidden.map((layer) => layer.outputs),
    offsets,
    neurons,
    words,
    slopes: all,
    passing,
    parameters: parameterCount(layers),
    work: layers.reduce((sum, { inputs, outputs }) => sum + outputs * inputs, 0),
  };
}

/** A model with the slopes of `net` and other affine maps of the same widths. */
export const withMaps = (net: Model, maps: readonly AffineMap[]): Model =>
  createModel(
    maps,
    net.hidden.map(({ slopes }) => slopes),
  );

/** Number of weights and biases. */
export const parameterCount = (maps: readonly Pick<AffineMap, 'inputs' | 'outputs'>[]): number =>
  maps.reduce((sum, { inputs, outputs }) => sum + outputs * (inputs + 1), 0);

/** Hidden layer and neuron (both from 0) of a flat neuron index. */
export function neuronAt(net: Model, flat: number): { layer: number; neuron: number } {
  let neuron = flat;
  for (let layer = 0; layer < net.widths.length; layer++) {
    if (neuron < net.widths[layer]) return { layer, neuron };
    neuron -= net.widths[layer];
  }
  throw new RangeError(`neuron ${flat} does not exist: the network has ${net.neurons}`);
}
