import { InputError } from '../errors.ts';
import { hiddenLayers, inputSize, type Layer, type Network } from '../network/network.ts';

/** The two readings of Algorithm 1: as printed, or with the guard for neurons that are constant on the ball. */
export type Variant = 'guarded' | 'printed';

/** Room for what the recursion finds, one entry per hidden neuron in flat order. */
export interface NeuronBounds {
  /** Pre-activation at the centre. */
  readonly A: Float64Array;
  /** Bound on the deviation of the post-activation over the ball. */
  readonly U: Float64Array;
  /** r‖L‖₂ + U_loc: bound on the deviation of the pre-activation over the ball. */
  readonly rawU: Float64Array;
  /** 0 where the post-activation is known to be one affine function on the ball. */
  readonly P: Uint8Array;
  /** 0 where the pre-activation is known to keep its sign on the ball. */
  readonly S: Uint8Array;
}

// Sums of squares outside this range are taken again with the vector scaled, lest a square over- or underflows.
const SAFE_SQUARE_MIN = 1e-280;
const SAFE_SQUARE_MAX = 1e300;

/**
 * The (U, P, S) recursion of Algorithm 1 of Zhu, Lin & Tang (2020), in f64, on workspace that is made once per
 * network: running it allocates nothing. P, U and the gradient L of the layer before are carried forward; the input
 * itself has P = 0 and the identity for L.
 *
 * ReLU (slope a = 0), with U_loc = Σ_{P_i=1} |W_ji| U_i, L_j = Σ_{P_i=0} W_ji L_i and U_raw = r‖L_j‖₂ + U_loc:
 *
 *     A < 0, U_raw + A < 0   always off   (P, S, U) = (0, 0, 0), L_j := 0
 *     A < 0 otherwise        unstable     (1, 1, U_raw + A)
 *     A ≥ 0, U_raw < A       always on    (U_loc = 0 ? 0 : 1, 0, U_raw), L_j kept where P = 0
 *     A ≥ 0 otherwise        unstable     (1, 1, U_raw)
 *
 * Both tests are strict: a crease that touches the closed ball counts. P asks for U_loc, not U_raw: what makes a
 * neuron affine is that no bent input reaches it. The guard comes first: U_raw = 0 and A ≤ 0 means a constant that
 * never turns the neuron on, so nothing switches; as printed, A = 0 there counts as unstable.
 *
 * Leaky ReLU (slope 0 < a < 1) is an extension of ours, for σ(z) = max(z, a z), which is 1-Lipschitz too:
 *
 *     always off   σ is multiplication by a on the ball: L_j := a L_j, U = a U_raw, and P as for always on
 *     unstable, A < 0    for A' ≤ 0 the deviation is a|A' − A| ≤ a U_raw; for A' > 0 it is A' − a A ≤ U_raw + (1 − a) A.
 *                        U_raw ≥ −A here, so the second is the larger and bounds both
 *     unstable, A ≥ 0    U_raw, by the Lipschitz constant
 *
 * With a = 0 these are the printed rules.
 */
export class Recursion {
  readonly #layers: readonly Layer[];
  readonly #dimension: number;
  readonly #slope: number;
  /** Post-activations at the centre and gradients, of the layer at hand and the one before (they change places). */
  #value: Float64Array;
  #nextValue: Float64Array;
  #gradient: Float64Array;
  #nextGradient: Float64Array;
  /** Inputs of the layer at hand that are not zero at the centre; affine and not constant; bent. */
  readonly #live: Uint32Array;
  readonly #affine: Uint32Array;
  readonly #bent: Uint32Array;

  constructor(net: Network) {
    this.#layers = hiddenLayers(net);
    this.#dimension = inputSize(net);
    this.#slope = net.negativeSlope;
    const width = Math.max(this.#dimension, ...this.#layers.map((layer) => layer.outputs));
    this.#value = new Float64Array(width);
    this.#nextValue = new Float64Array(width);
    this.#gradient = new Float64Array(width * this.#dimension);
    this.#nextGradient = new Float64Array(width * this.#dimension);
    this.#live = new Uint32Array(width);
    this.#affine = new Uint32Array(width);
    this.#bent = new Uint32Array(width);
  }

  /**
   * Runs over the ball of radius r around the d coordinates of `points` from `at` on, and writes the N entries of
   * `out` from `outAt` on. Throws `InputError` when a number leaves the range of f64 on the way.
   */
  run(
    points: ArrayLike<number>,
    at: number,
    r: number,
    variant: Variant,
    out: NeuronBounds,
    outAt: number,
  ): void {
    const d = this.#dimension;
    for (let i = 0; i < d; i++) this.#value[i] = points[at + i];
    let first = outAt;
    this.#layers.forEach((layer, k) => {
      if (k > 0) this.#sortInputs(layer.inputs, out, first - layer.inputs);
      for (let j = 0; j < layer.outputs; j++) {
        const A = this.#centre(layer, j, k === 0);
        if (k === 0) this.#nextGradient.set(layer.weights.subarray(j * d, j * d + d), j * d);
        else this.#combineGradients(layer, j);
        const local = k === 0 ? 0 : this.#localDeviation(layer, j, out.U, first - layer.inputs);
        const raw = r * norm(this.#nextGradient, j * d, d) + local;
        if (!(Math.abs(A) + raw < Number.POSITIVE_INFINITY))
          throw new InputError(
            `the numbers in layer ${k + 1} leave the range of 64-bit arithmetic at this point`,
          );
        this.#decide(j, first + j, A, raw, local, variant, out);
      }
      [this.#value, this.#nextValue] = [this.#nextValue, this.#value];
      [this.#gradient, this.#nextGradient] = [this.#nextGradient, this.#gradient];
      first += layer.outputs;
    });
  }

  #counts = { live: 0, affine: 0, bent: 0 };

  /** Lists the inputs that contribute at all, so that the many switched-off ones cost nothing. */
  #sortInputs(inputs: number, out: NeuronBounds, first: number): void {
    let live = 0;
    let affine = 0;
    let bent = 0;
    for (let i = 0; i < inputs; i++) {
      if (this.#value[i] !== 0) this.#live[live++] = i;
      if (out.P[first + i] === 0) {
        if (out.U[first + i] !== 0 || out.A[first + i] > 0) this.#affine[affine++] = i;
      } else if (out.U[first + i] > 0) this.#bent[bent++] = i;
    }
    this.#counts = { live, affine, bent };
  }

  #centre({ inputs, weights, biases }: Layer, j: number, isFirst: boolean): number {
    const row = j * inputs;
    const value = this.#value;
    let sum = biases[j];
    if (isFirst) {
      for (let i = 0; i < inputs; i++) sum += weights[row + i] * value[i];
      return sum;
    }
    const live = this.#live;
    const count = this.#counts.live;
    for (let q = 0; q < count; q++) sum += weights[row + live[q]] * value[live[q]];
    return sum;
  }

  #combineGradients({ inputs, weights }: Layer, j: number): void {
    const d = this.#dimension;
    const row = j * inputs;
    const from = this.#gradient;
    const to = this.#nextGradient;
    const affine = this.#affine;
    const count = this.#counts.affine;
    if (d === 2) {
      let x = 0;
      let y = 0;
      for (let q = 0; q < count; q++) {
        const i = affine[q];
        const w = weights[row + i];
        x += w * from[2 * i];
        y += w * from[2 * i + 1];
      }
      to[2 * j] = x;
      to[2 * j + 1] = y;
      return;
    }
    to.fill(0, j * d, j * d + d);
    for (let q = 0; q < count; q++) {
      const w = weights[row + affine[q]];
      const base = affine[q] * d;
      for (let t = 0; t < d; t++) to[j * d + t] += w * from[base + t];
    }
  }

  #localDeviation({ inputs, weights }: Layer, j: number, U: Float64Array, first: number): number {
    const row = j * inputs;
    const bent = this.#bent;
    const count = this.#counts.bent;
    let sum = 0;
    for (let q = 0; q < count; q++) sum += Math.abs(weights[row + bent[q]]) * U[first + bent[q]];
    return sum;
  }

  #decide(
    j: number,
    at: number,
    A: number,
    raw: number,
    local: number,
    variant: Variant,
    out: NeuronBounds,
  ): void {
    const a = this.#slope;
    const d = this.#dimension;
    out.A[at] = A;
    out.rawU[at] = raw;
    this.#nextValue[j] = A > 0 ? A : a === 0 ? 0 : a * A;
    const off = A < 0 ? raw + A < 0 : false;
    if (off || (variant === 'guarded' && raw === 0 && A <= 0)) {
      out.S[at] = 0;
      out.U[at] = a * raw;
      out.P[at] = a === 0 || local === 0 ? 0 : 1;
      for (let t = j * d; t < j * d + d; t++) this.#nextGradient[t] *= a;
    } else if (A >= 0 && raw < A) {
      out.S[at] = 0;
      out.U[at] = raw;
      out.P[at] = local === 0 ? 0 : 1;
    } else {
      out.S[at] = 1;
      out.P[at] = 1;
      out.U[at] = A < 0 ? raw + (1 - a) * A : raw;
    }
  }
}

function norm(vector: Float64Array, from: number, length: number): number {
  let sum = 0;
  for (let t = from; t < from + length; t++) sum += vector[t] * vector[t];
  if (sum > SAFE_SQUARE_MIN && sum < SAFE_SQUARE_MAX) return Math.sqrt(sum);
  let largest = 0;
  for (let t = from; t < from + length; t++) largest = Math.max(largest, Math.abs(vector[t]));
  if (largest === 0 || !(largest < Number.POSITIVE_INFINITY)) return largest;
  sum = 0;
  for (let t = from; t < from + length; t++) sum += (vector[t] / largest) ** 2;
  return largest * Math.sqrt(sum);
}
