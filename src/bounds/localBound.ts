import { InputError } from '../errors.ts';

/** Room for a method's result in one ball, one entry per hidden neuron in flat order. */
export interface NeuronIntervals {
  /** The pre-activation lies in [lo, hi] everywhere in the closed ball. */
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  /** 0 where the neuron is known not to take both strict signs in the open ball. */
  readonly S: Uint8Array;
}

/** A way to bound all pre-activations in a ball, on workspace made once per network: running it allocates nothing. */
export interface LocalBound {
  /**
   * Runs over the ball of radius r ≥ 0 around the d coordinates of `points` from `at` on, and writes the N entries of
   * `out` from `outAt` on. Throws `InputError` when a number leaves the range of f64 on the way.
   */
  run(points: ArrayLike<number>, at: number, r: number, out: NeuronIntervals, outAt: number): void;
}

/** Room for `length` neurons, all zero. */
export const neuronIntervals = (length: number): NeuronIntervals => ({
  lo: new Float64Array(length),
  hi: new Float64Array(length),
  S: new Uint8Array(length),
});

/**
 * Writes the interval of one neuron of hidden layer k (from 0) and its S, which is 0 unless the neuron `maySwitch`:
 * something moves it, and it has a crease (its slope is not 1). Throws when the interval is not finite.
 */
export function settle(
  out: NeuronIntervals,
  at: number,
  lo: number,
  hi: number,
  layer: number,
  maySwitch: boolean,
): void {
  if (!(hi - lo < Number.POSITIVE_INFINITY)) throw outOfRange(layer);
  out.lo[at] = lo;
  out.hi[at] = hi;
  out.S[at] = maySwitch && lo < 0 && hi > 0 ? 1 : 0;
}

/**
 * Whether an interval leaves open which of its two slopes a neuron has: it has S = 1, or is a constant within rounding of
 * 0. Never with slope 1, which is the slope on both sides.
 */
export const isOpen = ({ lo, hi }: NeuronIntervals, at: number, slope: number): boolean =>
  lo[at] < 0 && hi[at] > 0 && slope !== 1;

/** The error when numbers of hidden layer k (from 0) overflow. */
export const outOfRange = (layer: number): InputError =>
  new InputError(
    `the numbers in layer ${layer + 1} leave the range of 64-bit arithmetic at this point`,
  );
