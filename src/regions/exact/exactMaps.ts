import { type Layer, type Network, neuronOffsets } from '../../network/network.ts';
import { BORDER } from '../complex/complex.ts';
import { type Dyadics, dyadic, dyadics } from './dyadic.ts';

/** a·x + b·y + c, up to a positive factor that is the same for all maps of a layer. */
export interface ExactLine {
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
}

interface ExactLayer {
  readonly weights: Dyadics;
  readonly biases: Dyadics;
}

/** Integers below this in size are 64-bit numbers, and so are their sums and products below it. */
const SAFE = 2 ** 53;
/** Maps remembered at a time. */
const REMEMBERED = 8192;

/**
 * Pre-activations and outputs as exact affine functions of the plane: sums of products of weights along an activation
 * pattern, taken backwards from one neuron to the plane, in integers over a common power of two. Lines of a mesh have
 * the names they have there: flat index of a neuron, or border code; outputs are numbered on from the neurons.
 */
export class ExactMaps {
  private readonly offsets: readonly number[];
  private readonly layers: readonly Layer[];
  /** Weights and biases by layer, made when first asked for: most networks never do. */
  private readonly exactLayers: ExactLayer[] = [];
  private readonly slope: { mantissa: bigint; exponent: number };
  private readonly border: ArrayLike<number>;
  /** The sides of the domain, made when first asked for. */
  private sides: readonly ExactLine[] | null = null;
  private readonly remembered = new Map<string, ExactLine>();

  /** @param border corners of the domain, counter-clockwise */
  constructor(net: Network, border: ArrayLike<number>) {
    const { layers } = net;
    this.offsets = neuronOffsets(net);
    this.layers = layers;
    this.slope = dyadic(net.negativeSlope);
    this.border = border;
  }

  /** The map of line `id` where the pattern from word `at` of `patterns` holds; bits of its own and later layers do not count. */
  line(id: number, patterns: Uint32Array, at: number): ExactLine {
    if (id <= BORDER) {
      this.sides ??= sidesOf(this.border);
      return this.sides[BORDER - id];
    }
    const { offsets, remembered } = this;
    let layer = 0;
    while (layer + 1 < offsets.length && id >= offsets[layer + 1]) layer++;
    const bits = offsets[layer];
    let key = `${id}`;
    for (let w = 0; 32 * w < bits; w++) {
      const last = bits - 32 * w;
      key += `,${last < 32 ? patterns[at + w] & ((1 << last) - 1) : patterns[at + w]}`;
    }
    let line = remembered.get(key);
    if (line === undefined) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      line = this.compute(layer, id - offsets[layer], patterns, at);
      remembered.set(key, line);
    }
    return line;
  }

  private compute(layer: number, j: number, patterns: Uint32Array, at: number): ExactLine {
    const { slope, offsets } = this;
    const { weights, biases } = this.exactLayer(layer);
    const inputs = weights.mantissas.length / biases.mantissas.length;
    let row: bigint[] | Float64Array =
      weights.largest < SAFE
        ? weights.numbers.slice(j * inputs, (j + 1) * inputs)
        : weights.mantissas.slice(j * inputs, (j + 1) * inputs);
    let exponent = weights.exponent;
    let c = biases.mantissas[j];
    let cExponent = biases.exponent;
    // With a slope m · 2^e, neurons that are off take the factor m, those that are on 2^−e, over 2^e.
    const shift = slope.mantissa === 0n ? 0 : Math.max(0, -slope.exponent);
    const on = 1n << BigInt(shift);
    const off = slope.mantissa << BigInt(Math.max(0, slope.exponent));
    for (let m = layer - 1; m >= 0; m--) {
      const lower = this.exactLayer(m);
      const bit = (i: number) => {
        const b = offsets[m] + i;
        return (patterns[at + (b >>> 5)] >>> (b & 31)) & 1;
      };
      const next = compose(row, lower, bit, on, off);
      row = next.row;
      exponent -= shift;
      const addedExponent = exponent + lower.biases.exponent;
      const common = Math.min(cExponent, addedExponent);
      c = (c << BigInt(cExponent - common)) + (next.added << BigInt(addedExponent - common));
      cExponent = common;
      exponent += lower.weights.exponent;
    }
    const common = Math.min(exponent, cExponent);
    const up = BigInt(exponent - common);
    return {
      a: BigInt(row[0]) << up,
      b: BigInt(row[1]) << up,
      c: c << BigInt(cExponent - common),
    };
  }

  private exactLayer(l: number): ExactLayer {
    this.exactLayers[l] ??= {
      weights: dyadics(this.layers[l].weights),
      biases: dyadics(this.layers[l].biases),
    };
    return this.exactLayers[l];
  }
}

/**
 * A row of weights from the neurons of a layer, taken through them to what is below: the row there, and what their
 * biases add. In 64-bit numbers as long as no sum can reach 2^53, in integers from then on.
 */
function compose(
  row: bigint[] | Float64Array,
  { weights, biases }: ExactLayer,
  bit: (i: number) => number,
  on: bigint,
  off: bigint,
): { row: bigint[] | Float64Array; added: bigint } {
  const n = weights.mantissas.length / biases.mantissas.length;
  if (row instanceof Float64Array) {
    const factors = [Number(off), Number(on)];
    const taken = row.map((v, i) => (v === 0 ? 0 : v * factors[bit(i)]));
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
    const v = BigInt(row[i]) * (bit(i) ? on : off);
    if (v === 0n) continue;
    added += v * biases.mantissas[i];
    for (let k = 0; k < n; k++) to[k] += v * weights.mantissas[i * n + k];
  }
  return { row: to, added };
}

/** The lines along the sides of a polygon, positive inside: cross products of its corners. */
function sidesOf(border: ArrayLike<number>): ExactLine[] {
  const { mantissas, exponent } = dyadics(border);
  const up = BigInt(Math.max(0, exponent));
  const down = BigInt(Math.max(0, -exponent));
  return Array.from({ length: border.length / 2 }, (_, i) => {
    const p = 2 * i;
    const q = (p + 2) % border.length;
    const a = mantissas[p + 1] - mantissas[q + 1];
    const b = mantissas[q] - mantissas[p];
    const c = mantissas[p] * mantissas[q + 1] - mantissas[q] * mantissas[p + 1];
    return { a: a << down, b: b << down, c: c << up };
  });
}
