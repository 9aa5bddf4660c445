import { InputError } from '../errors.ts';
import { hiddenLayers, inputSize, type Layer, type Network } from '../network/network.ts';

export type Variant = 'guarded' | 'printed';

/** What Algorithm 1 knows of one hidden layer; arrays of the layer's width. */
export interface LayerBound {
  /** Pre-activation at the centre. */
  readonly A: Float64Array;
  /** Bound on |post-activation − its value at the centre| over the ball. */
  readonly U: Float64Array;
  /** r‖L‖₂ + U_loc, the bound on |pre-activation − A| over the ball. */
  readonly rawU: Float64Array;
  /** 0 where the post-activation is one affine function on the whole ball. */
  readonly P: Uint8Array;
  /** 0 where the pre-activation keeps its strict sign on the whole ball. */
  readonly S: Uint8Array;
  /** Number of neurons with S = 1. */
  readonly C: number;
}

export interface BallBound {
  readonly layers: readonly LayerBound[];
  /** Sum over the layers; at most 2^C activation regions meet the ball. */
  readonly C: number;
}

/** What one layer hands to the next: post-activations at the centre, U, P, and the affine parts L `[width × d]`. */
interface Carried {
  readonly values: Float64Array;
  readonly U: Float64Array;
  readonly P: Uint8Array;
  readonly L: Float64Array;
}

/**
 * Algorithm 1 of Zhu, Lin & Tang (2020) for the closed ball of radius r around x, in f64; the linear output layer is
 * not counted.
 *
 * `printed` is the recursion as the paper prints it. `guarded` puts one test first: a pre-activation that is bounded
 * to a constant ≤ 0 (U_raw = 0 and A ≤ 0) never switches and gets P = S = U = 0; printed, a constant zero is counted
 * as undecided.
 *
 * Leaky ReLU with slope a is an extension of ours. σ is 1-Lipschitz, so every bound of the form |σ(A′) − σ(A)| ≤ |A′ − A|
 * stands. A neuron that is surely off is a · A′, affine where A′ is: L and U_raw are scaled by a instead of dropped. One
 * that may switch from A < 0 ends between a(A − U_raw) and A + U_raw, so its deviation from aA is at most
 * max(a·U_raw, U_raw + (1 − a)A). With a = 0 all of this is the printed algorithm.
 *
 * @param x centre, as many numbers as the network has inputs
 * @param r radius, at least 0
 * @throws InputError for a centre or radius that is not finite, of the wrong size, or negative
 */
export function algorithmOne(
  net: Network,
  x: ArrayLike<number>,
  r: number,
  variant: Variant = 'guarded',
): BallBound {
  const d = inputSize(net);
  if (x.length !== d)
    throw new InputError(`the centre has ${x.length} coordinates, the network takes ${d}`);
  for (let i = 0; i < d; i++)
    if (!Number.isFinite(x[i])) throw new InputError('the centre must be made of finite numbers');
  if (!(r >= 0 && r < Number.POSITIVE_INFINITY))
    throw new InputError('the radius must be a finite number, at least 0');
  let carried = start(x, r);
  const layers: LayerBound[] = [];
  let C = 0;
  for (const layer of hiddenLayers(net)) {
    const { bound, next } = induct(layer, carried, d, r, net.negativeSlope, variant);
    layers.push(bound);
    C += bound.C;
    carried = next;
  }
  return { layers, C };
}

/** The inputs themselves: affine (P = 0) with the rows of the identity; their U is never read. */
function start(x: ArrayLike<number>, r: number): Carried {
  const d = x.length;
  const L = new Float64Array(d * d);
  for (let i = 0; i < d; i++) L[i * d + i] = 1;
  return {
    values: Float64Array.from(x),
    U: new Float64Array(d).fill(r),
    P: new Uint8Array(d),
    L,
  };
}

/** Induction over one layer. */
function induct(
  { inputs, outputs, weights, biases }: Layer,
  before: Carried,
  d: number,
  r: number,
  slope: number,
  variant: Variant,
): { bound: LayerBound; next: Carried } {
  const A = new Float64Array(outputs);
  const U = new Float64Array(outputs);
  const rawU = new Float64Array(outputs);
  const P = new Uint8Array(outputs);
  const S = new Uint8Array(outputs);
  const values = new Float64Array(outputs);
  const L = new Float64Array(outputs * d);
  let C = 0;
  for (let j = 0; j < outputs; j++) {
    const own = L.subarray(j * d, (j + 1) * d);
    let a = biases[j];
    let local = 0;
    for (let i = 0; i < inputs; i++) {
      const w = weights[j * inputs + i];
      a += w * before.values[i];
      if (before.P[i]) local += Math.abs(w) * before.U[i];
      else for (let k = 0; k < d; k++) own[k] += w * before.L[i * d + k];
    }
    const raw = r * norm(own) + local;
    A[j] = a;
    rawU[j] = raw;
    values[j] = a > 0 ? a : slope * a;
    if (variant === 'guarded' && raw === 0 && a <= 0) {
      own.fill(0);
    } else if (a < 0 && raw + a < 0) {
      U[j] = slope * raw;
      P[j] = slope === 0 || local === 0 ? 0 : 1;
      for (let k = 0; k < d; k++) own[k] *= slope;
    } else if (a >= 0 && raw < a) {
      U[j] = raw;
      P[j] = local === 0 ? 0 : 1;
    } else {
      U[j] = a < 0 ? Math.max(slope * raw, raw + (1 - slope) * a) : raw;
      P[j] = 1;
      S[j] = 1;
      C++;
    }
  }
  return { bound: { A, U, rawU, P, S, C }, next: { values, U, P, L } };
}

/** Euclidean norm, scaled by the largest entry only where the squares would overflow or vanish. */
function norm(v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < v.length; k++) sum += v[k] * v[k];
  if (sum > 1e-280 && sum < 1e280) return Math.sqrt(sum);
  return Math.hypot(...v);
}
