/**
 * A fully connected network whose hidden layers are ReLU (or leaky ReLU) and whose last layer is linear:
 * h⁰ = x, z^k = W^k h^{k-1} + b^k, h^k = σ(z^k), f(x) = W^{K+1} h^K + b^{K+1}.
 */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Row-major `[outputs × inputs]`: the weight from input i to neuron j is `weights[j * inputs + i]`. */
  readonly weights: Float64Array;
  /** `[outputs]` */
  readonly biases: Float64Array;
}

export interface Network {
  /** Hidden layers in order, then the linear output layer; never empty. */
  readonly layers: readonly Layer[];
  /** Slope of σ on negative pre-activations: 0 is ReLU, a value in (0, 1) is leaky ReLU. */
  readonly negativeSlope: number;
}

export const inputSize = (net: Network): number => net.layers[0].inputs;

export const outputSize = (net: Network): number => net.layers[net.layers.length - 1].outputs;

export const hiddenLayers = (net: Network): readonly Layer[] => net.layers.slice(0, -1);

/** Widths of the hidden layers, n₁ … n_K (empty for an affine network). */
export const hiddenWidths = (net: Network): number[] => hiddenLayers(net).map((l) => l.outputs);

/** Number of hidden neurons, N. */
export const neuronCount = (net: Network): number =>
  hiddenWidths(net).reduce((sum, width) => sum + width, 0);

/** Number of weights and biases. */
export const parameterCount = (net: Pick<Network, 'layers'>): number =>
  net.layers.reduce((sum, { inputs, outputs }) => sum + outputs * (inputs + 1), 0);

/** Multiply-adds of one forward pass for one point: one for each weight. */
export const forwardWork = (net: Pick<Network, 'layers'>): number =>
  net.layers.reduce((sum, { inputs, outputs }) => sum + outputs * inputs, 0);

/**
 * Flat index of the first neuron of every hidden layer, with N at the end: the neuron `j` of hidden layer `k`
 * (both from 0) is bit `offsets[k] + j` of an activation pattern.
 */
export function neuronOffsets(net: Network): number[] {
  const offsets = [0];
  for (const width of hiddenWidths(net)) offsets.push(offsets[offsets.length - 1] + width);
  return offsets;
}

/** Hidden layer and neuron (both from 0) of a flat neuron index. */
export function neuronAt(net: Network, flat: number): { layer: number; neuron: number } {
  let neuron = flat;
  const widths = hiddenWidths(net);
  for (let layer = 0; layer < widths.length; layer++) {
    if (neuron < widths[layer]) return { layer, neuron };
    neuron -= widths[layer];
  }
  throw new RangeError(`neuron ${flat} does not exist: the network has ${neuronCount(net)}`);
}

/** Number of 32-bit words that hold one activation pattern (bit i of the pattern is bit i mod 32 of word ⌊i/32⌋). */
export const patternWords = (net: Network): number => Math.ceil(neuronCount(net) / 32);
