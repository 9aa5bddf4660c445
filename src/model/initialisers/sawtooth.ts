import type { AffineMap } from '../model.ts';
import type { BuiltInitialiser } from './initialiser.ts';

/** A coordinate as an affine function of the activations of a layer: the weights that are not 0, and the bias. */
interface Coordinate {
  readonly from: readonly number[];
  readonly weight: number;
  readonly bias: number;
}

/**
 * A sawtooth in every input, made of tent maps (Telgarsky 2015, "Representation benefits of deep feedforward networks",
 * 2016, "Benefits of depth in neural networks"). Each layer folds its coordinates by t(u) = 1 − 2|u|, which maps [−1, 1]
 * onto itself two to one, with |u| = relu(u) + relu(−u): two neurons a coordinate. After L layers t∘…∘t has 2^L linear
 * pieces, so that d folded coordinates cut the plane into exactly 2^(L·d) activation regions, none of which can merge
 * (Montúfar et al. 2014 fold all coordinates in this way). The output is the sum of the sawtooths, of alternating
 * sign where there are several outputs. All parameters are whole numbers: nothing is rounded, and no seed matters.
 *
 * A layer serves its coordinates in order: two neurons fold one, a single one that is left carries the next unfolded,
 * and a coordinate without a neuron is dropped for good. So layers of 2 fold x alone, layers of 4 fold x and y, a layer
 * of 3 folds x and carries y, and a layer of 1 carries x. Neurons to spare have weights 0 and the bias −1: they are
 * always off. With leaky slope s the folds are the same and flatter, 1 − 2(1 − s)|u|, and later folds may miss some
 * pieces.
 */
export const sawtooth: BuiltInitialiser = {
  key: 'sawtooth',
  label: 'Sawtooth',
  build(widths) {
    // In [−1.2, 1.2]² no coordinate gets below −carry, so that a neuron that carries one is on.
    const carry = 2 ** widths.length;
    let coordinates = Array.from(
      { length: widths[0] },
      (_, i): Coordinate => ({ from: [i], weight: 1, bias: 0 }),
    );
    const layers: AffineMap[] = [];
    for (let k = 1; k < widths.length - 1; k++) {
      const layer = emptyLayer(widths[k - 1], widths[k]);
      const next: Coordinate[] = [];
      let used = 0;
      for (const coordinate of coordinates) {
        const left = layer.outputs - used;
        if (left === 0) break;
        if (left > 1) {
          add(layer, used, coordinate, 1);
          add(layer, used + 1, coordinate, -1);
          next.push({ from: [used, used + 1], weight: -2, bias: 1 });
          used += 2;
        } else {
          add(layer, used, coordinate, 1);
          layer.biases[used] += carry;
          next.push({ from: [used], weight: 1, bias: -carry });
          used++;
        }
      }
      layer.biases.fill(-1, used);
      layers.push(layer);
      coordinates = next;
    }
    const output = emptyLayer(widths[widths.length - 2], widths[widths.length - 1]);
    for (let j = 0; j < output.outputs; j++)
      for (const coordinate of coordinates) add(output, j, coordinate, j % 2 === 0 ? 1 : -1);
    return [...layers, output];
  },
};

const emptyLayer = (inputs: number, outputs: number): AffineMap => ({
  inputs,
  outputs,
  weights: new Float64Array(inputs * outputs),
  biases: new Float64Array(outputs),
});

/** Adds `sign` times a coordinate to what neuron `j` of a layer gets. */
function add(
  { inputs, weights, biases }: AffineMap,
  j: number,
  { from, weight, bias }: Coordinate,
  sign: 1 | -1,
): void {
  for (const i of from) weights[j * inputs + i] += sign * weight;
  biases[j] += sign * bias;
}
