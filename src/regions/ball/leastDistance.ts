import { UNIT } from '../maps/rounding.ts';
import { SideArrays } from './sides.ts';

/** The nearest point to the centre of the polyhedron that some of its sides bound, and the multipliers that prove it. */
export interface Nearest {
  /** Number a of active sides, those on which the point lies. */
  readonly size: number;
  /**
   * `[q + 2a + a(a + 1)/2]`, in one array, because there are many: the point y = Σ λ_i n_i; λ ≥ 0 and the indices of
   * the active sides; and the lower triangle L, row by row, with L Lᵀ the products of their normals.
   */
  readonly numbers: Float64Array;
}

/**
 * `met`: the point `nearest` lies in the open ball and strictly on all sides, proved. `empty`: no point of the open ball does,
 * proved by multipliers. `unclear`: 64-bit numbers decide neither.
 */
export type Answer =
  | { readonly kind: 'met'; readonly nearest: Nearest }
  | { readonly kind: 'empty' | 'unclear' };

const EMPTY: Answer = { kind: 'empty' };
const UNCLEAR: Answer = { kind: 'unclear' };

/** More than the root of a sum of squares that underflow. */
const LOST = 2 ** -500;
/** A normal nearer than this to the span of others, squared, is taken to lie in it. */
const DEPENDENT = 2 ** -52;

/** The centre itself, before there are any sides. */
export const atCentre = (dimension: number): Nearest => ({
  size: 0,
  numbers: new Float64Array(dimension),
});

/**
 * Least distance from the centre of the unit ball to a polyhedron {y : s_i (n_i·y + b_i) ≥ τ_i}, by the dual active-set
 * method of Goldfarb & Idnani (1983) with the identity as Hessian: it begins at the nearest point of a polyhedron with
 * fewer sides, here that of the parent, and every step raises the distance.
 *
 * What the method finds is only a guess. A point counts when |y| < 1 and s_i (n_i·y + b_i) is above the error of the
 * side for all sides. Multipliers λ ≥ 0 count when
 *
 *     Σ λ_i (s_i b_i + error_i) + ‖Σ λ_i s_i n_i‖ ≤ 0, rounded up,
 *
 * because then Σ λ_i s_i z_i ≤ 0 in the whole ball, where all its terms would have to be positive.
 */
export class LeastDistance {
  /** Programs solved. */
  programs = 0;
  readonly #q: number;
  /** The polyhedron. */
  readonly sides: SideArrays;
  readonly #y: Float64Array;
  readonly #z: Float64Array;
  #size = 0;
  readonly #active: Int32Array;
  readonly #multipliers: Float64Array;
  readonly #factor: Float64Array;
  readonly #w: Float64Array;
  readonly #rates: Float64Array;

  constructor(dimension: number) {
    const most = dimension + 2;
    this.#q = dimension;
    this.sides = new SideArrays(dimension);
    this.#y = new Float64Array(dimension);
    this.#z = new Float64Array(dimension);
    this.#active = new Int32Array(most);
    this.#multipliers = new Float64Array(most);
    this.#factor = new Float64Array((most * (most + 1)) / 2);
    this.#w = new Float64Array(most);
    this.#rates = new Float64Array(most);
  }

  /** Decides whether the open ball has points strictly on all sides; `start` belongs to the first of them. */
  solve(start: Nearest): Answer {
    this.programs++;
    this.#begin(start);
    for (let round = 4 * this.sides.count + 8; round > 0; round--) {
      const p = this.#mostViolated();
      if (p < 0) return this.#isInside() ? { kind: 'met', nearest: this.#nearest() } : UNCLEAR;
      if (!this.#enter(p)) return this.#proves(p) ? EMPTY : UNCLEAR;
      if (this.#square(this.#y) >= 1) return this.#proves(-1) ? EMPTY : UNCLEAR;
    }
    return UNCLEAR;
  }

  /** s (n·y + b) of a side. */
  #level(i: number): number {
    const q = this.#q;
    let sum = this.sides.offsets[i];
    for (let t = 0, at = i * q; t < q; t++) sum += this.sides.normals[at + t] * this.#y[t];
    return sum;
  }

  #mostViolated(): number {
    let worst = -1;
    let by = 0;
    for (let i = this.sides.count - 1; i >= 0; i--) {
      const margin = this.sides.margins[i];
      const short = 0.75 * margin - this.#level(i);
      if (short > by) [worst, by] = [i, short];
    }
    return worst;
  }

  /**
   * Makes side p active, and the point the nearest one again; false where that is impossible: then the multipliers, with
   * that of p behind them, belong to a combination of normals that is zero.
   */
  #enter(p: number): boolean {
    const q = this.#q;
    const [normals, y, z, rates] = [this.sides.normals, this.#y, this.#z, this.#rates];
    const [active, multipliers] = [this.#active, this.#multipliers];
    let own = 0;
    for (let round = this.#size + 1; round >= 0; round--) {
      const height = this.#project(p);
      let step = Number.POSITIVE_INFINITY;
      let leaves = -1;
      for (let i = 0; i < this.#size; i++) {
        if (!(rates[i] > 0)) continue;
        const t = multipliers[i] / rates[i];
        if (t < step) [step, leaves] = [t, i];
      }
      const free = height > DEPENDENT && this.#size < q;
      const whole = free
        ? (this.sides.margins[p] - this.#level(p)) / height
        : Number.POSITIVE_INFINITY;
      if (whole <= step) [step, leaves] = [whole, -1];
      if (!(step < Number.POSITIVE_INFINITY)) {
        for (let i = 0; i < this.#size; i++) multipliers[i] = -rates[i];
        multipliers[this.#size] = 1;
        return false;
      }
      for (let i = 0; i < this.#size; i++)
        multipliers[i] = Math.max(0, multipliers[i] - step * rates[i]);
      own += step;
      if (free) for (let t = 0; t < q; t++) y[t] += step * z[t];
      if (leaves < 0) {
        const row = (this.#size * (this.#size + 1)) / 2;
        for (let i = 0; i < this.#size; i++) this.#factor[row + i] = this.#w[i];
        this.#factor[row + this.#size] = Math.sqrt(height);
        active[this.#size] = p;
        multipliers[this.#size++] = own;
        return true;
      }
      active.copyWithin(leaves, leaves + 1, this.#size);
      multipliers.copyWithin(leaves, leaves + 1, this.#size);
      this.#size--;
      this.#factorFrom(leaves, normals);
    }
    multipliers[this.#size] = own;
    return false;
  }

  /** Writes the rates L⁻ᵀL⁻¹Nᵀn_p and the part z of n_p that is orthogonal to the active normals; returns ‖z‖². */
  #project(p: number): number {
    const q = this.#q;
    const [normals, factor, w, rates, z] = [
      this.sides.normals,
      this.#factor,
      this.#w,
      this.#rates,
      this.#z,
    ];
    const own = p * q;
    for (let t = 0; t < q; t++) z[t] = normals[own + t];
    for (let i = 0, row = 0; i < this.#size; i++) {
      const at = this.#active[i] * q;
      let sum = 0;
      for (let t = 0; t < q; t++) sum += normals[at + t] * normals[own + t];
      for (let k = 0; k < i; k++) sum -= factor[row + k] * w[k];
      w[i] = sum / factor[row + i];
      row += i + 1;
    }
    for (let i = this.#size - 1; i >= 0; i--) {
      let sum = w[i];
      for (let k = i + 1; k < this.#size; k++) sum -= factor[(k * (k + 1)) / 2 + i] * rates[k];
      rates[i] = sum / factor[(i * (i + 1)) / 2 + i];
      const at = this.#active[i] * q;
      for (let t = 0; t < q; t++) z[t] -= rates[i] * normals[at + t];
    }
    return this.#square(z);
  }

  /** Computes the factor again from row `from` on. */
  #factorFrom(from: number, normals: Float64Array): void {
    const q = this.#q;
    const factor = this.#factor;
    for (let i = from; i < this.#size; i++) {
      const row = (i * (i + 1)) / 2;
      const at = this.#active[i] * q;
      for (let k = 0; k <= i; k++) {
        const other = this.#active[k] * q;
        const above = (k * (k + 1)) / 2;
        let sum = 0;
        for (let t = 0; t < q; t++) sum += normals[at + t] * normals[other + t];
        for (let m = 0; m < k; m++) sum -= factor[row + m] * factor[above + m];
        factor[row + k] = k < i ? sum / factor[above + k] : Math.sqrt(sum);
      }
    }
  }

  #square(v: Float64Array): number {
    let sum = 0;
    for (let t = 0; t < this.#q; t++) sum += v[t] * v[t];
    return sum;
  }

  #isInside(): boolean {
    if (this.sides.vague > 0) return false;
    if (!(this.#square(this.#y) < 1 - (this.#q + 16) * 4 * UNIT)) return false;
    for (let i = 0; i < this.sides.count; i++)
      if (!(this.#level(i) > this.sides.floors[i])) return false;
    return true;
  }

  /** Whether the multipliers of the active sides, and of side p behind them unless it is −1, prove that nothing is met. */
  #proves(p: number): boolean {
    const q = this.#q;
    const [z, multipliers] = [this.#z, this.#multipliers];
    const terms = this.#size + (p < 0 ? 0 : 1);
    z.fill(0);
    let level = 0;
    let size = 0;
    for (let i = 0; i < terms; i++) {
      const side = i < this.#size ? this.#active[i] : p;
      const factor = multipliers[i];
      if (!(factor > 0)) continue;
      level += factor * (this.sides.offsets[side] + this.sides.floors[side]);
      size += factor * (2 + Math.abs(this.sides.offsets[side]));
      for (let t = 0, at = side * q; t < q; t++) z[t] += factor * this.sides.normals[at + t];
    }
    const length = Math.sqrt(this.#square(z));
    return size > 0 && level + length + (2 * terms + q + 40) * UNIT * size + LOST <= 0;
  }

  #begin({ size, numbers }: Nearest): void {
    const q = this.#q;
    this.#size = size;
    for (let t = 0; t < q; t++) this.#y[t] = numbers[t];
    for (let i = 0; i < size; i++) {
      this.#multipliers[i] = numbers[q + i];
      this.#active[i] = numbers[q + size + i];
    }
    const from = q + 2 * size;
    for (let i = 0; i < (size * (size + 1)) / 2; i++) this.#factor[i] = numbers[from + i];
  }

  #nearest(): Nearest {
    const q = this.#q;
    const size = this.#size;
    const from = q + 2 * size;
    const numbers = new Float64Array(from + (size * (size + 1)) / 2);
    for (let t = 0; t < q; t++) numbers[t] = this.#y[t];
    for (let i = 0; i < size; i++) {
      numbers[q + i] = this.#multipliers[i];
      numbers[q + size + i] = this.#active[i];
    }
    for (let i = from; i < numbers.length; i++) numbers[i] = this.#factor[i - from];
    return { size, numbers };
  }
}
