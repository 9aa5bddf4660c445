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

/**
 * One neuron where a cell lies, in units in which ball and normal have length 1: n·y + b, off by `floor` at most, with
 * n its row in the cell's `numbers`, from `at` on, divided by `length`.
 */
export interface Crease {
  readonly cell: Cell;
  readonly neuron: number;
  readonly at: number;
  readonly length: number;
  readonly offset: number;
  /** Everywhere in the ball, the evaluation in 64-bit numbers included. Beyond `CLEAR`, the other numbers say nothing. */
  readonly floor: number;
}

/** The largest share of the ball by which a crease may be uncertain for 64-bit numbers to be tried at all. */
export const CLEAR = 2 ** -20;

/**
 * The pre-activations of one layer where the signs of all layers before are fixed: z_j = row_j·δ + value_j for
 * δ = x − centre, off by error_j at most everywhere in the ball.
 */
export interface Cell {
  readonly layer: number;
  readonly below: Cell | null;
  /** Signs of the neurons of the layer before. */
  readonly signs: Int8Array | null;
  /** Bound on the rank of what enters the layer. */
  readonly rank: number;
  /** `[width × (q + 3)]`: row, value, error and ‖row‖ of every neuron. In one array, because there are many cells. */
  readonly numbers: Float64Array;
  readonly creases: (Crease | undefined)[];
}

/** Where a neuron's numbers stand behind its row. */
const [VALUE, ERROR, LENGTH, BEHIND] = [0, 1, 2, 3];

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
  readonly #stride: number;

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
    this.#stride = dimension + BEHIND;
    this.#first = this.#firstCell(net, ball, rows);
  }

  /** In steps, because turning the first layer of a wide network takes long. */
  static *create(net: Model, ball: Ball, needed: Uint8Array): Steps<BallMaps> {
    const { inputs: d, outputs: n, weights } = net.hidden[0];
    let rows = TURNED_ROWS.get(net);
    if (rows === undefined) {
      if (n >= d || !plain(weights, d, n)) return new BallMaps(net, ball, needed, weights, d);
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
    const numbers = new Float64Array(outputs * this.#stride);
    for (let j = 0; j < outputs; j++) {
      const at = j * this.#stride;
      for (let t = 0; t < q; t++) numbers[at + t] = rows[j * q + t];
      let sum = biases[j];
      let size = Math.abs(sum);
      for (let t = 0; t < d; t++) {
        const term = weights[j * d + t] * x[t];
        sum += term;
        size += Math.abs(term);
      }
      const length = norm(weights, j * d, 1, d);
      const turned = q === d ? 0 : d * q * (TURNED * length + TINY) * r;
      const moved = length === 0 ? 0 : (d + 2) * (UNIT * size + TINY);
      numbers[at + q + VALUE] = sum;
      numbers[at + q + ERROR] = (moved + turned) * SLACK;
      numbers[at + q + LENGTH] = norm(rows, j * q, 1, q);
    }
    return { layer: 0, below: null, signs: null, rank: d, numbers, creases: [] };
  }

  /** The next layer, where every neuron of the cell has the sign given for it. */
  next(below: Cell, signs: Int8Array): Cell {
    const layer = below.layer + 1;
    const { inputs, outputs, weights, biases } = this.#hidden[layer];
    const { slopes } = this.#hidden[below.layer];
    const [q, r, stride] = [this.dimension, this.#r, this.#stride];
    const live: number[] = [];
    for (let i = 0; i < inputs; i++) if (signs[i] > 0 || slopes[i] !== 0) live.push(i);
    const numbers = new Float64Array(outputs * stride);
    const lower = below.numbers;
    for (let j = 0; j < outputs; j++) {
      if (!this.#needed[this.#offsets[layer] + j]) continue;
      let sum = biases[j];
      let size = Math.abs(sum);
      let handed = 0;
      let terms = 0;
      const to = j * stride;
      for (const i of live) {
        const weight = weights[j * inputs + i];
        if (weight === 0) continue;
        terms++;
        const w = signs[i] > 0 ? weight : weight * slopes[i];
        const from = i * stride;
        for (let t = 0; t < q; t++) numbers[to + t] += w * lower[from + t];
        const own = from + q;
        sum += w * lower[own + VALUE];
        const scale = Math.abs(w);
        const reach = Math.abs(lower[own + VALUE]) + r * lower[own + LENGTH];
        size += scale < SMALL ? Number.POSITIVE_INFINITY : scale * reach;
        handed += scale * lower[own + ERROR];
      }
      numbers[to + q + VALUE] = sum;
      numbers[to + q + LENGTH] = norm(numbers, to, 1, q);
      if (terms > 0)
        numbers[to + q + ERROR] =
          ((terms + 4) * (UNIT * size + TINY * (1 + q * r)) + handed) * SLACK;
    }
    const rank = Math.min(below.rank, live.length);
    return { layer, below, signs, rank, numbers, creases: [] };
  }

  /** The sign that neuron j of the cell has in the whole ball; 0 where that is not certain. */
  signInBall({ numbers }: Cell, j: number): Sign {
    const q = this.dimension;
    const own = j * this.#stride + q;
    const value = numbers[own + VALUE];
    const reach = this.#r * numbers[own + LENGTH] * (1 + (q + 20) * UNIT);
    // A value of 0 that nothing moves is off.
    if (!(Math.abs(value) - numbers[own + ERROR] * SLACK >= reach)) return 0;
    return value > 0 ? 1 : -1;
  }

  crease(cell: Cell, j: number): Crease {
    cell.creases[j] ??= this.#crease(cell, j);
    return cell.creases[j];
  }

  #crease(cell: Cell, neuron: number): Crease {
    const q = this.dimension;
    const at = neuron * this.#stride;
    const length = cell.numbers[at + q + LENGTH];
    const reach = length * this.#r;
    const offset = cell.numbers[at + q + VALUE] / reach;
    const plain = length > SMALL && reach > SMALL && reach < 1 / SMALL;
    const rounding = (2 * q + 40) * UNIT * (1 + Math.abs(offset));
    const floor = plain
      ? (cell.numbers[at + q + ERROR] / reach) * SLACK + rounding
      : Number.POSITIVE_INFINITY;
    return { cell, neuron, at, length, offset, floor };
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
