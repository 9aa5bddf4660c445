import type { Model } from '../model/model.ts';
import { IntervalPropagation } from './intervals.ts';
import { type NeuronIntervals, neuronIntervals } from './localBound.ts';
import { norm } from './sums.ts';

/** Smaller than any distance between f64 points that matters, and far above what underflows. */
const TINY = 2 ** -200;

/**
 * Finds patterns of points that are certain: they hold in real arithmetic in a whole tiny ball around the point. So a
 * certain pattern is that of a region, while a point on a crease, or within rounding of one, may have bits that no
 * region has.
 */
export class CertainPattern {
  readonly #bound: IntervalPropagation;
  readonly #found: NeuronIntervals;
  readonly #dimension: number;
  readonly #words: number;
  readonly #step: Float64Array;
  /** `[N]` */
  readonly #slopes: readonly number[];

  constructor(net: Model) {
    this.#bound = new IntervalPropagation(net, 'outward');
    this.#found = neuronIntervals(net.neurons);
    this.#dimension = net.inputs;
    this.#words = net.words;
    this.#slopes = net.hidden.flatMap(({ slopes }) => [...slopes]);
    this.#step = new Float64Array(this.#dimension);
  }

  /** The pattern's words at the point that starts at `points[at]`; undefined where some bit is uncertain. */
  at(points: Float64Array, at: number): Uint32Array | undefined {
    const { lo, hi } = this.#found;
    this.#bound.run(points, at, TINY, this.#found, 0);
    const words = new Uint32Array(this.#words);
    for (let i = 0; i < lo.length; i++)
      // A neuron without a crease has bit 1 everywhere.
      if (lo[i] > 0 || this.#slopes[i] === 1) words[i >>> 5] |= 1 << (i & 31);
      // A neuron that is zero on the whole tiny ball has bit 0 there, like one that is off.
      else if (hi[i] > 0) return undefined;
    return words;
  }

  /** Whether the point that starts at `points[at]` is certainly in the open ball of radius r around x. */
  isInside(points: Float64Array, at: number, x: ArrayLike<number>, r: number): boolean {
    const d = this.#dimension;
    for (let t = 0; t < d; t++) this.#step[t] = points[at + t] - x[t];
    return norm(this.#step, 0, 1, d) * (1 + (d + 8) * 2 ** -52) + Number.MIN_VALUE < r;
  }
}
