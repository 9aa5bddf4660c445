import type { Layer, Model } from '../model/model.ts';
import { IntervalPropagation } from './intervals.ts';
import { isOpen, type LocalBound, type NeuronIntervals, settle } from './localBound.ts';
import { gammaFor, type Rounding, underflowIn } from './rounding.ts';
import { norm } from './sums.ts';

/** A layer with the lines that hold σ on its neurons' intervals, in the current ball. */
interface Relaxed extends Layer {
  /** σ(z) ≤ upper · z + offset and σ(z) ≥ lower · z on [lo, hi]. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly offset: Float64Array;
  /** What a unit of a coefficient of this layer may have been rounded over, see `#relaxForm`. */
  readonly size: Float64Array;
  /** Neurons whose post-activation is not identically zero. */
  readonly live: Uint32Array;
  count: number;
}

/**
 * CROWN (Zhang et al. 2018) in an ℓ2 ball, intersected with interval bound propagation. Layer 1 is exact. A linear
 * form λ·h of the layer before is carried back to the input, each neuron of which replaced by a line on the side that
 * matters: on, z; off, 0; unstable in [l, u], from above the chord u (z − l)/(u − l), from below α z with α = 1 where
 * u ≥ −l and 0 elsewhere. At the input λ·x' ≤ λ·x + r‖λ‖₂ (the ℓ2 norm is its own dual). Sound for every α in [0, 1].
 *
 * A slope a ≠ 0 of a neuron is an extension of ours: off is a z, the chord runs from (l, a l) to (u, u), α is 1 or a. σ is
 * convex for every a ≤ 1, so the chord is above it and every line through 0 with a slope in [a, 1] is below, also where
 * a < 0. A neuron with a = 1 is z everywhere.
 *
 * Rounding: a coefficient λ̂ of neuron i of layer q that is off by a relative γ costs γ|λ̂| times what it multiplies, and
 * that is at most size_i = |b_i| + Σ|W_it| M_t + |l_i| + |u_i|, M_t the largest size of its input t in the ball. So one
 * dot product |λ̂|·size per layer, times a γ for all the roundings on the way, covers the matrix product, the lines and
 * the sum of constants. The loss by underflow in a coefficient is multiplied by such sizes too, so their sum covers it.
 * O(Σ_k n_k Σ_{q<k} n_q n_{q−1}) per ball.
 */
export class Crown implements LocalBound {
  readonly #intervals: IntervalPropagation;
  readonly #layers: readonly Relaxed[];
  readonly #dimension: number;
  readonly #rounding: Rounding;
  readonly #gamma: number;
  /**
   * The forms that bound a neuron from above and, negated, from below; the constants and roundings that they
   * accumulate.
   */
  #above: Float64Array;
  #below: Float64Array;
  #nextAbove: Float64Array;
  #nextBelow: Float64Array;
  readonly #sums = new Float64Array(2);
  readonly #rounded = new Float64Array(2);
  /** All that a coefficient may be multiplied with, in the layers whose lines are set. */
  #sizes = 0;
  /** Largest size of every input of a layer, in the ball; all inputs. */
  readonly #reach: Float64Array;
  readonly #all: Uint32Array;

  constructor(net: Model, rounding: Rounding) {
    this.#intervals = new IntervalPropagation(net, rounding);
    this.#dimension = net.layers[0].inputs;
    this.#layers = net.hidden.map((layer) => ({
      ...layer,
      upper: new Float64Array(layer.outputs),
      lower: new Float64Array(layer.outputs),
      offset: new Float64Array(layer.outputs),
      size: new Float64Array(layer.outputs),
      live: new Uint32Array(layer.outputs),
      count: 0,
    }));
    const neurons = this.#layers.reduce((sum, { outputs }) => sum + outputs, 0);
    this.#rounding = rounding;
    this.#gamma = gammaFor(4 * neurons + 2 * this.#dimension + 64, rounding);
    const width = Math.max(this.#dimension, ...this.#layers.map(({ outputs }) => outputs));
    const vector = () => new Float64Array(width);
    [this.#above, this.#below, this.#nextAbove] = [vector(), vector(), vector()];
    [this.#nextBelow, this.#reach] = [vector(), vector()];
    this.#all = Uint32Array.from({ length: width }, (_, i) => i);
  }

  run(points: ArrayLike<number>, at: number, r: number, out: NeuronIntervals, outAt: number): void {
    this.#intervals.first(points, at, r, out, outAt);
    this.#sizes = 0;
    let from = outAt;
    for (let k = 1; k < this.#layers.length; k++) {
      this.#relax(k - 1, points, at, r, out, from);
      const { inputs, outputs, weights, biases, slopes } = this.#layers[k];
      const to = from + inputs;
      this.#intervals.step(k, r, out, from, to);
      for (let j = 0; j < outputs; j++) {
        // A constant: its interval is its value, or that and its rounding.
        if (!this.#intervals.moves(j)) continue;
        for (let i = 0; i < inputs; i++) {
          this.#above[i] = weights[j * inputs + i];
          this.#below[i] = -weights[j * inputs + i];
        }
        this.#carryBack(k);
        const hi = this.#largest(this.#above, biases[j], 0, points, at, r);
        const lo = -this.#largest(this.#below, -biases[j], 1, points, at, r);
        const lower = Math.max(lo, out.lo[to + j]);
        const upper = Math.min(hi, out.hi[to + j]);
        settle(out, to + j, lower, upper, k, slopes[j] !== 1);
      }
      from = to;
    }
  }

  /** Sets the lines of layer q from its intervals, which start at `from`. */
  #relax(
    q: number,
    points: ArrayLike<number>,
    at: number,
    r: number,
    out: NeuronIntervals,
    from: number,
  ): void {
    const layer = this.#layers[q];
    const lost = underflowIn(0, this.#rounding);
    if (this.#gamma > 0) this.#measure(q, points, at, r, out, from);
    layer.count = 0;
    for (let i = 0; i < layer.outputs; i++) {
      const a = layer.slopes[i];
      const l = out.lo[from + i];
      const u = out.hi[from + i];
      layer.offset[i] = 0;
      const open = isOpen(out, from + i, a);
      if (open) {
        const chord = (u - a * l) / (u - l);
        layer.upper[i] = chord;
        layer.lower[i] = u >= -l ? 1 : a;
        // At one end of the interval or the other, however the chord was rounded.
        layer.offset[i] = Math.max((a - chord) * l, (1 - chord) * u) + lost;
      } else {
        const sigma = l >= 0 ? 1 : a;
        layer.upper[i] = sigma;
        layer.lower[i] = sigma;
      }
      if (layer.upper[i] !== 0 || open) layer.live[layer.count++] = i;
    }
  }

  /** Sets `size` of layer q. */
  #measure(
    q: number,
    points: ArrayLike<number>,
    at: number,
    r: number,
    out: NeuronIntervals,
    from: number,
  ): void {
    const { inputs, outputs, size } = this.#layers[q];
    const slopes = this.#layers[q - 1]?.slopes;
    for (let t = 0; t < inputs; t++) {
      if (q === 0) this.#reach[t] = Math.abs(points[at + t]) + r;
      else {
        const l = out.lo[from - inputs + t];
        const u = out.hi[from - inputs + t];
        this.#reach[t] = Math.max(u, Math.abs(slopes[t]) * -l, 0);
      }
    }
    const all = { at: this.#all, count: inputs };
    size.set(this.#intervals.magnitudes(q, this.#reach, all).subarray(0, outputs));
    for (let i = 0; i < outputs; i++) {
      size[i] += Math.abs(out.lo[from + i]) + Math.abs(out.hi[from + i]);
      this.#sizes += size[i];
    }
    for (let t = 0; t < inputs; t++) this.#sizes += this.#reach[t];
  }

  /** Propagates both forms from the inputs of layer k back to the point, and adds up their constants and roundings. */
  #carryBack(k: number): void {
    this.#sums.fill(0);
    this.#rounded.fill(0);
    for (let q = k - 1; q >= 0; q--) {
      const layer = this.#layers[q];
      this.#relaxForm(this.#above, layer, 0);
      this.#relaxForm(this.#below, layer, 1);
      this.#multiplyForms(layer);
    }
  }

  /** Replaces σ by the lines of a layer in one of the forms. */
  #relaxForm(
    form: Float64Array,
    { biases, upper, lower, offset, size, live, count }: Relaxed,
    which: 0 | 1,
  ): void {
    const outward = this.#gamma > 0;
    let sum = this.#sums[which];
    let rounded = this.#rounded[which];
    for (let p = 0; p < count; p++) {
      const i = live[p];
      let c = form[i];
      if (c > 0) {
        const lift = c * offset[i];
        sum += lift;
        if (outward) rounded += lift;
        c *= upper[i];
      } else c *= lower[i];
      form[i] = c;
      sum += c * biases[i];
      if (outward) rounded += Math.abs(c) * size[i];
    }
    this.#sums[which] = sum;
    this.#rounded[which] = rounded;
  }

  /** Both forms times W over the listed neurons, four rows of W at a time. */
  #multiplyForms({ weights, inputs, live, count }: Relaxed): void {
    const [f, g, nextF, nextG] = [this.#above, this.#below, this.#nextAbove, this.#nextBelow];
    nextF.fill(0, 0, inputs);
    nextG.fill(0, 0, inputs);
    let p = 0;
    for (; p + 4 <= count; p += 4) {
      const [i, j, k, l] = [live[p], live[p + 1], live[p + 2], live[p + 3]];
      const [fi, fj, fk, fl] = [f[i], f[j], f[k], f[l]];
      const [gi, gj, gk, gl] = [g[i], g[j], g[k], g[l]];
      const [wi, wj, wk, wl] = [i * inputs, j * inputs, k * inputs, l * inputs];
      for (let t = 0; t < inputs; t++) {
        const a = weights[wi + t];
        const b = weights[wj + t];
        const c = weights[wk + t];
        const d = weights[wl + t];
        nextF[t] += fi * a + fj * b + (fk * c + fl * d);
        nextG[t] += gi * a + gj * b + (gk * c + gl * d);
      }
    }
    for (; p < count; p++) {
      const i = live[p];
      for (let t = 0; t < inputs; t++) {
        nextF[t] += f[i] * weights[i * inputs + t];
        nextG[t] += g[i] * weights[i * inputs + t];
      }
    }
    [this.#above, this.#below, this.#nextAbove, this.#nextBelow] = [nextF, nextG, f, g];
  }

  /** The largest value in the ball of a form that has been propagated back to the point. */
  #largest(
    form: Float64Array,
    constant: number,
    which: 0 | 1,
    points: ArrayLike<number>,
    at: number,
    r: number,
  ): number {
    const d = this.#dimension;
    let sum = constant + this.#sums[which];
    let rounded = Math.abs(constant) + this.#rounded[which];
    for (let t = 0; t < d; t++) {
      const term = form[t] * points[at + t];
      sum += term;
      rounded += Math.abs(term);
    }
    const reach = r * norm(form, 0, 1, d);
    if (this.#gamma === 0) return sum + reach;
    const vanished = underflowIn(r, this.#rounding) * (1 + this.#sizes);
    return sum + reach + this.#gamma * (rounded + reach) + vanished;
  }
}
