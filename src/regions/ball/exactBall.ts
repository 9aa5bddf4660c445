import type { Model } from '../../model/model.ts';
import { dyadics } from '../exact/dyadic.ts';
import { ExactRows } from '../exact/exactRows.ts';
import type { Ball, Cell, Crease } from './ballMaps.ts';
import { type ExactSides, exactNearest } from './exactLeastDistance.ts';
import type { Side } from './sides.ts';

/** g·δ + b for δ = K (x − centre), up to a positive factor. */
interface Row {
  readonly layer: number;
  readonly gradient: readonly bigint[];
  readonly offset: bigint;
  readonly products: Map<Row, bigint>;
}

const ALL_ONE = (): bigint => -1n;

/**
 * Decides in integers whether an open ball has points strictly on all of some sides: when the polyhedron of the sides
 * comes nearer to the centre than r and has an inside. At its nearest point it has one if and only if there is a
 * direction that leads inside of every side on which that point lies, g_i·d ≥ 1: a polyhedron again.
 */
export class ExactBall {
  /** Decisions made here. */
  decisions = 0;
  readonly #net: Model;
  readonly #rows: ExactRows;
  readonly #known = new WeakMap<Crease, Row>();
  readonly #ball: Ball;
  /** Centre X / K and radius R / K, created on first use. */
  #place: { X: readonly bigint[]; K: bigint; R: bigint } | null = null;

  constructor(net: Model, ball: Ball) {
    this.#net = net;
    this.#rows = new ExactRows(net);
    this.#ball = ball;
  }

  #integers() {
    if (this.#place === null) {
      const { x, r } = this.#ball;
      const { mantissas, exponent } = dyadics([...Array.from(x), r]);
      const up = BigInt(Math.max(0, exponent));
      const all = mantissas.map((m) => m << up);
      const R = all[all.length - 1];
      this.#place = { X: all.slice(0, -1), K: 1n << BigInt(Math.max(0, -exponent)), R };
    }
    return this.#place;
  }

  /** Undefined where the numbers grow too long. */
  meets(sides: readonly Side[]): boolean | undefined {
    this.decisions++;
    const rows = sides.map(({ crease }) => this.#row(crease));
    const signs = sides.map(({ sign }) => BigInt(sign));
    const system = (chosen: readonly number[], offset: (i: number) => bigint): ExactSides => ({
      count: chosen.length,
      product: (i, j) =>
        signs[chosen[i]] * signs[chosen[j]] * product(rows[chosen[i]], rows[chosen[j]]),
      offset: (i) => offset(chosen[i]),
    });
    const all = sides.map((_, i) => i);
    const nearest = exactNearest(system(all, (i) => signs[i] * rows[i].offset));
    if (!nearest) return nearest === null ? false : undefined;
    const { R } = this.#integers();
    if (nearest.numerator >= R * R * nearest.denominator) return false;
    const inward = exactNearest(system(nearest.tight, ALL_ONE));
    return inward === undefined ? undefined : inward !== null;
  }

  #row(crease: Crease): Row {
    let row = this.#known.get(crease);
    if (row === undefined) {
      const { gradient, offset } = this.#rows.row(
        crease.cell.layer,
        crease.neuron,
        this.#pattern(crease.cell),
        0,
      );
      const { X, K } = this.#integers();
      const value = gradient.reduce((sum, g, t) => sum + g * X[t], offset * K);
      row = { layer: crease.cell.layer, gradient, offset: value, products: new Map() };
      this.#known.set(crease, row);
    }
    return row;
  }

  /** `[words]`: the bits of the layers before the cell's. */
  #pattern(cell: Cell): Uint32Array {
    const words = new Uint32Array(this.#net.words);
    for (let at: Cell | null = cell; at?.signs; at = at.below) {
      const first = this.#net.offsets[at.layer - 1];
      at.signs.forEach((sign, j) => {
        const bit = first + j;
        if (sign > 0) words[bit >>> 5] |= 1 << (bit & 31);
      });
    }
    return words;
  }
}

/** Remembered in the row of the later layer, which is forgotten first. */
function product(a: Row, b: Row): bigint {
  const [earlier, later] = a.layer <= b.layer ? [a, b] : [b, a];
  let known = later.products.get(earlier);
  if (known === undefined) {
    known = a.gradient.reduce((sum, g, t) => sum + g * b.gradient[t], 0n);
    later.products.set(earlier, known);
  }
  return known;
}
