import { type Layer, type Model, sharedSlope } from '../model/model.ts';

/** Runs a network with one output on point after point; allocates all its memory at construction. */
export class ForwardPass {
  /** Input and post-activations: `activations[k]` enters layer k; the last one holds the output. */
  readonly activations: readonly Float64Array[];
  private readonly layers: readonly Layer[];
  private readonly slope: number;

  /** Reads the weights of `net` again in every run. */
  constructor(net: Model) {
    this.layers = net.layers;
    this.slope = sharedSlope(net);
    this.activations = [
      new Float64Array(net.layers[0].inputs),
      ...net.layers.map(({ outputs }) => new Float64Array(outputs)),
    ];
  }

  /** The output at the `at`-th of the points; `activations` are then those of this point. */
  run(points: Float64Array, at: number): number {
    const { layers, activations, slope } = this;
    const first = activations[0];
    for (let i = 0; i < first.length; i++) first[i] = points[at * first.length + i];
    const last = layers.length - 1;
    for (let k = 0; k <= last; k++) {
      const { inputs, outputs, weights, biases } = layers[k];
      const input = activations[k];
      const output = activations[k + 1];
      for (let j = 0, row = 0; j < outputs; j++, row += inputs) {
        let z = biases[j];
        for (let i = 0; i < inputs; i++) z += weights[row + i] * input[i];
        output[j] = z > 0 || k === last ? z : slope * z;
      }
    }
    return activations[last + 1][0];
  }
}
