import type { Layer, Model } from '../model/model.ts';
import { Gradients } from './gradients.ts';
import { outOfRange } from './localBound.ts';
import { gammaFor, type Rounding, underflowIn } from './rounding.ts';
import { type InputList, multiply, norm, reaches } from './sums.ts';

/** The two readings of Algorithm 1: as printed, or with the guard for neurons that are constant on the ball. */
export type Variant = 'guarded' | 'printed';

/** Room for what the recursion finds, one entry per hidden neuron in flat order. */
export interface NeuronBounds {
  /** Pre-activation at the centre. */
  readonly A: Float64Array;
  /** Bound on the deviation of the post-activation over the ball; 0 where that is constant. */
  readonly U: Float64Array;
  /**
   * r‖L‖₂ + U_loc and the possible rounding error: how far the pre-activation may be from A anywhere in the ball. 0
   * where it is constant, whatever rounding did to A.
   */
  readonly rawU: Float64Array;
  /** 0 where the post-activation is known to be one affine function on the ball. */
  readonly P: Uint8Array;
  /** 0 where the pre-activation is known to keep its sign on the ball. */
  readonly S: Uint8Array;
}

/** The share of U_raw that rounding may add before the exact sum is computed. */
const ROUGH = 2 ** -32;

/** What a neuron's post-activation is on the ball, by the numbers below. */
const KINDS = ['zero', 'constant', 'affine', 'bent'] as const;
const ZERO = 0;
const CONSTANT = 1;
const AFFINE = 2;
const BENT = 3;

/** What the recursion holds of one neuron of the last hidden layer. */
export interface LastNeuron {
  /** Post-activation at the centre. */
  readonly value: number;
  readonly kind: (typeof KINDS)[number];
  /** L, `[d]`: the gradient of what its affine inputs add to its pre-activation. */
  readonly L: Float64Array;
  /** ‖L‖₂ */
  readonly norm: number;
  /** Where the neuron is affine, `scale` L is passed on: its slope where it is off. */
  readonly scale: number;
  /** U_loc */
  readonly local: number;
}

/**
 * The (U, P, S) recursion of Algorithm 1 of Zhu, Lin & Tang (2020), in f64, on workspace that is made once per
 * network: running it allocates nothing. P, U and the gradient L of the layer before are carried forward; the input
 * itself has P = 0 and the identity for L.
 *
 * ReLU (slope 0), with U_loc = Σ_{P_i=1} |W_ji| U_i, L_j = Σ_{P_i=0} W_ji L_i and U_raw = r‖L_j‖₂ + U_loc:
 *
 *     A < 0, U_raw + A < 0   always off   (P, S, U) = (0, 0, 0), L_j := 0
 *     A < 0 otherwise        unstable     (1, 1, U_raw + A)
 *     A ≥ 0, U_raw < A       always on    (U_loc = 0 ? 0 : 1, 0, U_raw), L_j kept where P = 0
 *     A ≥ 0 otherwise        unstable     (1, 1, U_raw)
 *
 * Both tests are strict: a crease that touches the closed ball counts. P depends on U_loc, not U_raw: a neuron is
 * affine if no bent input reaches it. The guard comes first: a neuron that no input moves is constant, and nothing
 * switches; as printed, A = 0 there counts as unstable. Whether something moves it, and whether U_loc is 0, is decided
 * by the weights, because sums of small numbers may vanish.
 *
 * Any slope s in [−1, 1] of a neuron is an extension of ours, for σ(z) = max(z, s z), which is 1-Lipschitz too:
 *
 *     always off         σ is multiplication by s on the ball: L_j := s L_j, U = |s| U_raw, and P as for always on
 *     unstable, A < 0    max(|s| U_raw, U_raw + (1 − s) A). For A' ≤ 0 the deviation is |s||A' − A| ≤ |s| U_raw. For
 *                        A' > 0 it is A' − s A, between −s A and U_raw + A − s A; |s A| ≤ |s| U_raw, since U_raw ≥ −A
 *                        here. Where s ≥ 0 the second of the two is the larger
 *     unstable, A ≥ 0    U_raw, by the Lipschitz constant
 *     s = 1              σ is the identity, and there is no crease: as always on, with S = 0, whatever A and U_raw are
 *
 * With s = 0 these are the printed rules. The last is that of an affine layer: it is true by the definition of P and S.
 *
 * U_raw also covers rounding, so that S = 0 and P = 0 are true in real arithmetic: every input carries a
 * g ≥ its error + γ times the sizes of what it passes on, so that γ|b| + Σ|W|g bounds the error of a dot product and what
 * it inherits; ‖W‖₂‖g‖₂ replaces the sum where it leads to the same decision and adds next to nothing.
 * docs/soundness.md derives it. With `nearest` rounding this is left out, for comparison.
 */
export class Recursion {
  /** `[N]`: the possible rounding error of A, in the last ball; where something moves the neuron, U_raw holds it. */
  readonly slack: Float64Array;
  readonly #layers: readonly Layer[];
  /** |W| of every layer. */
  readonly #sizes: readonly Float64Array[];
  readonly #dimension: number;
  /** Post-activations at the centre, of the layer before and the current one. */
  #value: Float64Array;
  #nextValue: Float64Array;
  readonly #gradients: Gradients;
  /** Deviations of the layer before, and what of them reaches the current neurons. */
  readonly #deviation: Float64Array;
  readonly #local: Float64Array;
  readonly #zeros: Float64Array;
  /** What every neuron of the layer before passes on: one of the kinds above. */
  readonly #kind: Uint8Array;
  /** Inputs that are not zero at the centre; affine and not constant; bent. */
  readonly #live: InputList;
  readonly #affine: InputList;
  readonly #bent: InputList;
  readonly #rounding: Rounding;
  /** γ of every layer. */
  readonly #gammas: readonly number[];
  /** ‖W_j‖₂ of every neuron. */
  readonly #rowNorms: readonly Float64Array[];
  /** The possible rounding error of what the layer before passes on; its g. */
  readonly #inherited: Float64Array;
  readonly #doubt: Float64Array;

  constructor(net: Model, rounding: Rounding = 'outward') {
    this.#layers = net.hidden;
    this.#sizes = this.#layers.map(({ weights }) => weights.map(Math.abs));
    this.slack = new Float64Array(net.neurons);
    this.#dimension = net.inputs;
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
    this.#kind = new Uint8Array(width);
    this.#rounding = rounding;
    this.#gammas = this.#layers.map(({ inputs }) =>
      gammaFor(inputs + this.#dimension + 32, rounding),
    );
    this.#rowNorms = this.#layers.map(({ inputs, outputs, weights }) =>
      Float64Array.from({ length: outputs }, (_, j) => norm(weights, j * inputs, 1, inputs)),
    );
    [this.#inherited, this.#doubt] = [vector(), vector()];
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
    this.#begin(points, at, r);
    const outward = this.#rounding === 'outward';
    const vanished = underflowIn(r, this.#rounding);
    let first = outAt;
    for (let k = 0; k < this.#layers.length; k++) {
      const layer = this.#layers[k];
      const gamma = this.#gammas[k];
      if (k > 0) this.#sortInputs(layer.inputs, out, first - layer.inputs);
      this.#combine(layer, this.#sizes[k], k === 0);
      const doubt = outward ? this.#combineDoubts(k, out, first - layer.inputs, vanished) : 0;
      const [values, locals, rowNorms] = [this.#nextValue, this.#local, this.#rowNorms[k]];
      const [slopes, inherited, slacks] = [this.#gradients.norms, this.#inherited, this.slack];
      for (let j = 0; j < layer.outputs; j++) {
        const A = values[j];
        const size = Math.abs(A);
        const bent = locals[j] > 0 || reaches(layer, j, this.#bent);
        const moves = r > 0 && (slopes[j] > 0 || bent || reaches(layer, j, this.#affine));
        let raw = r * slopes[j] + locals[j];
        let slack = 0;
        if (outward) {
          const own = gamma * (Math.abs(layer.biases[j]) + size + raw);
          slack = own + (1 + 2 * gamma) * (rowNorms[j] * doubt);
          if (!(slack <= raw * ROUGH && (size <= raw || slack < size - raw)))
            slack = own + (1 + 2 * gamma) * this.#inheritedBy(k, j);
          if (slack > 0 || moves || this.#isReached(layer, j)) slack += vanished;
          raw += slack;
        }
        if (!(size + raw < Number.POSITIVE_INFINITY)) throw outOfRange(k);
        inherited[j] = slack;
        slacks[first - outAt + j] = slack;
        out.A[first + j] = A;
        const s = layer.slopes[j];
        if (moves && raw > 0) this.#decide(j, first + j, s, raw, bent, out);
        else this.#settleConstant(j, first + j, s, variant, out);
      }
      [this.#value, this.#nextValue] = [this.#nextValue, this.#value];
      first += layer.outputs;
    }
  }

  /** Neuron j of the last hidden layer, as the last run left it. */
  lastNeuron(j: number): LastNeuron {
    const gradients = this.#gradients;
    return {
      value: this.#value[j],
      kind: KINDS[this.#kind[j]],
      L: gradients.of(j),
      norm: gradients.norms[j],
      scale: gradients.scaleOf(j),
      local: this.#local[j],
    };
  }

  #begin(points: ArrayLike<number>, at: number, r: number): void {
    const d = this.#dimension;
    this.#live.count = d;
    this.#affine.count = r > 0 ? d : 0;
    this.#bent.count = 0;
    for (let i = 0; i < d; i++) {
      this.#value[i] = points[at + i];
      this.#kind[i] = r > 0 ? AFFINE : CONSTANT;
      this.#live.at[i] = i;
      this.#affine.at[i] = i;
    }
  }

  /** Lists the inputs that contribute, so that the many that are off cost nothing. */
  #sortInputs(inputs: number, out: NeuronBounds, first: number): void {
    const [live, affine, bent] = [this.#live, this.#affine, this.#bent];
    live.count = 0;
    affine.count = 0;
    bent.count = 0;
    for (let i = 0; i < inputs; i++) {
      const kind = this.#kind[i];
      this.#deviation[i] = out.U[first + i];
      if (this.#value[i] !== 0) live.at[live.count++] = i;
      if (kind === AFFINE) affine.at[affine.count++] = i;
      else if (kind === BENT) bent.at[bent.count++] = i;
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

  /** g of the inputs of layer k, and ‖g‖₂; `first` is where the layer before begins in `out`. */
  #combineDoubts(k: number, out: NeuronBounds, first: number, vanished: number): number {
    const { inputs } = this.#layers[k];
    const gamma = this.#gammas[k];
    const [doubt, value, kind, U] = [this.#doubt, this.#value, this.#kind, out.U];
    for (let i = 0; i < inputs; i++) {
      const size = Math.abs(value[i]);
      // Points are exact, and so is what is zero throughout.
      if (k === 0) doubt[i] = size === 0 ? 0 : gamma * size + vanished;
      else if (kind[i] === ZERO) doubt[i] = 0;
      else {
        const own = kind[i] === BENT ? 0 : this.#inherited[i];
        doubt[i] = own + gamma * (size + U[first + i]) + vanished;
      }
    }
    return norm(doubt, 0, 1, inputs);
  }

  /** Σ|W|g of neuron j of layer k. */
  #inheritedBy(k: number, j: number): number {
    const { inputs } = this.#layers[k];
    const sizes = this.#sizes[k];
    let sum = 0;
    for (let i = 0; i < inputs; i++) sum += sizes[j * inputs + i] * this.#doubt[i];
    return sum;
  }

  /** Whether an input that is not zero throughout has a weight to neuron j. */
  #isReached({ inputs, weights }: Layer, j: number): boolean {
    for (let i = 0; i < inputs; i++)
      if (this.#doubt[i] !== 0 && weights[j * inputs + i] !== 0) return true;
    return false;
  }

  /** A neuron of slope s that some input moves; `bent`: some bent input moves it. */
  #decide(j: number, at: number, s: number, raw: number, bent: boolean, out: NeuronBounds): void {
    const A = out.A[at];
    // What a product with s may lose by underflow is added.
    const scaled = s === 0 ? 0 : Math.abs(s) * raw + Number.MIN_VALUE;
    out.rawU[at] = raw;
    this.#nextValue[j] = activate(A, s);
    if (s === 1 || (A >= 0 && raw < A)) {
      out.S[at] = 0;
      out.U[at] = raw;
      out.P[at] = bent ? 1 : 0;
      this.#kind[j] = bent ? BENT : AFFINE;
    } else if (A < 0 && raw + A < 0) {
      out.S[at] = 0;
      out.U[at] = scaled;
      out.P[at] = bent && s !== 0 ? 1 : 0;
      this.#kind[j] = s === 0 ? ZERO : bent ? BENT : AFFINE;
      this.#inherited[j] *= Math.abs(s);
      this.#gradients.scale(j, s);
    } else {
      out.S[at] = 1;
      out.P[at] = 1;
      const above = A < 0 ? raw + (1 - s) * A : raw;
      out.U[at] = A < 0 && s < 0 ? Math.max(scaled, above) : above;
      // Where U = 0, the neuron does not come above zero.
      this.#kind[j] = s === 0 && out.U[at] === 0 ? ZERO : BENT;
    }
  }

  /** A neuron of slope s that no input moves; its sign is uncertain where A is within the rounding error. */
  #settleConstant(j: number, at: number, s: number, variant: Variant, out: NeuronBounds): void {
    const A = out.A[at];
    const slack = this.#inherited[j];
    const sure = slack < Math.abs(A);
    const undecided = variant === 'printed' && !sure && s !== 1 ? 1 : 0;
    out.S[at] = undecided;
    out.P[at] = undecided;
    out.U[at] = 0;
    out.rawU[at] = 0;
    this.#nextValue[j] = activate(A, s);
    const dead = A < 0 ? sure : slack === 0 && A === 0;
    if (A < 0 && sure) this.#inherited[j] *= Math.abs(s);
    this.#kind[j] = s === 0 && dead ? ZERO : CONSTANT;
  }
}

const activate = (z: number, slope: number): number => (z > 0 ? z : slope === 0 ? 0 : slope * z);
