import { norm } from '../../bounds/sums.ts';
import { triangularInSteps } from '../../compute/packed/factor.ts';
import type { Layer, Model } from '../../model/model.ts';
import type { Steps } from '../../steps.ts';
import { UNIT } from '../maps/rounding.ts';

/** Covers the rounding of the bounds themselves. */
const SLACK = 1 + 2 ** -20;
/** More than what underflow takes from one product. */
const TINY = 2 ** -1070;
/** A factor below this may have lost digits to underflow, which what it multiplies may magnify. */
const SMALL = 2 ** -900;
/** The share of its length by which rounding moves a row in `triangularInSteps`, over d n₁ (docs/soundness.md). */
const TURNED = 2 ** -49;
/** Rows are turned only where their lengths are within 2^±PLAIN. */
const PLAIN = 300;

/** Kept as long as their networks. */
const TURNED_ROWS = new WeakMap<Model, Float64Array>();

/** A ball around x (`[d]`), r > 0. */
export interface Ball {
  readonly x: ArrayLike<number>;
  readonly r: number;
}

/** The sign that a neuron has where a node lies: 1 on, −1 off (or zero throughout), 0 not known yet. */
export type Sign = -1 | 0 | 1;

/** One neuron where a cell lies, in units in which ball and normal have length 1: n·y + b, off by `floor` at most. */
export interface Crease {
  readonly cell: Cell;
  readonly neuron: number;
  /** `[q]` */
  readonly normal: Float64Array;
  readonly offset: number;
  /** Everywhere in the ball, the evaluation in 64-bit numbers included. Beyond `CLEAR`, the other numbers say nothing. */
  readonly floor: number;
}

/** The largest share of the ball by which a crease may be uncertain for 64-bit numbers to be tried at all. */
export const CLEAR = 2 ** -20;

/**
 * The pre-activations of one layer where the signs of all layers before are fixed: z_j = row_j·δ + value_j for
 * δ = x − centre, off by `errors[j]` at most everywhere in the ball.
 */
export interface Cell {
  readonly layer: number;
  readonly below: Cell | null;
  /** Signs of the neurons of the layer before. */
  readonly signs: Int8Array | null;
  /** Bound on the rank of what enters the layer. */
  readonly rank: number;
  /** `[width × q]` */
  readonly rows: Float64Array;
  readonly values: Float64Array;
  readonly errors: Float64Array;
  readonly norms: Float64Array;
  readonly creases: (Crease | undefined)[];
}

/**
 * The affine maps of a network in a ball, as functions of δ in q ≤ d coordinates. Where the first layer is narrower
 * than the input, its weights are turned into a triangle by an orthogonal map, which takes the ball to a ball and
 * leaves the directions out in which nothing changes.
 *
 * Errors: with n terms of sizes |w| (|value| + r‖row‖) that add up to s, rounding moves a pre-activation by at most
 * (n + 4) u s anywhere in the ball: coordinate by coordinate, and the triangle inequality for the norm. What the terms
 * inherit is added as Σ |w| e.
 */
export class BallMaps {
  /** q */
  readonly dimension: number;
  readonly #hidden: readonly Layer[];
  readonly #r: number;
  /** `[N]`: 1 for neurons whose maps matter. */
  readonly #needed: Uint8Array;
  readonly #offsets: readonly number[];
  readonly #first: Cell;

  private constructor(
    net: Model,
    ball: Ball,
    needed: Uint8Array,
    rows: Float64Array,
    dimension: number,
  ) {
    this.#hidden = net.hidden;
    this.#offsets = net.offsets;
    this.#r = ball.r;
    this.#needed = needed;
    this.dimension = dimension;
    this.#first = this.#firstCell(net, ball, rows);
  }

  /** In steps, because turning the first layer of a wide network takes long. */
  static *create(net: Model, ball: Ball, needed: Uint8Array): Steps<BallMaps> {
    const { inputs: d, outputs: n, weights } = net.hidden[0];
    if (n >= d || !plain(weights, d, n)) return new BallMaps(net, ball, needed, weights, d);
    let rows = TURNED_ROWS.get(net);
    if (rows === undefined) {
      rows = new Float64Array(n * n);
      const to = rows;
      yield* triangularInSteps(weights, d, n, (coordinate, neuron, value) => {
        to[neuron * n + coordinate] = value;
      });
      TURNED_ROWS.set(net, rows);
    }
    return new BallMaps(net, ball, needed, rows, n);
  }

  get first(): Cell {
    return this.#first;
  }

  #firstCell(net: Model, { x, r }: Ball, rows: Float64Array): Cell {
    const { inputs: d, outputs, weights, biases } = net.hidden[0];
    const q = this.dimension;
    const cell = emptyCell(0, null, null, d, outputs, rows);
    for (let j = 0; j < outputs; j++) {
      let sum = biases[j];
      let size = Math.abs(sum);
      for (let t = 0; t < d; t++) {
        const term = weights[j * d + t] * x[t];
        sum += term;
        size += Math.abs(term);
      }
      const length = norm(weights, j * d, 1, d);
      cell.values[j] = sum;
      cell.norms[j] = norm(rows, j * q, 1, q);
      const turned = q === d ? 0 : d * q * (TURNED * length + TINY) * r;
      const moved = length === 0 ? 0 : (d + 2) * (UNIT * size + TINY);
      cell.errors[j] = (moved + turned) * SLACK;
    }
    return cell;
  }

  /** The next layer, where every neuron of the cell has the sign given for it. */
  next(below: Cell, signs: Int8Array): Cell {
    const layer = below.layer + 1;
    const { inputs, outputs, weights, biases } = this.#hidden[layer];
    const { slopes } = this.#hidden[below.layer];
    const q = this.dimension;
    const r = this.#r;
    const live: number[] = [];
    for (let i = 0; i < inputs; i++) if (signs[i] > 0 || slopes[i] !== 0) live.push(i);
    const rank = Math.min(below.rank, live.length);
    const rows = new Float64Array(outputs * q);
    const cell = emptyCell(layer, below, signs, rank, outputs, rows);
    for (let j = 0; j < outputs; j++) {
      if (!this.#needed[this.#offsets[layer] + j]) continue;
      let sum = biases[j];
      let size = Math.abs(sum);
      let handed = 0;
      let terms = 0;
      const to = j * q;
      for (const i of live) {
        const weight = weights[j * inputs + i];
        if (weight === 0) continue;
        terms++;
        const w = signs[i] > 0 ? weight : weight * slopes[i];
        for (let t = 0, from = i * q; t < q; t++) rows[to + t] += w * below.rows[from + t];
        sum += w * below.values[i];
        const scale = Math.abs(w);
        const reach = Math.abs(below.values[i]) + r * below.norms[i];
        size += scale < SMALL ? Number.POSITIVE_INFINITY : scale * reach;
        handed += scale * below.errors[i];
      }
      cell.values[j] = sum;
      cell.norms[j] = norm(rows, to, 1, q);
      if (terms > 0)
        cell.errors[j] = ((terms + 4) * (UNIT * size + TINY * (1 + q * r)) + handed) * SLACK;
    }
    return cell;
  }

  /** The sign that neuron j of the cell has in the whole ball; 0 where that is not certain. */
  signInBall({ values, norms, errors }: Cell, j: number): Sign {
    const reach = this.#r * norms[j] * (1 + (this.dimension + 20) * UNIT);
    // A value of 0 that nothing moves is off.
    if (!(Math.abs(values[j]) - errors[j] * SLACK >= reach)) return 0;
    return values[j] > 0 ? 1 : -1;
  }

  crease(cell: Cell, j: number): Crease {
    cell.creases[j] ??= this.#crease(cell, j);
    return cell.creases[j];
  }

  #crease(cell: Cell, neuron: number): Crease {
    const q = this.dimension;
    const length = cell.norms[neuron];
    const reach = length * this.#r;
    const normal = cell.rows.slice(neuron * q, (neuron + 1) * q);
    for (let t = 0; t < q; t++) normal[t] /= length;
    const offset = cell.values[neuron] / reach;
    const plain = length > SMALL && reach > SMALL && reach < 1 / SMALL;
    const rounding = (2 * q + 40) * UNIT * (1 + Math.abs(offset));
    const floor = plain
      ? (cell.errors[neuron] / reach) * SLACK + rounding
      : Number.POSITIVE_INFINITY;
    return { cell, neuron, normal, offset, floor };
  }
}

/** Whether no square of a length underflows or overflows where the rows are turned. */
function plain(weights: Float64Array, d: number, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const length = norm(weights, j * d, 1, d);
    if (length !== 0 && !(length > 2 ** -PLAIN && length < 2 ** PLAIN)) return false;
  }
  return true;
}

const emptyCell = (
  layer: number,
  below: Cell | null,
  signs: Int8Array | null,
  rank: number,
  width: number,
  rows: Float64Array,
): Cell => ({
  layer,
  below,
  signs,
  rank,
  rows,
  values: new Float64Array(width),
  errors: new Float64Array(width),
  norms: new Float64Array(width),
  creases: [],
});
