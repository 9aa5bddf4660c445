import type { Layer, Model } from '../model/model.ts';
import { forwardProduct } from './products.ts';

/** Samples that training and evaluation compute at once: their rows stay in the cache, also for wide networks. */
export const BATCH = 32;

/** Runs a network on batches of points; allocates all its memory at construction. */
export class ForwardPass {
  /** Inputs and post-activations, one row per point: `activations[k]` enters layer k; the last one holds the outputs. */
  readonly activations: readonly Float64Array[];
  /** σ′ of the neurons of layer k, one row per point; at the crease of a neuron (z = 0) that of its off side. */
  readonly derivatives: readonly Float64Array[];
  /** Points in one batch, at most. */
  readonly capacity: number;
  private readonly layers: readonly Layer[];

  /** Reads the weights of `net` again in every run. */
  constructor(net: Model, capacity: number) {
    const rows = (width: number) => new Float64Array(capacity * width);
    this.capacity = capacity;
    this.layers = net.layers;
    this.activations = [rows(net.inputs), ...net.layers.map(({ outputs }) => rows(outputs))];
    this.derivatives = net.hidden.map(({ outputs }) => rows(outputs));
  }

  /**
   * Runs the network on the points `order[from … to − 1]`, `capacity` at most, of `points`, `[· × inputs]`; without an
   * order the points `from … to − 1`.
   */
  run(points: Float64Array, order: Uint32Array | null, from: number, to: number): void {
    const { layers, activations, derivatives } = this;
    const { inputs } = layers[0];
    const count = to - from;
    const first = activations[0];
    for (let n = 0; n < count; n++) {
      const start = (order === null ? from + n : order[from + n]) * inputs;
      for (let i = 0; i < inputs; i++) first[n * inputs + i] = points[start + i];
    }
    for (let k = 0; k < layers.length; k++) {
      forwardProduct(layers[k], activations[k], activations[k + 1], count);
      if (k < derivatives.length) activate(layers[k], activations[k + 1], derivatives[k], count);
    }
  }
}

/** σ in place, and σ′. */
function activate(
  { outputs, slopes }: Layer,
  z: Float64Array,
  derivatives: Float64Array,
  count: number,
): void {
  for (let n = 0, at = 0; n < count; n++)
    for (let j = 0; j < outputs; j++, at++) {
      const derivative = z[at] > 0 ? 1 : slopes[j];
      derivatives[at] = derivative;
      z[at] *= derivative;
    }
}
