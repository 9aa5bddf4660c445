import { InputError } from '../../errors.ts';
import { inputSize, type Network } from '../../network/network.ts';
import { Sliced, type Steps } from '../../steps.ts';
import { type Affine, exactLayer, exactly, throughLayer } from '../exact/alongLine.ts';
import { type Dyadics, quotient } from '../exact/dyadic.ts';

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
 * layers before leave affine, a pre-activation is slope · t + start, and its root parts the piece. All of it is exact:
 * 64-bit numbers are integers times powers of two, and so are slope and start; a root is only ever compared. So
 * nothing cancels far from the origin, nothing over- or underflows, and pieces however short are told apart. Along a
 * segment inside a crease that neuron is zero, and its bit is 0.
 *
 * @param p `[inputs]`
 * @param q `[inputs]`
 * @throws InputError for points of the wrong size, not finite, or equal
 */
export const lineCrossings = (
  net: Network,
  p: ArrayLike<number>,
  q: ArrayLike<number>,
): LineCrossings => new LineWalk(net, p, q).result();

/** How far a walk is. */
interface WalkState {
  /** Pieces found so far. */
  pieces: number;
  /** Fraction of the work done, in [0, 1]. */
  progress: number;
}

/** `lineCrossings` in slices: `run(budgetMs)` until it says true, then `result()`. */
export class LineWalk extends Sliced<LineCrossings> {
  readonly #state: WalkState;

  constructor(net: Network, p: ArrayLike<number>, q: ArrayLike<number>) {
    checkEnds(net, p, q);
    const state = { pieces: 1, progress: 0 };
    super(walking(net, p, q, state));
    this.#state = state;
  }

  get regionsSoFar(): number {
    return this.#state.pieces;
  }

  /** Fraction of the work done, in [0, 1]; deeper layers count for more: they have more pieces and longer numbers. */
  get progress(): number {
    return this.#state.progress;
  }
}

function checkEnds(net: Network, p: ArrayLike<number>, q: ArrayLike<number>): void {
  const d = inputSize(net);
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

function* walking(
  net: Network,
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  state: WalkState,
): Steps<LineCrossings> {
  const d = inputSize(net);
  const ends = exactly([...Array.from(p), ...Array.from(q)]);
  const first = ends.mantissas.slice(0, d);
  const slope = ends.mantissas.slice(d).map((v, i) => v - first[i]);
  let pieces: Piece[] = [{ from: { n: 0n, d: 1n }, to: { n: 1n, d: 1n }, slope, start: first }];
  let exponent = ends.exponent;
  const leak = exactly([net.negativeSlope]);
  const work = net.layers.map(({ inputs, outputs }, k) => inputs * outputs * (k + 1) ** 2);
  const total = work.reduce((sum, part) => sum + part, 0);
  let before = 0;
  for (const [k, layer] of net.layers.entries()) {
    const exact = exactLayer(layer, exponent);
    const isLast = k === net.layers.length - 1;
    const next: Piece[] = [];
    for (const [i, piece] of pieces.entries()) {
      yield;
      const through = { ...piece, ...throughLayer(exact, piece) };
      if (isLast) next.push(through);
      else for (const part of activated(through, leak)) next.push(part);
      state.pieces = next.length + pieces.length - i - 1;
      state.progress = (before + (work[k] * (i + 1)) / pieces.length) / total;
    }
    pieces = next;
    before += work[k];
    exponent = isLast ? exact.exponent : exact.exponent + leak.exponent;
  }
  let linear = 1;
  for (let i = 1; i < pieces.length; i++)
    if (pieces[i].slope.some((s, o) => s !== pieces[i - 1].slope[o])) linear++;
  return {
    activationRegions: pieces.length,
    linearRegions: linear,
    crossings: Float64Array.from(pieces.slice(1), ({ from }) => quotient(from.n, from.d)),
  };
}

/** The piece cut at the roots of its pre-activations, with post-activations on the parts. */
function activated({ from, to, slope, start }: Piece, leak: Dyadics): Piece[] {
  const roots: Parameter[] = [];
  // Signs at the two ends, times positive numbers.
  const first = slope.map((s, j) => s * from.n + start[j] * from.d);
  const last = slope.map((s, j) => s * to.n + start[j] * to.d);
  slope.forEach((s, j) => {
    if (first[j] < 0n && last[j] > 0n) roots.push({ n: -start[j], d: s });
    else if (first[j] > 0n && last[j] < 0n) roots.push({ n: start[j], d: -s });
  });
  roots.sort(compare);
  const breaks = roots.filter((root, i) => i === 0 || compare(roots[i - 1], root) !== 0);
  const on = 1n << BigInt(-leak.exponent);
  const off = leak.mantissas[0];
  const ends = [from, ...breaks, to];
  return ends.slice(1).map((end, i) => {
    const begin = ends[i];
    const positive = (s: bigint, c: bigint, t: Parameter) => s * t.n + c * t.d > 0n;
    // No root lies within a part: a neuron that is positive inside is so at one end at least.
    const factors = slope.map((s, j) => {
      if (first[j] <= 0n && last[j] <= 0n) return off;
      if (first[j] >= 0n && last[j] >= 0n) return on;
      return positive(s, start[j], begin) || positive(s, start[j], end) ? on : off;
    });
    return {
      from: begin,
      to: end,
      slope: slope.map((s, j) => s * factors[j]),
      start: start.map((c, j) => c * factors[j]),
    };
  });
}

function compare(a: Parameter, b: Parameter): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
