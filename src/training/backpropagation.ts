import type { TrainingSamples } from '../data/dataset.ts';
import type { Layer, Model } from '../model/model.ts';
import { BATCH, ForwardPass } from './forwardPass.ts';
import type { Loss } from './losses/loss.ts';
import { DEFAULT_LOSS, lossOf } from './losses/registry.ts';
import { type Parameters, zeroParameters } from './parameters.ts';
import { addGradient, backwardProduct, type Factors, roomForFactors } from './products.ts';

/**
 * Loss of a network on samples and its gradient, by reverse-mode differentiation. All memory is allocated at
 * construction. At a crease (z = 0) the derivative is that of the off side.
 */
export class Backpropagation {
  /** Of the last `run`; laid out as the parameters are. */
  readonly gradient: Parameters;
  private readonly layers: readonly Layer[];
  private readonly points: Float64Array;
  private readonly loss: Loss;
  private readonly pass: ForwardPass;
  /** d loss / d pre-activation of layer k, one row per sample. */
  private readonly deltas: readonly Float64Array[];
  private readonly room: Factors;

  /**
   * Reads the weights of `net` again in every run.
   *
   * @param loss key of a loss in the registry
   * @throws InputError for samples that do not fit the network or the loss
   */
  constructor(net: Model, samples: TrainingSamples, loss = DEFAULT_LOSS) {
    const capacity = Math.min(BATCH, samples.count);
    this.loss = lossOf(loss, net, samples);
    this.layers = net.layers;
    this.points = samples.points;
    this.gradient = zeroParameters(net.layers);
    this.pass = new ForwardPass(net, capacity);
    this.deltas = net.layers.map(({ outputs }) => new Float64Array(capacity * outputs));
    this.room = roomForFactors(Math.max(capacity, ...net.widths, net.outputs));
  }

  /** Mean loss over the samples `order[from … to − 1]`, at least one; sets `gradient` to its gradient. */
  run(order: Uint32Array, from: number, to: number): number {
    const { pass, gradient, points } = this;
    const share = 1 / (to - from);
    gradient.flat.fill(0);
    let loss = 0;
    for (let start = from; start < to; start += pass.capacity) {
      const end = Math.min(start + pass.capacity, to);
      pass.run(points, order, start, end);
      loss = this.outputDeltas(order, start, end, share, loss);
      this.backward(end - start);
    }
    return loss * share;
  }

  /** Sets the deltas of the output layer; `sum` plus the losses of the samples `order[start … end − 1]`. */
  private outputDeltas(
    order: Uint32Array,
    start: number,
    end: number,
    share: number,
    sum: number,
  ): number {
    const { loss, deltas, pass, layers } = this;
    const last = layers.length - 1;
    const { outputs: width } = layers[last];
    const outputs = pass.activations[last + 1];
    const delta = deltas[last];
    let total = sum;
    for (let n = start, at = 0; n < end; n++, at += width)
      total += loss.gradient(outputs, at, order[n], share, delta);
    return total;
  }

  private backward(count: number): void {
    const { layers, deltas, gradient, room } = this;
    const { activations, derivatives } = this.pass;
    for (let k = layers.length - 1; k >= 0; k--) {
      addGradient(gradient.layers[k], deltas[k], activations[k], count, room);
      if (k === 0) return;
      const below = deltas[k - 1];
      const derivative = derivatives[k - 1];
      backwardProduct(layers[k], deltas[k], below, count, room);
      for (let i = 0; i < count * layers[k].inputs; i++) below[i] *= derivative[i];
    }
  }
}
