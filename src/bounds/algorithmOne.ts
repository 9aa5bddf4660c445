import { InputError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { type NeuronBounds, Recursion, type Variant } from './recursion.ts';

/** What Algorithm 1 says about one hidden layer; arrays are `[width]`. */
export interface LayerBound extends NeuronBounds {
  /** Number of neurons with S = 1. */
  readonly C: number;
}

/** What Algorithm 1 says about one ball. */
export interface AlgorithmOneResult {
  /** Hidden layers in order; the linear output layer is not counted. */
  readonly layers: readonly LayerBound[];
  /** Sum over the layers: at most 2^C linear regions meet the closed ball. */
  readonly C: number;
}

/**
 * Algorithm 1 of Zhu, Lin & Tang (2020), "Bounding the number of linear regions in local area", in the closed ball
 * of radius r around x (`[d]`), in f64 and rounded outward: the claims S = 0, P = 0 and U hold in real arithmetic.
 * `guarded` differs from `printed` only for neurons that are constant on the
 * ball, see `Recursion`, which also describes leaky slopes (an extension, not in the paper). r = 0 is allowed.
 * Throws `InputError` for a centre or radius that cannot be used.
 */
export function algorithmOne(
  net: Model,
  x: ArrayLike<number>,
  r: number,
  variant: Variant = 'guarded',
): AlgorithmOneResult {
  checkCentre(net, x);
  checkRadius(r);
  const offsets = net.offsets;
  const flat = neuronBounds(offsets[offsets.length - 1]);
  new Recursion(net).run(x, 0, r, variant, flat, 0);
  const layers = net.widths.map((_, k) => {
    const [from, to] = [offsets[k], offsets[k + 1]];
    const S = flat.S.slice(from, to);
    return {
      A: flat.A.slice(from, to),
      U: flat.U.slice(from, to),
      rawU: flat.rawU.slice(from, to),
      P: flat.P.slice(from, to),
      S,
      C: S.reduce((sum, s) => sum + s, 0),
    };
  });
  return { layers, C: layers.reduce((sum, { C }) => sum + C, 0) };
}

/** Room for `length` neurons, all zero. */
export function neuronBounds(length: number): NeuronBounds {
  return {
    A: new Float64Array(length),
    U: new Float64Array(length),
    rawU: new Float64Array(length),
    P: new Uint8Array(length),
    S: new Uint8Array(length),
  };
}

/** Throws `InputError` unless r can be a radius. */
export function checkRadius(r: number): void {
  if (!(r >= 0 && r < Number.POSITIVE_INFINITY))
    throw new InputError('the radius must be a finite number that is not negative');
}

/** Throws `InputError` unless x can be a point of the network’s input space. */
export function checkCentre(net: Model, x: ArrayLike<number>): void {
  const d = net.inputs;
  if (x.length !== d)
    throw new InputError(`the centre has ${x.length} coordinates but the network takes ${d}`);
  for (let i = 0; i < d; i++)
    if (!Number.isFinite(x[i]))
      throw new InputError(`coordinate ${i + 1} of the centre is not a finite number`);
}
