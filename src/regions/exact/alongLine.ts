import { InputError } from '../../errors.ts';
import type { Layer } from '../../model/model.ts';
import { type Dyadics, dyadics } from './dyadic.ts';

/** Neurons as exact affine functions of the parameter t of a line: neuron j is slope[j] · t + start[j]. */
export interface Affine {
  readonly slope: readonly bigint[];
  readonly start: readonly bigint[];
}

/** A layer in integers, scaled by powers of two so that sums need no common exponent any more. */
interface ExactLayer {
  readonly inputs: number;
  readonly weights: readonly bigint[];
  readonly biases: readonly bigint[];
  /** Exponent of the pre-activations. */
  readonly exponent: number;
  readonly gains: Gains;
}

/** What the activation of a layer multiplies by, over one power of two. */
export interface Gains {
  /** Where a neuron is on. */
  readonly on: bigint;
  /** `[outputs]`: its slope, where it is off. */
  readonly off: readonly bigint[];
  readonly exponent: number;
  /** `[outputs]`: whether the neuron has a crease, which one with slope 1 has not. */
  readonly creased: readonly boolean[];
}

/** The layer for inputs that carry 2^`exponent`. */
export function exactLayer(layer: Layer, exponent: number): ExactLayer {
  const { inputs, weights, biases, slopes } = layer;
  const W = exactly(weights);
  const b = exactly(biases);
  const products = W.exponent + exponent;
  const common = Math.min(products, b.exponent);
  return {
    inputs,
    weights: W.mantissas.map((w) => w << BigInt(products - common)),
    biases: b.mantissas.map((v) => v << BigInt(b.exponent - common)),
    exponent: common,
    gains: gainsOf(slopes),
  };
}

function gainsOf(slopes: Float64Array): Gains {
  // No slope is beyond ±1, so the exponent is not above 0.
  const { mantissas: off, exponent } = exactly(slopes);
  const creased = Array.from(slopes, (s) => s !== 1);
  return { on: 1n << BigInt(-exponent), off, exponent, creased };
}

/** Pre-activations of the layer. */
export function throughLayer({ inputs, weights, biases }: ExactLayer, piece: Affine): Affine {
  const slope = biases.map(() => 0n);
  const start = [...biases];
  for (let i = 0; i < inputs; i++) {
    const s = piece.slope[i];
    const c = piece.start[i];
    // Most neurons are off on most pieces.
    if (s === 0n && c === 0n) continue;
    for (let j = 0; j < biases.length; j++) {
      const w = weights[j * inputs + i];
      if (w === 0n) continue;
      slope[j] += w * s;
      start[j] += w * c;
    }
  }
  return { slope, start };
}

/** The numbers over one power of two; throws `InputError` for one that is not finite. */
export function exactly(values: ArrayLike<number>): Dyadics {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new InputError('exact arithmetic needs numbers that are finite');
  return dyadics(values);
}
