import { hiddenLayers, inputSize, type Layer, type Network } from '../network/network.ts';
import { Gradients } from './gradients.ts';
import { outOfRange } from './localBound.ts';
import { FLOOR, gammaFor, type Rounding } from './rounding.ts';
import { type InputList, multiply } from './sums.ts';

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
 *
 * With `outward` rounding U_raw also covers what rounding did: with every input travels g ≥ its error + γ times the
 * sizes of what it hands on, so that γ|b| + Σ|W|g bounds the error of a dot product and what it inherits.
 */
export class Recursion {
  readonly #layers: readonly Layer[];
  /** |W| of every layer. */
  readonly #sizes: readonly Float64Array[];
  readonly #dimension: number;
  readonly #slope: number;
  /** Post-activations at the centre, of the layer before and the one at hand. */
  #value: Float64Array;
  #nextValue: Float64Array;
  readonly #gradients: Gradients;
  /** Deviations of the layer before, and what of them reaches the neurons at hand. */
  readonly #deviation: Float64Array;
  readonly #local: Float64Array;
  readonly #zeros: Float64Array;
  /** Inputs that are not zero at the centre; affine and not constant; bent. */
  readonly #live: InputList;
  readonly #affine: InputList;
  readonly #bent: InputList;
  readonly #outward: boolean;
  /** γ of every layer. */
  readonly #gammas: readonly number[];
  /** Errors that neurons hand on as affine ones do; g of the layer before, and what of it reaches the neurons at hand. */
  readonly #inherited: Float64Array;
  readonly #doubt: Float64Array;
  readonly #nextDoubt: Float64Array;
  readonly #doubtful: InputList;

  constructor(net: Network, rounding: Rounding = 'nearest') {
    this.#layers = hiddenLayers(net);
    this.#sizes = this.#layers.map(({ weights }) => weights.map(Math.abs));
    this.#dimension = inputSize(net);
    this.#slope = net.negativeSlope;
    const width = Math.max(this.#dimension, ...this.#layers.map((layer) => layer.outputs));
    const vector = () => new Float64Array(width);
    this.#value = vector();
    this.#nextValue = vector();
    this.#gradients = new Gradients(net);
    this.#deviation = vector();
    this.#local = vector();
    this.#zeros = vector();
    const list = () => ({ at: new Uint32Array(width), count: 0 });
    this.#live = list();
    this.#affine = list();
    this.#bent = list();
    this.#doubtful = list();
    this.#outward = rounding === 'outward';
    this.#gammas = this.#layers.map(({ inputs }) =>
      gammaFor(inputs + this.#dimension + 32, rounding),
    );
    [this.#inherited, this.#doubt, this.#nextDoubt] = [vector(), vector(), vector()];
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
    this.#begin(points, at);
    let first = outAt;
    for (let k = 0; k < this.#layers.length; k++) {
      const layer = this.#layers[k];
      if (k > 0) this.#sortInputs(layer.inputs, out, first - layer.inputs);
      this.#combine(layer, this.#sizes[k], k === 0);
      if (this.#outward) this.#combineDoubts(layer, k, out, first - layer.inputs);
      for (let j = 0; j < layer.outputs; j++) {
        const A = this.#nextValue[j];
        const local = this.#local[j];
        let raw = r * this.#gradients.norms[j] + local;
        const gamma = this.#gammas[k];
        let slack = (1 + gamma) * this.#nextDoubt[j] + gamma * (Math.abs(A) + raw);
        if (slack > 0) slack += FLOOR;
        raw += slack;
        if (!(Math.abs(A) + raw < Number.POSITIVE_INFINITY)) throw outOfRange(k);
        this.#decide(j, first + j, A, raw, local, variant, out);
        this.#inherited[j] = out.P[first + j] === 0 && out.U[first + j] > 0 ? slack : 0;
      }
      [this.#value, this.#nextValue] = [this.#nextValue, this.#value];
      first += layer.outputs;
    }
  }

  #begin(points: ArrayLike<number>, at: number): void {
    this.#live.count = this.#dimension;
    this.#affine.count = 0;
    this.#bent.count = 0;
    for (let i = 0; i < this.#dimension; i++) {
      this.#value[i] = points[at + i];
      this.#live.at[i] = i;
    }
  }

  /** Lists the inputs that contribute at all, so that the many switched-off ones cost nothing. */
  #sortInputs(inputs: number, out: NeuronBounds, first: number): void {
    const [live, affine, bent] = [this.#live, this.#affine, this.#bent];
    live.count = 0;
    affine.count = 0;
    bent.count = 0;
    for (let i = 0; i < inputs; i++) {
      const U = out.U[first + i];
      this.#deviation[i] = U;
      if (this.#value[i] !== 0) live.at[live.count++] = i;
      if (out.P[first + i] === 0) {
        if (U !== 0 || out.A[first + i] > 0) affine.at[affine.count++] = i;
      } else if (U > 0) bent.at[bent.count++] = i;
    }
  }

  /** A, L and U_loc of all neurons of a layer. */
  #combine(layer: Layer, sizes: Float64Array, isFirst: boolean): void {
    const { weights, biases } = layer;
    multiply(layer, weights, this.#live, this.#value, 0, biases, this.#nextValue, 0);
    multiply(layer, sizes, this.#bent, this.#deviation, 0, this.#zeros, this.#local, 0);
    if (isFirst) this.#gradients.begin();
    else this.#gradients.step(layer, this.#affine);
  }

  /** γ|b| + Σ|W|g of all neurons of layer k; `first` is where the layer before begins in `out`. */
  #combineDoubts(layer: Layer, k: number, out: NeuronBounds, first: number): void {
    const gamma = this.#gammas[k];
    const doubtful = this.#doubtful;
    doubtful.count = 0;
    for (let i = 0; i < layer.inputs; i++) {
      const size = Math.abs(this.#value[i]);
      this.#doubt[i] =
        k === 0 ? gamma * size : this.#inherited[i] + gamma * (size + out.U[first + i]);
      if (this.#doubt[i] !== 0) doubtful.at[doubtful.count++] = i;
    }
    for (let j = 0; j < layer.outputs; j++) this.#nextDoubt[j] = gamma * Math.abs(layer.biases[j]);
    multiply(layer, this.#sizes[k], doubtful, this.#doubt, 0, this.#nextDoubt, this.#nextDoubt, 0);
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
    out.A[at] = A;
    out.rawU[at] = raw;
    this.#nextValue[j] = A > 0 ? A : a === 0 ? 0 : a * A;
    const off = A < 0 ? raw + A < 0 : false;
    if (off || (variant === 'guarded' && raw === 0 && A <= 0)) {
      out.S[at] = 0;
      out.U[at] = a * raw;
      out.P[at] = a === 0 || local === 0 ? 0 : 1;
      this.#gradients.scale(j, a);
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
