import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { Sliced, type Steps } from '../../steps.ts';
import { type Affine, exactLayer, exactly, type Gains, throughLayer } from '../exact/alongLine.ts';
import { quotient } from '../exact/dyadic.ts';

/** What a segment crosses. */
export interface LineCrossings {
  /** Pieces of constant activation pattern along the open segment. */
  readonly activationRegions: number;
  /** Pieces on which the outputs have one slope. */
  readonly linearRegions: number;
  /** Parameters in (0, 1) at which the pattern changes, ascending, each rounded once at the very end. */
  readonly crossings: Float64Array;
}

/** A parameter n / d, d > 0. */
interface Parameter {
  readonly n: bigint;
  readonly d: bigint;
}

/** Stretch of the segment on which everything up to one layer is affine. */
interface Piece extends Affine {
  readonly from: Parameter;
  readonly to: Parameter;
}

/**
 * Regions along the open segment from p to q, in any input dimension, directly in one dimension: on a piece that all
 * layers before leave affine, a pre-activation is slope · t + start, and its root divides the piece. All of it is
 * exact: 64-bit numbers are integers times powers of two, and so are slope and start; a root is only ever compared. So
 * nothing cancels far from the origin, nothing over- or underflows, and even the shortest pieces are found. Along a
 * segment inside a crease, that neuron is zero and its bit is 0.
 *
 * @param p `[inputs]`
 * @param q `[inputs]`
 * @throws InputError for points of the wrong size, not finite, or equal
 */
export const lineCrossings = (
  net: Model,
  p: ArrayLike<number>,
  q: ArrayLike<number>,
): LineCrossings => new LineWalk(net, p, q).result();

/** Progress of a walk. */
interface WalkState {
  /** Pieces found so far. */
  pieces: number;
  /** Fraction of the segment that is behind, in [0, 1]. */
  progress: number;
}

/** `lineCrossings` in slices: `run(budgetMs)` until it returns true, then `result()`. */
export class LineWalk extends Sliced<LineCrossings> {
  readonly #state: WalkState;

  constructor(net: Model, p: ArrayLike<number>, q: ArrayLike<number>) {
    checkEnds(net, p, q);
    const state = { pieces: 1, progress: 0 };
    super(walking(net, p, q, state));
    this.#state = state;
  }

  get regionsSoFar(): number {
    return this.#state.pieces;
  }

  /** Fraction of the segment that is behind, in [0, 1]. */
  get progress(): number {
    return this.#state.progress;
  }
}

function checkEnds(net: Model, p: ArrayLike<number>, q: ArrayLike<number>): void {
  const d = net.inputs;
  for (const end of [p, q]) {
    if (end.length !== d)
      throw new InputError(`a point has ${end.length} coordinates, the network takes ${d}`);
    for (let i = 0; i < d; i++)
      if (!Number.isFinite(end[i]))
        throw new InputError('the ends of the segment must be made of finite numbers');
  }
  if (Array.from(p).every((v, i) => v === q[i]))
    throw new InputError('the two ends of the segment are equal');
}

/** Pieces that go through a layer together, so that its weights stay in the cache. */
const TOGETHER = 32;

/** Depth first along the segment, so that memory does not grow with the number of pieces. */
function* walking(
  net: Model,
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  state: WalkState,
): Steps<LineCrossings> {
  const d = net.inputs;
  const ends = exactly([...Array.from(p), ...Array.from(q)]);
  const first = ends.mantissas.slice(0, d);
  const slope = ends.mantissas.slice(d).map((v, i) => v - first[i]);
  let exponent = ends.exponent;
  const layers = net.layers.map((layer) => {
    const exact = exactLayer(layer, exponent);
    exponent = exact.exponent + exact.gains.exponent;
    return exact;
  });
  const whole: Piece = { from: { n: 0n, d: 1n }, to: { n: 1n, d: 1n }, slope, start: first };
  /** What is left of the current piece before every layer. */
  const left: Iterator<Piece>[] = [[whole].values()];
  const crossings: number[] = [];
  let before: Piece | undefined;
  let linear = 0;
  while (left.length > 0) {
    const pieces = take(left[left.length - 1], TOGETHER);
    if (pieces.length === 0) {
      left.pop();
      continue;
    }
    const through: Piece[] = [];
    const layer = layers[left.length - 1];
    for (const piece of pieces) {
      yield;
      through.push({ ...piece, ...throughLayer(layer, piece) });
    }
    if (left.length < layers.length) {
      left.push(partsOf(through, layer.gains));
      continue;
    }
    for (const piece of through) {
      if (before === undefined || piece.slope.some((s, o) => s !== before?.slope[o])) linear++;
      if (before !== undefined) crossings.push(quotient(piece.from.n, piece.from.d));
      before = piece;
    }
    state.pieces = crossings.length + 1;
    state.progress = before === undefined ? 0 : quotient(before.to.n, before.to.d);
  }
  return {
    activationRegions: state.pieces,
    linearRegions: linear,
    crossings: Float64Array.from(crossings),
  };
}

function take<T>(from: Iterator<T>, most: number): T[] {
  const taken: T[] = [];
  while (taken.length < most) {
    const { value, done } = from.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

/** Neighbouring pieces, cut as `activated` does. */
function* partsOf(pieces: readonly Piece[], gains: Gains): Generator<Piece, undefined> {
  for (const piece of pieces) yield* activated(piece, gains);
}

/** The parts into which the roots of its pre-activations cut a piece, in order, with post-activations. */
function* activated({ from, to, slope, start }: Piece, gains: Gains): Generator<Piece, undefined> {
  const { on, off, creased } = gains;
  const roots: Parameter[] = [];
  // Signs at the two ends, times positive numbers.
  const first = slope.map((s, j) => s * from.n + start[j] * from.d);
  const last = slope.map((s, j) => s * to.n + start[j] * to.d);
  slope.forEach((s, j) => {
    if (!creased[j]) return;
    if (first[j] < 0n && last[j] > 0n) roots.push({ n: -start[j], d: s });
    else if (first[j] > 0n && last[j] < 0n) roots.push({ n: start[j], d: -s });
  });
  roots.sort(compare);
  const positive = (s: bigint, c: bigint, t: Parameter) => s * t.n + c * t.d > 0n;
  let begin = from;
  for (const end of [...roots, to]) {
    // Roots that coincide.
    if (compare(begin, end) === 0) continue;
    // No root lies within a part: a neuron that is positive inside is so at one end at least.
    const factors = slope.map((s, j) => {
      if (!creased[j]) return on;
      if (first[j] <= 0n && last[j] <= 0n) return off[j];
      if (first[j] >= 0n && last[j] >= 0n) return on;
      return positive(s, start[j], begin) || positive(s, start[j], end) ? on : off[j];
    });
    yield {
      from: begin,
      to: end,
      slope: slope.map((s, j) => s * factors[j]),
      start: start.map((c, j) => c * factors[j]),
    };
    begin = end;
  }
}

function compare(a: Parameter, b: Parameter): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
