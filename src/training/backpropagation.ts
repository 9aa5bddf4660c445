import type { Samples } from '../data/dataset.ts';
import type { Layer, Network } from '../network/network.ts';
import { logisticLoss, logisticSlope } from './logisticLoss.ts';
import { type Parameters, zeroParameters } from './parameters.ts';

/**
 * Loss and gradient of a network with one output, by reverse-mode differentiation. All memory is taken at
 * construction. Where σ has a kink (z = 0) the derivative is that of the off side.
 */
export class Backpropagation {
  /** Of the last `run`; laid out as the parameters are. */
  readonly gradient: Parameters;
  private readonly layers: readonly Layer[];
  private readonly slope: number;
  /** Input and post-activations: `activations[k]` enters layer k; the last one holds the output. */
  private readonly activations: readonly Float64Array[];
  /** d loss / d pre-activation of layer k. */
  private readonly deltas: readonly Float64Array[];

  /** Reads the weights of `net` anew in every run. */
  constructor(net: Network) {
    this.layers = net.layers;
    this.slope = net.negativeSlope;
    this.gradient = zeroParameters(net.layers);
    this.deltas = net.layers.map(({ outputs }) => new Float64Array(outputs));
    this.activations = [
      new Float64Array(net.layers[0].inputs),
      ...net.layers.map(({ outputs }) => new Float64Array(outputs)),
    ];
  }

  /** Mean loss over the samples `order[from … to − 1]`, which are one at least; sets `gradient` to its gradient. */
  run({ points, labels }: Samples, order: Uint32Array, from: number, to: number): number {
    const { activations, deltas, gradient } = this;
    const input = activations[0];
    const share = 1 / (to - from);
    gradient.flat.fill(0);
    let loss = 0;
    for (let n = from; n < to; n++) {
      const sample = order[n];
      for (let i = 0; i < input.length; i++) input[i] = points[sample * input.length + i];
      const logit = this.forward();
      loss += logisticLoss(logit, labels[sample]);
      deltas[deltas.length - 1][0] = share * logisticSlope(logit, labels[sample]);
      this.backward();
    }
    return loss * share;
  }

  private forward(): number {
    const { layers, activations, slope } = this;
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

  private backward(): void {
    const { layers, activations, deltas, gradient } = this;
    for (let k = layers.length - 1; k >= 0; k--) {
      const { inputs, outputs, weights } = layers[k];
      const slopes = gradient.layers[k];
      const input = activations[k];
      const delta = deltas[k];
      const below = k > 0 ? deltas[k - 1] : undefined;
      below?.fill(0);
      for (let j = 0, row = 0; j < outputs; j++, row += inputs) {
        const d = delta[j];
        // A neuron that is off under ReLU passes nothing back: about half of them.
        if (d === 0) continue;
        slopes.biases[j] += d;
        const rowSlopes = slopes.weights;
        for (let i = 0; i < inputs; i++) rowSlopes[row + i] += d * input[i];
        if (below) for (let i = 0; i < inputs; i++) below[i] += d * weights[row + i];
      }
      // σ keeps the sign, so a post-activation tells on from off.
      if (below) for (let i = 0; i < inputs; i++) if (!(input[i] > 0)) below[i] *= this.slope;
    }
  }
}
