import type { Model } from '../model/model.ts';
import { checkCentre, checkRadius } from './algorithmOne.ts';
import { AlgorithmOneIntervals } from './algorithmOneIntervals.ts';
import { AlgorithmOnePlus } from './algorithmOnePlus.ts';
import { Crown } from './crown.ts';
import { IntervalPropagation } from './intervals.ts';
import { type LocalBound, neuronIntervals } from './localBound.ts';
import type { BoundMethod } from './methods.ts';
import { powerOfTwo, zaslavsky } from './regionBounds.ts';
import type { Rounding } from './rounding.ts';
import { Zonotope } from './zonotope.ts';

/** Every method, made for one network. */
const CREATE: Record<BoundMethod, (net: Model, rounding: Rounding) => LocalBound> = {
  algorithm1: (net, rounding) => new AlgorithmOneIntervals(net, rounding),
  algorithm1plus: (net, rounding) => new AlgorithmOnePlus(net, rounding),
  ibp: (net, rounding) => new IntervalPropagation(net, rounding),
  zonotope: (net, rounding) => new Zonotope(net, rounding),
  crown: (net, rounding) => new Crown(net, rounding),
};

export const createLocalBound = (
  net: Model,
  method: BoundMethod,
  rounding: Rounding = 'outward',
): LocalBound => CREATE[method](net, rounding);

/** What a method says about one hidden layer; arrays are `[width]`. */
export interface LayerIntervals {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  readonly S: Uint8Array;
  /** Number of neurons with S = 1. */
  readonly C: number;
}

/** What a method of the ladder says about one ball. */
export interface LadderResult {
  readonly layers: readonly LayerIntervals[];
  readonly C: number;
  /** 2^C and the product of Zaslavsky sums over the layers: both bound the regions that meet the open ball. */
  readonly powerOfTwo: bigint;
  readonly zaslavsky: bigint;
}

/**
 * One method in the ball of radius r around x (`[d]`), in f64. Every interval holds in real arithmetic, see
 * docs/soundness.md; with `nearest` rounding, which is for comparison, it holds up to rounding. Throws `InputError` for
 * a centre or radius that cannot be used.
 */
export function localBounds(
  net: Model,
  x: ArrayLike<number>,
  r: number,
  method: BoundMethod,
  rounding: Rounding = 'outward',
): LadderResult {
  checkCentre(net, x);
  checkRadius(r);
  const offsets = net.offsets;
  const flat = neuronIntervals(offsets[offsets.length - 1]);
  createLocalBound(net, method, rounding).run(x, 0, r, flat, 0);
  const layers = net.widths.map((_, k) => {
    const [from, to] = [offsets[k], offsets[k + 1]];
    const S = flat.S.slice(from, to);
    const C = S.reduce((sum, s) => sum + s, 0);
    return { lo: flat.lo.slice(from, to), hi: flat.hi.slice(from, to), S, C };
  });
  const counts = layers.map(({ C }) => C);
  const C = counts.reduce((sum, count) => sum + count, 0);
  return {
    layers,
    C,
    powerOfTwo: powerOfTwo(C),
    zaslavsky: zaslavsky(counts, net.inputs),
  };
}
