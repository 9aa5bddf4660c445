import type { Layer, Model } from '../model/model.ts';
import { Gradients } from './gradients.ts';
import { isOpen, type LocalBound, type NeuronIntervals, settle } from './localBound.ts';
import { Movement } from './movement.ts';
import { gammaFor, type Rounding, underflowIn } from './rounding.ts';
import { type InputList, multiply, reaches } from './sums.ts';

interface Prepared extends Layer {
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  readonly sizes: Float64Array;
  readonly gamma: number;
}

/**
 * Algorithm 1 with signed remainders: ours, based on Algorithm 1 of Zhu, Lin & Tang (2020), at the same cost and never
 * looser. A neuron passes on X(x + δ) − X(x) ∈ L·δ + [e⁻, e⁺], so that its affine part survives where Algorithm 1 gives
 * it up (P = 1) and a deviation may be one-sided:
 *
 *     L_j = Σ W_ji L_i      lo = W⁺e⁻ + W⁻e⁺      hi = W⁺e⁺ + W⁻e⁻
 *     l = A − r‖L_j‖₂ + lo      u = A + r‖L_j‖₂ + hi
 *     l ≥ 0   on         (L_j, lo, hi)
 *     u ≤ 0   off        (s L_j, s [lo, hi]), all zero for ReLU
 *     else    unstable   (0, p − σ(A), q − σ(A)), with [p, q] = σ([l, u])
 *
 * Slopes s other than 0 are an extension of ours. [p, q] is [σ(l), σ(u)] where s ≥ 0, because σ grows there, and
 * [0, max(u, s l)] where s < 0. A neuron with s = 1 is always passed on like one that is on.
 *
 * No looser than Algorithm 1 by induction: −U ≤ e⁻ and e⁺ ≤ U there, and ‖Σ W_ji L_i‖ ≤ Σ|W_ji|‖L_i‖ for those L_i that
 * Algorithm 1 replaces with U_i ≥ r‖L_i‖ + max(−e⁻, e⁺). Where s < 0 and A < 0, −e⁻ = |s A| and e⁺ is u − s A or
 * |s||l − A|: each within Algorithm 1's max(|s| U_raw, U_raw + (1 − s) A).
 *
 * Rounding: every input carries a G ≥ its error + γ times the sizes of what it passes on, so γ|b| + Σ|W|G bounds the
 * error of a dot product's three sums and what they inherit. O(d · parameters) per ball.
 */
export class AlgorithmOnePlus implements LocalBound {
  readonly #layers: readonly Prepared[];
  readonly #dimension: number;
  readonly #rounding: Rounding;
  readonly #zeros: Float64Array;
  readonly #value: Float64Array;
  readonly #nextValue: Float64Array;
  readonly #gradients: Gradients;
  readonly #below: Float64Array;
  readonly #above: Float64Array;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #slack: Float64Array;
  readonly #doubt: Float64Array;
  readonly #nextDoubt: Float64Array;
  /** Inputs with a value, with an affine part, with e⁻ ≠ 0, with e⁺ ≠ 0, and those that are not zero throughout. */
  readonly #live: InputList;
  readonly #affine: InputList;
  readonly #belows: InputList;
  readonly #aboves: InputList;
  readonly #doubts: InputList;
  readonly #movement: Movement;

  constructor(net: Model, rounding: Rounding) {
    const d = net.layers[0].inputs;
    this.#dimension = d;
    this.#rounding = rounding;
    this.#layers = net.hidden.map((layer) => ({
      ...layer,
      plus: layer.weights.map((w) => Math.max(w, 0)),
      minus: layer.weights.map((w) => Math.min(w, 0)),
      sizes: layer.weights.map(Math.abs),
      gamma: gammaFor(layer.inputs + d + 32, rounding),
    }));
    const width = Math.max(d, ...this.#layers.map(({ outputs }) => outputs));
    const vector = () => new Float64Array(width);
    const list = () => ({ at: new Uint32Array(width), count: 0 });
    [this.#zeros, this.#value, this.#nextValue] = [vector(), vector(), vector()];
    [this.#below, this.#above, this.#lower, this.#upper] = [vector(), vector(), vector(), vector()];
    [this.#slack, this.#doubt, this.#nextDoubt] = [vector(), vector(), vector()];
    this.#gradients = new Gradients(net);
    [this.#live, this.#affine, this.#belows] = [list(), list(), list()];
    [this.#aboves, this.#doubts] = [list(), list()];
    this.#movement = new Movement(width);
  }

  run(points: ArrayLike<number>, at: number, r: number, out: NeuronIntervals, outAt: number): void {
    const vanished = underflowIn(r, this.#rounding);
    this.#begin(points, at, vanished);
    let first = outAt;
    for (let k = 0; k < this.#layers.length; k++) {
      const layer = this.#layers[k];
      this.#combine(layer, k === 0);
      const { outputs, biases, gamma } = layer;
      const nextGamma = this.#layers[k + 1]?.gamma ?? 0;
      for (let j = 0; j < outputs; j++) {
        const A = this.#nextValue[j];
        const reach = r * this.#gradients.norms[j];
        const lo = this.#lower[j];
        const hi = this.#upper[j];
        const size = Math.abs(A) + reach + Math.max(-lo, hi);
        const inherited = this.#nextDoubt[j] + gamma * Math.abs(biases[j]);
        // The first layer's inputs pass on exact gradients; γ·size covers the norm as well.
        let slack = (1 + gamma) * inherited + gamma * size;
        const moves =
          k === 0
            ? this.#movement.begin(j, r > 0 && this.#gradients.norms[j] > 0)
            : this.#movement.reach(layer, j);
        if (slack > 0 || moves || reaches(layer, j, this.#doubts)) slack += vanished;
        const maySwitch = moves && layer.slopes[j] !== 1;
        settle(out, first + j, A - reach + lo - slack, A + reach + hi + slack, k, maySwitch);
        this.#slack[j] = slack;
      }
      this.#clear();
      for (let j = 0; j < outputs; j++)
        this.#hand(j, first + j, layer.slopes[j], r, nextGamma, vanished, out);
      first += outputs;
    }
  }

  #begin(points: ArrayLike<number>, at: number, vanished: number): void {
    const d = this.#dimension;
    this.#clear();
    for (let i = 0; i < d; i++) {
      const x = points[at + i];
      this.#value[i] = x;
      if (x === 0) continue;
      this.#doubt[i] = (this.#layers[0]?.gamma ?? 0) * Math.abs(x) + vanished;
      this.#live.at[this.#live.count++] = i;
      this.#doubts.at[this.#doubts.count++] = i;
    }
  }

  #clear(): void {
    for (const list of [this.#live, this.#affine, this.#belows, this.#aboves, this.#doubts])
      list.count = 0;
    this.#movement.clear();
  }

  #combine(layer: Prepared, isFirst: boolean): void {
    const { weights, biases, plus, minus, sizes } = layer;
    const [zeros, lower, upper] = [this.#zeros, this.#lower, this.#upper];
    multiply(layer, weights, this.#live, this.#value, 0, biases, this.#nextValue, 0);
    multiply(layer, plus, this.#belows, this.#below, 0, zeros, lower, 0);
    multiply(layer, minus, this.#aboves, this.#above, 0, lower, lower, 0);
    multiply(layer, plus, this.#aboves, this.#above, 0, zeros, upper, 0);
    multiply(layer, minus, this.#belows, this.#below, 0, upper, upper, 0);
    multiply(layer, sizes, this.#doubts, this.#doubt, 0, zeros, this.#nextDoubt, 0);
    if (isFirst) this.#gradients.begin();
    else this.#gradients.step(layer, this.#affine);
  }

  /** What neuron j, of slope a, passes on, and which lists it is in. */
  #hand(
    j: number,
    at: number,
    a: number,
    r: number,
    gamma: number,
    vanished: number,
    out: NeuronIntervals,
  ): void {
    const A = this.#nextValue[j];
    const reach = r * this.#gradients.norms[j];
    const l = out.lo[at];
    const u = out.hi[at];
    // The interval holds in real arithmetic: these are zero throughout.
    const dead = u <= 0 && (a === 0 || (l === 0 && u === 0));
    const value = A > 0 ? A : a === 0 ? 0 : a * A;
    const unstable = isOpen(out, at, a);
    // If rounding has swapped the ends of an interval, on and off are both right.
    const sigma = unstable || dead ? 0 : l >= 0 ? 1 : a;
    const scale = Math.abs(sigma);
    let below = sigma * (sigma < 0 ? this.#upper[j] : this.#lower[j]);
    let above = sigma * (sigma < 0 ? this.#lower[j] : this.#upper[j]);
    if (unstable) {
      below = (a > 0 ? a * l : 0) - value;
      above = (a < 0 ? Math.max(u, a * l) : u) - value;
    }
    this.#gradients.scale(j, sigma);
    const centre = unstable ? value : sigma * A;
    this.#value[j] = centre;
    this.#below[j] = below;
    this.#above[j] = above;
    // The interval of an unstable neuron is wide enough already.
    const inherited = scale * this.#slack[j];
    const size = Math.abs(centre) + scale * reach + Math.max(-below, above);
    this.#doubt[j] = inherited + gamma * size + vanished;
    if (centre !== 0) this.#live.at[this.#live.count++] = j;
    if (scale * reach !== 0) this.#affine.at[this.#affine.count++] = j;
    if (below !== 0) this.#belows.at[this.#belows.count++] = j;
    if (above !== 0) this.#aboves.at[this.#aboves.count++] = j;
    if (!dead) this.#doubts.at[this.#doubts.count++] = j;
    this.#movement.hand(j, dead);
  }
}
