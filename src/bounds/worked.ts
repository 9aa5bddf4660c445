import { createModel, type Model } from '../model/model.ts';
import { checkCentre, checkRadius, neuronBounds } from './algorithmOne.ts';
import { type LastNeuron, type NeuronBounds, Recursion, type Variant } from './recursion.ts';

/** What one input of a neuron brings along: a coordinate of the plane, or a neuron of the layer before. */
export interface WorkedInput {
  /** W_ji */
  readonly weight: number;
  /** Its value at the centre: x_i, or the post-activation of neuron i. */
  readonly value: number;
  /** `zero` and `constant` do not move in the ball, so that L_i = 0; only `bent` ones count in U_loc. */
  readonly kind: LastNeuron['kind'];
  readonly P: number;
  /** How far its value moves in the ball at most; r for a coordinate, where nothing uses it. */
  readonly U: number;
  /** L_i, `[d]`: its gradient where it is affine, else 0. */
  readonly L: Float64Array;
}

/**
 * Why a neuron has the S it has: nothing moves it (the guard), its slope is 1, U_raw is too small for a change of sign, or
 * none of these.
 */
export type Verdict = 'constant' | 'passing' | 'on' | 'off' | 'undecided';

/** The pieces of Algorithm 1 for one neuron, each as the recursion has it in f64. */
export interface WorkedNeuron {
  readonly bias: number;
  /** s of σ(z) = max(z, s z): 0 for ReLU. */
  readonly slope: number;
  /** In order; as many as the layer has. */
  readonly inputs: readonly WorkedInput[];
  /** Pre-activation at the centre, b + Σ W_ji h_i. */
  readonly A: number;
  /** `[d]`: Σ W_ji L_i over the affine inputs. */
  readonly L: Float64Array;
  /** ‖L‖₂ */
  readonly norm: number;
  /** U_loc = Σ |W_ji| U_i over the bent inputs. */
  readonly local: number;
  /** What rounding may have changed in A, and is part of U_raw unless the neuron is constant. */
  readonly slack: number;
  /** U_raw = r‖L‖₂ + U_loc + slack; 0 where the neuron is constant. */
  readonly rawU: number;
  readonly verdict: Verdict;
  readonly P: number;
  readonly S: number;
  readonly U: number;
  /** σ(A), what it passes on at the centre. */
  readonly value: number;
  readonly kind: LastNeuron['kind'];
  /** `[d]`: the gradient that it passes on where it is affine; 0 otherwise. */
  readonly passedL: Float64Array;
}

/** The network up to hidden layer k: the numbers of its last layer are what the recursion still holds after a run. */
const upTo = (net: Model, k: number): Model =>
  createModel(
    net.layers.slice(0, k + 2),
    net.hidden.slice(0, k + 1).map(({ slopes }) => slopes),
  );

/** A recursion that has just passed hidden layer k, and what it found there. */
interface Passed {
  readonly recursion: Recursion;
  readonly found: NeuronBounds;
  /** Flat index of the first neuron of the layer. */
  readonly first: number;
}

/**
 * Algorithm 1 in the closed ball of radius r around x (`[d]`), worked out for neuron `neuron` of hidden layer `layer` (both
 * from 0): what the layer before passes on, and every piece of the recursion, as `Recursion` explains them. It runs that
 * same recursion, so the numbers are those of `algorithmOne`, bit for bit. Throws `InputError` for a centre or radius that
 * cannot be used, and where a number leaves the range of f64.
 */
export function workedNeuron(
  net: Model,
  x: ArrayLike<number>,
  r: number,
  { layer, neuron }: { readonly layer: number; readonly neuron: number },
  variant: Variant = 'guarded',
): WorkedNeuron {
  checkCentre(net, x);
  checkRadius(r);
  if (!(neuron >= 0 && neuron < (net.widths[layer] ?? 0)))
    throw new RangeError(`layer ${layer} has no neuron ${neuron}`);
  const pass = (k: number): Passed => {
    const part = upTo(net, k);
    const recursion = new Recursion(part);
    const found = neuronBounds(part.neurons);
    recursion.run(x, 0, r, variant, found, 0);
    return { recursion, found, first: part.offsets[k] };
  };
  const { weights, biases, slopes, inputs } = net.hidden[layer];
  const weightOf = (i: number) => weights[neuron * inputs + i];
  const before = layer > 0 ? pass(layer - 1) : null;
  const { recursion, found, first } = pass(layer);
  const last = recursion.lastNeuron(neuron);
  const at = first + neuron;
  const [A, rawU, S] = [found.A[at], found.rawU[at], found.S[at]];
  const slope = slopes[neuron];
  return {
    bias: biases[neuron],
    slope,
    inputs: Array.from({ length: inputs }, (_, i) =>
      before ? passedOn(before, i, weightOf(i)) : coordinate(x, r, i, weightOf(i)),
    ),
    A,
    L: last.L,
    norm: last.norm,
    local: last.local,
    slack: recursion.slack[at],
    rawU,
    verdict: verdictOf(A, rawU, S, slope),
    P: found.P[at],
    S,
    U: found.U[at],
    value: last.value,
    kind: last.kind,
    passedL: passedGradient(last),
  };
}

const passedGradient = ({ kind, L, scale }: LastNeuron): Float64Array =>
  L.map((v) => (kind === 'affine' ? scale * v : 0));

/** Neuron i of the layer that was passed, as an input of the next. */
function passedOn({ recursion, found, first }: Passed, i: number, weight: number): WorkedInput {
  const last = recursion.lastNeuron(i);
  return {
    weight,
    value: last.value,
    kind: last.kind,
    P: found.P[first + i],
    U: found.U[first + i],
    L: passedGradient(last),
  };
}

/** Coordinate i of the plane as an input of the first layer: P = 0, and L is a unit vector. */
const coordinate = (x: ArrayLike<number>, r: number, i: number, weight: number): WorkedInput => ({
  weight,
  value: x[i],
  kind: r > 0 ? 'affine' : 'constant',
  P: 0,
  U: r,
  L: Float64Array.from({ length: x.length }, (_, t) => (t === i ? 1 : 0)),
});

function verdictOf(A: number, rawU: number, S: number, slope: number): Verdict {
  // What something moves has a U_raw above 0.
  if (rawU === 0) return 'constant';
  if (slope === 1) return 'passing';
  if (S === 1) return 'undecided';
  return A < 0 ? 'off' : 'on';
}
