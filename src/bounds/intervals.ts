import type { Layer, Model } from '../model/model.ts';
import { type LocalBound, type NeuronIntervals, settle } from './localBound.ts';
import { Movement } from './movement.ts';
import { gammaFor, type Rounding, underflowIn } from './rounding.ts';
import { type InputList, multiply, norm, reaches } from './sums.ts';

interface Split extends Layer {
  /** max(W, 0), min(W, 0) and |W|. */
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  readonly sizes: Float64Array;
  readonly gamma: number;
}

/**
 * Interval bound propagation in an ℓ2 ball. Layer 1 is exact, w·x + b ∓ r‖w‖₂ (dual norm); deeper, with the
 * post-activations in [p, q],
 *
 *     l' = W⁺p + W⁻q + b        u' = W⁺q + W⁻p + b
 *
 * with W⁺ = max(W, 0), W⁻ = min(W, 0). For ReLU [p, q] = [σ(l), σ(u)]. Other slopes s are an extension of ours: σ grows
 * where s ≥ 0, and [p, q] is the same; where s < 0 it falls to 0 and then rises, so [p, q] is [s u, s l] for u ≤ 0,
 * [0, max(u, s l)] for l < 0 < u, and [l, u] for l ≥ 0. A neuron that nothing reaches is its bias, exactly.
 * O(parameters) per ball.
 */
export class IntervalPropagation implements LocalBound {
  readonly #layers: readonly Split[];
  readonly #dimension: number;
  readonly #rounding: Rounding;
  /** [p, q] of the layer before, and the larger of their sizes. */
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  readonly #size: Float64Array;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #magnitude: Float64Array;
  /** Inputs with p ≠ 0, and with q ≠ 0. */
  readonly #lows: InputList;
  readonly #highs: InputList;
  readonly #either: InputList;
  readonly #movement: Movement;

  constructor(net: Model, rounding: Rounding) {
    this.#rounding = rounding;
    this.#dimension = net.layers[0].inputs;
    this.#layers = net.hidden.map((layer) => ({
      ...layer,
      plus: layer.weights.map((w) => Math.max(w, 0)),
      minus: layer.weights.map((w) => Math.min(w, 0)),
      sizes: layer.weights.map(Math.abs),
      // The products, the sum, σ of both ends, and the last step outward.
      gamma: gammaFor(layer.inputs + 16, rounding),
    }));
    const width = Math.max(this.#dimension, ...this.#layers.map(({ outputs }) => outputs));
    const vector = () => new Float64Array(width);
    const list = () => ({ at: new Uint32Array(width), count: 0 });
    [this.#low, this.#high, this.#size] = [vector(), vector(), vector()];
    [this.#lower, this.#upper, this.#magnitude] = [vector(), vector(), vector()];
    [this.#lows, this.#highs, this.#either] = [list(), list(), list()];
    this.#movement = new Movement(width);
  }

  run(points: ArrayLike<number>, at: number, r: number, out: NeuronIntervals, outAt: number): void {
    this.first(points, at, r, out, outAt);
    let from = outAt;
    for (let k = 1; k < this.#layers.length; k++) {
      const to = from + this.#layers[k].inputs;
      this.step(k, r, out, from, to);
      from = to;
    }
  }

  /** The intervals of the first hidden layer, written from `outAt` on; nothing where there is none. */
  first(
    points: ArrayLike<number>,
    at: number,
    r: number,
    out: NeuronIntervals,
    outAt: number,
  ): void {
    if (this.#layers.length === 0) return;
    const { outputs, weights, biases, slopes, gamma } = this.#layers[0];
    const d = this.#dimension;
    const vanished = underflowIn(r, this.#rounding);
    for (let j = 0; j < outputs; j++) {
      let centre = biases[j];
      let size = Math.abs(centre);
      for (let t = 0; t < d; t++) {
        const term = weights[j * d + t] * points[at + t];
        centre += term;
        size += Math.abs(term);
      }
      const length = norm(weights, j * d, 1, d);
      const reach = r * length;
      const slack = length === 0 ? 0 : gamma * (size + reach) + vanished;
      const moves = this.#movement.begin(j, r > 0 && length > 0);
      const maySwitch = moves && slopes[j] !== 1;
      settle(out, outAt + j, centre - reach - slack, centre + reach + slack, 0, maySwitch);
    }
  }

  /**
   * The intervals of hidden layer k ≥ 1, written from `to` on, computed from those of the layer before, from `from` on.
   */
  step(k: number, r: number, out: NeuronIntervals, from: number, to: number): void {
    const layer = this.#layers[k];
    const vanished = underflowIn(r, this.#rounding);
    this.#activate(this.#layers[k - 1].slopes, vanished, out, from);
    const [lower, upper] = [this.#lower, this.#upper];
    multiply(layer, layer.plus, this.#lows, this.#low, 0, layer.biases, lower, 0);
    multiply(layer, layer.minus, this.#highs, this.#high, 0, lower, lower, 0);
    multiply(layer, layer.plus, this.#highs, this.#high, 0, layer.biases, upper, 0);
    multiply(layer, layer.minus, this.#lows, this.#low, 0, upper, upper, 0);
    if (vanished > 0) this.magnitudes(k, this.#size, this.#either);
    for (let j = 0; j < layer.outputs; j++) {
      const size = this.#magnitude[j];
      // Where nothing was added to the bias, or it was lost in rounding.
      const alone = size === Math.abs(layer.biases[j]) && !reaches(layer, j, this.#either);
      const slack = alone ? 0 : layer.gamma * size + vanished;
      const maySwitch = this.#movement.reach(layer, j) && layer.slopes[j] !== 1;
      settle(out, to + j, lower[j] - slack, upper[j] + slack, k, maySwitch);
    }
  }

  /** Whether neuron j of the layer that was looked at last changes in the ball. */
  moves(j: number): boolean {
    return this.#movement.moves(j);
  }

  /** |b| + |W| s for hidden layer k, with s at least the sizes of its inputs; overwritten by the next call. */
  magnitudes(k: number, sizes: Float64Array, list: InputList): Float64Array {
    const layer = this.#layers[k];
    for (let j = 0; j < layer.outputs; j++) this.#magnitude[j] = Math.abs(layer.biases[j]);
    multiply(layer, layer.sizes, list, sizes, 0, this.#magnitude, this.#magnitude, 0);
    return this.#magnitude;
  }

  #activate(slopes: Float64Array, vanished: number, out: NeuronIntervals, from: number): void {
    const [lows, highs, either] = [this.#lows, this.#highs, this.#either];
    [lows.count, highs.count, either.count] = [0, 0, 0];
    this.#movement.clear();
    for (let i = 0; i < slopes.length; i++) {
      const a = slopes[i];
      const l = out.lo[from + i];
      const u = out.hi[from + i];
      let low = l > 0 ? l : a === 0 ? 0 : a * l;
      let high = u > 0 ? u : a === 0 ? 0 : a * u;
      if (a < 0 && l < 0) {
        // σ(l) is at the upper end, and 0 may lie between.
        high = Math.max(low, high);
        low = u > 0 ? 0 : a * u;
      }
      this.#low[i] = low;
      this.#high[i] = high;
      this.#size[i] = Math.max(Math.abs(low), Math.abs(high)) + vanished;
      if (low !== 0) lows.at[lows.count++] = i;
      if (high !== 0) highs.at[highs.count++] = i;
      const zero = a === 0 ? high === 0 : l === 0 && u === 0;
      if (!zero) either.at[either.count++] = i;
      this.#movement.hand(i, zero);
    }
  }
}
