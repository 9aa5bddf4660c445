import type { Samples } from '../data/dataset.ts';
import { type Layer, type Model, sharedSlope } from '../model/model.ts';
import { ForwardPass } from './forwardPass.ts';
import { logisticLoss, logisticSlope } from './logisticLoss.ts';
import { type Parameters, zeroParameters } from './parameters.ts';

/**
 * Loss and gradient of a network with one output, by reverse-mode differentiation. All memory is allocated at
 * construction. Where σ has a kink (z = 0) the derivative is that of the off side.
 */
export class Backpropagation {
  /** Of the last `run`; laid out as the parameters are. */
  readonly gradient: Parameters;
  private readonly layers: readonly Layer[];
  private readonly slope: number;
  private readonly pass: ForwardPass;
  /** d loss / d pre-activation of layer k. */
  private readonly deltas: readonly Float64Array[];

  /** Reads the weights of `net` again in every run. */
  constructor(net: Model) {
    this.layers = net.layers;
    this.slope = sharedSlope(net);
    this.gradient = zeroParameters(net.layers);
    this.deltas = net.layers.map(({ outputs }) => new Float64Array(outputs));
    this.pass = new ForwardPass(net);
  }

  /** Mean loss over the samples `order[from … to − 1]`, at least one; sets `gradient` to its gradient. */
  run({ points, labels }: Samples, order: Uint32Array, from: number, to: number): number {
    const { pass, deltas, gradient } = this;
    const share = 1 / (to - from);
    gradient.flat.fill(0);
    let loss = 0;
    for (let n = from; n < to; n++) {
      const sample = order[n];
      const logit = pass.run(points, sample);
      loss += logisticLoss(logit, labels[sample]);
      deltas[deltas.length - 1][0] = share * logisticSlope(logit, labels[sample]);
      this.backward();
    }
    return loss * share;
  }

  private backward(): void {
    const { layers, deltas, gradient, slope } = this;
    const { activations } = this.pass;
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
      // σ keeps the sign, so a post-activation shows whether the neuron is on.
      if (below) for (let i = 0; i < inputs; i++) if (!(input[i] > 0)) below[i] *= slope;
    }
  }
}
