import { checkCentre } from '../../bounds/algorithmOne.ts';
import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { Sliced } from '../../steps.ts';
import { BallSearch } from './search.ts';

/** How many activation regions meet an open ball, and how that was found. */
export interface BallRegions {
  /** At least so many regions meet the ball: each has an interior point of the ball whose signs are proved. */
  readonly atLeast: number;
  /** At most so many do: everything else is proved to be empty, or charged with the most that it may hold. */
  readonly atMost: bigint;
  /** Whether the two are equal. */
  readonly exact: boolean;
  /** C of Algorithm 1 (Zhu, Lin & Tang 2020): their bound is 2^C, and `atMost` is never above it. */
  readonly C: number;
  /** Polyhedra that were looked at. */
  readonly nodes: number;
  /** Least-distance programs that were solved in 64-bit numbers. */
  readonly programs: number;
  /** Decisions that 64-bit numbers left open and integers made. */
  readonly exactDecisions: number;
  /** Parts of the ball that are charged to `atMost`. */
  readonly open: number;
}

/** The work stops after `maxNodes` polyhedra; default: never. */
export interface BallOptions {
  readonly maxNodes?: number;
}

/**
 * The activation regions that meet the open ball of radius r around x (`[d]`), in any dimension, counted with a proof: a
 * region that only touches the ball does not count. Depth first, layer by layer, see `BallSearch`; the time is that of a few small
 * programs per region, so that it suits balls that meet up to some 10⁵ regions. Linear regions may be fewer. What is
 * prepared for a network is kept as long as the network is, which must therefore not be changed.
 *
 * @throws InputError for a centre that does not fit the network or is not finite, a radius that is not finite and
 *   positive, and where numbers leave the range of 64 bits
 */
export const ballRegions = (
  net: Model,
  x: ArrayLike<number>,
  r: number,
  options: BallOptions = {},
): BallRegions => new BallCount(net, x, r, options).result();

/**
 * `ballRegions` in slices: `run(budgetMs)` until it returns true, then `result()`. Whenever it pauses, `sofar` says what is
 * proved already.
 */
export class BallCount extends Sliced<BallRegions> {
  readonly #search: BallSearch;

  constructor(net: Model, x: ArrayLike<number>, r: number, options: BallOptions = {}) {
    checkCentre(net, x);
    if (!(r > 0 && r < Number.POSITIVE_INFINITY))
      throw new InputError('the radius of the ball must be a finite number greater than 0');
    const search = new BallSearch(net, { x: Float64Array.from(x), r });
    super(counting(search, options.maxNodes ?? Number.POSITIVE_INFINITY));
    this.#search = search;
  }

  /** Both bounds as they stand. */
  sofar(): BallRegions {
    return state(this.#search);
  }
}

function* counting(search: BallSearch, maxNodes: number) {
  yield* search.steps(maxNodes);
  return state(search);
}

function state(search: BallSearch): BallRegions {
  const { atLeast, atMost, before, nodes, programs, exactDecisions, open } = search;
  return {
    atLeast,
    atMost,
    exact: BigInt(atLeast) === atMost,
    C: before.C,
    nodes,
    programs,
    exactDecisions,
    open,
  };
}
