import type { Layer, Model } from '../../model/model.ts';
import { type Dyadics, dyadics } from './dyadic.ts';

/** (gradient · x + offset) · 2^exponent; the exponent is the same for all neurons of a layer. */
export interface ExactRow {
  /** `[inputs]` */
  readonly gradient: readonly bigint[];
  readonly offset: bigint;
  readonly exponent: number;
}

interface ExactLayer {
  readonly weights: Dyadics;
  readonly biases: Dyadics;
  /** The slopes, by which neurons that are off are multiplied; those that are on, by `on`, over the same power of two. */
  readonly off: Dyadics;
  readonly on: bigint;
}

/** Integers below this in size are 64-bit numbers, and so are their sums and products below it. */
const SAFE = 2 ** 53;
/**
 * Pre-activations and outputs as exact affine functions of the input, in any dimension: sums of products of weights
 * along an activation pattern, taken backwards from one neuron to the input, in integers over a common power of two.
 */
export class ExactRows {
  readonly offsets: readonly number[];
  private readonly layers: readonly Layer[];
  /** Weights and biases by layer, created on first use: most networks never need them. */
  private readonly exactLayers: ExactLayer[] = [];

  constructor(net: Model) {
    this.offsets = net.offsets;
    this.layers = net.layers;
  }

  /** A key of the bits that the maps of a layer depend on: those of the layers before, from word `at` of `patterns`. */
  key(layer: number, patterns: Uint32Array, at: number): string {
    const bits = this.offsets[layer];
    let key = '';
    for (let w = 0; 32 * w < bits; w++) {
      const last = bits - 32 * w;
      key += `,${last < 32 ? patterns[at + w] & ((1 << last) - 1) : patterns[at + w]}`;
    }
    return key;
  }

  /** The map of neuron j of a layer, which may be that of the outputs; bits of its own and later layers do not count. */
  row(layer: number, j: number, patterns: Uint32Array, at: number): ExactRow {
    const { offsets } = this;
    const { weights, biases } = this.exactLayer(layer);
    const inputs = weights.mantissas.length / biases.mantissas.length;
    let row: bigint[] | Float64Array =
      weights.largest < SAFE
        ? weights.numbers.slice(j * inputs, (j + 1) * inputs)
        : weights.mantissas.slice(j * inputs, (j + 1) * inputs);
    let exponent = weights.exponent;
    let c = biases.mantissas[j];
    let cExponent = biases.exponent;
    for (let m = layer - 1; m >= 0; m--) {
      const lower = this.exactLayer(m);
      const bit = (i: number) => {
        const b = offsets[m] + i;
        return (patterns[at + (b >>> 5)] >>> (b & 31)) & 1;
      };
      const next = compose(row, lower, bit);
      row = next.row;
      exponent += lower.off.exponent;
      const addedExponent = exponent + lower.biases.exponent;
      const common = Math.min(cExponent, addedExponent);
      c = (c << BigInt(cExponent - common)) + (next.added << BigInt(addedExponent - common));
      cExponent = common;
      exponent += lower.weights.exponent;
    }
    const common = Math.min(exponent, cExponent);
    const up = BigInt(exponent - common);
    return {
      gradient: [...row].map((v: number | bigint) => BigInt(v) << up),
      offset: c << BigInt(cExponent - common),
      exponent: common,
    };
  }

  private exactLayer(l: number): ExactLayer {
    this.exactLayers[l] ??= exactLayer(this.layers[l]);
    return this.exactLayers[l];
  }
}

function exactLayer({ weights, biases, slopes }: Layer): ExactLayer {
  // No slope is beyond ±1, so the exponent is not above 0.
  const off = dyadics(slopes);
  const on = 1n << BigInt(-off.exponent);
  return { weights: dyadics(weights), biases: dyadics(biases), off, on };
}

/**
 * A row of weights on the neurons of a layer, propagated to the layer below: the row there, and the sum of their
 * biases. In 64-bit numbers as long as no sum can reach 2^53, then in integers.
 */
function compose(
  row: bigint[] | Float64Array,
  { weights, biases, on, off }: ExactLayer,
  bit: (i: number) => number,
): { row: bigint[] | Float64Array; added: bigint } {
  const n = weights.mantissas.length / biases.mantissas.length;
  if (row instanceof Float64Array) {
    const whole = Number(on);
    const taken = row.map((v, i) => (v === 0 ? 0 : v * (bit(i) ? whole : off.numbers[i])));
    const size = taken.reduce((sum, v) => sum + Math.abs(v), 0);
    // Half, because the test itself is rounded. The factors alone may be out of range: then the size is, too.
    if (size < SAFE / 2 && size * Math.max(weights.largest, biases.largest) < SAFE / 2) {
      const to = new Float64Array(n);
      let added = 0;
      for (let i = 0; i < taken.length; i++) {
        const v = taken[i];
        if (v === 0) continue;
        added += v * biases.numbers[i];
        for (let k = 0; k < n; k++) to[k] += v * weights.numbers[i * n + k];
      }
      return { row: to, added: BigInt(added) };
    }
  }
  const to: bigint[] = new Array(n).fill(0n);
  let added = 0n;
  for (let i = 0; i < row.length; i++) {
    const v = BigInt(row[i]) * (bit(i) ? on : off.mantissas[i]);
    if (v === 0n) continue;
    added += v * biases.mantissas[i];
    for (let k = 0; k < n; k++) to[k] += v * weights.mantissas[i * n + k];
  }
  return { row: to, added };
}
