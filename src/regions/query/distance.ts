import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { dyadics, rootOfQuotient, signOf } from '../exact/dyadic.ts';
import { type ExactRow, ExactRows } from '../exact/exactRows.ts';
import { PointPass } from './pointPass.ts';

/** The crease nearest to a point. */
export interface NearestCrease {
  /** Euclidean distance to the nearest boundary of an activation region. */
  readonly distance: number;
  /** Hidden layer and neuron, both from 0, whose crease it is. */
  readonly layer: number;
  readonly neuron: number;
}

/** Relative error that `about` allows: a result in 32 bits has less room. */
const ABOUT = 2 ** -26;
/** Numbers in the exact maps that are cached at a time. */
const REMEMBERED = 2 ** 17;

/** The exact map of a neuron, and ‖gradient‖² in its units. */
interface Crease extends ExactRow {
  readonly square: bigint;
}

/** A neuron whose crease may be the nearest. */
interface Candidate {
  readonly layer: number;
  readonly j: number;
  /** No distance below this is possible. */
  readonly least: number;
}

/** A point over one power of two, computed when a decision needs it. */
type ExactPoint = () => { readonly mantissas: readonly bigint[]; readonly exponent: number };

/**
 * The distance to the nearest crease of one network, min |z(x)| / ‖∇z(x)‖ over the neurons with ∇z(x) ≠ 0 (Hanin &
 * Rolnick 2019), in any input dimension. The cell of x is an intersection of half-spaces, and one that is redundant is
 * never nearer than its boundary, so this is the distance to the boundary itself. On a crease it is 0: of the first
 * layer with such a neuron, on whose zero set the map below is still affine.
 *
 * A pass in 64-bit numbers bounds the error of every pre-activation and gradient. What it leaves open is decided in
 * integers: the sign of a pre-activation, which determines the affine map at x; whether a gradient is zero; and which
 * of several creases is the nearest.
 */
export class CreaseDistance {
  private readonly rows: ExactRows;
  private readonly pass: PointPass;
  private readonly dimension: number;
  private readonly offsets: readonly number[];
  private readonly slopes: Float64Array;
  private readonly pattern: Uint32Array;
  private readonly remembered = new Map<string, Crease>();
  private readonly most: number;

  constructor(net: Model) {
    this.rows = new ExactRows(net);
    this.pass = new PointPass(net);
    this.dimension = net.inputs;
    this.offsets = net.offsets;
    this.slopes = net.slopes;
    this.pattern = new Uint32Array(net.words);
    this.most = Math.max(net.neurons, Math.floor(REMEMBERED / (this.dimension + 2)));
  }

  /**
   * The distance is the 64-bit number nearest to the true one. Null where no pre-activation has a gradient. At a tie
   * the first neuron is named.
   *
   * @param x `[inputs]`
   * @throws InputError for a point of the wrong size or not finite, and a distance beyond the largest 64-bit number
   */
  nearest(x: ArrayLike<number>): NearestCrease | null {
    const point = this.pointOf(x);
    const found = this.find(x, point);
    if (found.zero !== null) return { distance: 0, ...found.zero };
    const nearest = this.nearestOf(found.candidates, point);
    if (nearest?.distance === Number.POSITIVE_INFINITY)
      throw new InputError('the nearest crease is farther than 64-bit numbers reach');
    return nearest;
  }

  /**
   * The same up to a relative error of 2⁻²⁶, and at a near tie any of the neurons: faster, because integers are used
   * only where 64-bit numbers are not accurate enough. A distance beyond the largest number is infinite.
   */
  about(x: ArrayLike<number>): NearestCrease | null {
    const point = this.pointOf(x);
    const { zero, candidates, most, first } = this.find(x, point);
    if (zero !== null) return { distance: 0, ...zero };
    if (candidates.length === 0) return null;
    const least = candidates.reduce((least, one) => Math.min(least, one.least), most);
    if (first !== null && least >= most * (1 - ABOUT) && most < Number.POSITIVE_INFINITY)
      return { distance: most, ...first };
    return this.nearestOf(candidates, point);
  }

  private pointOf(x: ArrayLike<number>): ExactPoint {
    const d = this.dimension;
    if (x.length !== d)
      throw new InputError(`the point has ${x.length} coordinates, the network takes ${d}`);
    for (let i = 0; i < d; i++)
      if (!Number.isFinite(x[i])) throw new InputError('the point must be made of finite numbers');
    let exact: ReturnType<ExactPoint> | null = null;
    return () => {
      exact ??= dyadics(x);
      return exact;
    };
  }

  /**
   * Neurons whose crease may be the nearest; `first` is one whose crease is at most `most` away, the least such number.
   * Or a neuron on whose crease the point lies.
   */
  private find(x: ArrayLike<number>, point: ExactPoint) {
    const { pass, pattern, offsets, slopes } = this;
    const candidates: Candidate[] = [];
    let most = Number.POSITIVE_INFINITY;
    let first: { layer: number; neuron: number } | null = null;
    pattern.fill(0);
    pass.begin(x);
    for (let layer = 0; layer + 1 < offsets.length; layer++) {
      pass.step(layer);
      const width = offsets[layer + 1] - offsets[layer];
      for (let j = 0; j < width; j++) {
        const bit = offsets[layer] + j;
        if (slopes[bit] === 1) {
          pattern[bit >>> 5] |= 1 << (bit & 31);
          pass.activate(j, true);
          continue;
        }
        const sign = pass.signOf(j) ?? this.exactSign(layer, j, point);
        const movable = pass.slopeMost(j) !== 0;
        if (sign === 0) {
          if (movable && (pass.slopeLeast(j) > 0 || this.crease(layer, j).square > 0n))
            return found({ layer, neuron: j });
        } else if (movable) {
          const least = pass.distanceLeast(j);
          // A comparison with NaN never leaves a neuron out.
          if (!(least > most)) candidates.push({ layer, j, least });
          const own = pass.distanceMost(j);
          if (own < most) [most, first] = [own, { layer, neuron: j }];
        }
        if (sign > 0) pattern[bit >>> 5] |= 1 << (bit & 31);
        pass.activate(j, sign > 0);
      }
    }
    return {
      zero: null,
      most,
      first,
      candidates: candidates.filter(({ least }) => !(least > most)),
    };
  }

  /** The sign of a pre-activation that 64-bit numbers leave open; the pass continues with its value, rounded once. */
  private exactSign(layer: number, j: number, point: ExactPoint): -1 | 0 | 1 {
    const { offset, exponent, gradient } = this.crease(layer, j);
    const value = valueAt(gradient, offset, point);
    const sign = signOf(value);
    this.pass.settle(j, value, exponent + Math.min(0, point().exponent));
    return sign;
  }

  private nearestOf(candidates: readonly Candidate[], point: ExactPoint): NearestCrease | null {
    let best: { layer: number; j: number; value: bigint; square: bigint } | null = null;
    for (const { layer, j } of candidates) {
      const { gradient, offset, square } = this.crease(layer, j);
      if (square === 0n) continue;
      const value = valueAt(gradient, offset, point) ** 2n;
      if (best === null || value * best.square < best.value * square)
        best = { layer, j, value, square };
    }
    if (best === null) return null;
    const distance = rootOfQuotient(best.value, best.square, Math.min(0, point().exponent));
    return { distance, layer: best.layer, neuron: best.j };
  }

  private crease(layer: number, j: number): Crease {
    const { rows, remembered, pattern } = this;
    const key = `${layer},${j}${rows.key(layer, pattern, 0)}`;
    let crease = remembered.get(key);
    if (crease === undefined) {
      if (remembered.size >= this.most) remembered.clear();
      const row = rows.row(layer, j, pattern, 0);
      crease = { ...row, square: row.gradient.reduce((sum, g) => sum + g * g, 0n) };
      remembered.set(key, crease);
    }
    return crease;
  }
}

const found = (zero: { layer: number; neuron: number }) => ({
  zero,
  most: 0,
  first: null,
  candidates: [],
});

/** gradient · x + offset at a point m · 2^e, times 2^−min(0, e). */
function valueAt(gradient: readonly bigint[], offset: bigint, point: ExactPoint): bigint {
  const { mantissas, exponent } = point();
  let value = 0n;
  for (let i = 0; i < gradient.length; i++)
    if (gradient[i] !== 0n) value += gradient[i] * mantissas[i];
  return exponent < 0
    ? value + (offset << BigInt(-exponent))
    : (value << BigInt(exponent)) + offset;
}

/** `CreaseDistance` for one point. */
export const nearestCrease = (net: Model, x: ArrayLike<number>): NearestCrease | null =>
  new CreaseDistance(net).nearest(x);
