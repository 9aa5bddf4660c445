import { type Layer, type Network, neuronOffsets } from '../../network/network.ts';
import { BORDER, type Box } from '../complex.ts';
import { type Dyadics, dyadic, dyadics } from './dyadic.ts';

/** a·x + b·y + c, up to a positive factor that is the same for all maps of a layer. */
export interface ExactLine {
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
}

/** Maps remembered at a time. */
const REMEMBERED = 8192;

/**
 * Pre-activations and outputs as exact affine functions of the plane: sums of products of weights along an activation
 * pattern, taken backwards from one neuron to the plane, in integers over a common power of two. Lines of a mesh have
 * the names they have there: flat index of a neuron, or border code; outputs are numbered on from the neurons.
 */
export class ExactMaps {
  private readonly offsets: readonly number[];
  private readonly widths: readonly number[];
  private readonly layers: readonly Layer[];
  /** Weights and biases by layer, made when first asked for: most networks never do. */
  private readonly exactLayers: { weights: Dyadics; biases: Dyadics }[] = [];
  private readonly slope: { mantissa: bigint; exponent: number };
  private readonly border: readonly ExactLine[];
  private readonly remembered = new Map<string, ExactLine>();

  constructor(net: Network, box: Box) {
    const { layers } = net;
    this.offsets = neuronOffsets(net);
    this.widths = layers.map((layer) => layer.outputs);
    this.layers = layers;
    this.slope = dyadic(net.negativeSlope);
    this.border = [
      side(box.yMin, false),
      side(box.xMax, true),
      side(box.yMax, false),
      side(box.xMin, true),
    ];
  }

  /** The map of line `id` where the pattern from word `at` of `patterns` holds; bits of its own and later layers do not count. */
  line(id: number, patterns: Uint32Array, at: number): ExactLine {
    if (id <= BORDER) return this.border[BORDER - id];
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
    const { slope, offsets, widths } = this;
    const { weights, biases } = this.exactLayer(layer);
    const inputs = layer === 0 ? 2 : widths[layer - 1];
    let row = weights.mantissas.slice(j * inputs, (j + 1) * inputs);
    let exponent = weights.exponent;
    let c = biases.mantissas[j];
    let cExponent = biases.exponent;
    const leak = slope.mantissa;
    // With a slope m · 2^e, neurons that are off take the factor m, those that are on 2^−e, over 2^e.
    const shift = leak === 0n ? 0n : BigInt(Math.max(0, -slope.exponent));
    const leakMantissa = leak << BigInt(Math.max(0, slope.exponent));
    for (let m = layer - 1; m >= 0; m--) {
      const n = m === 0 ? 2 : widths[m - 1];
      const lower = this.exactLayer(m);
      const below = lower.weights.mantissas;
      const bias = lower.biases.mantissas;
      const to: bigint[] = new Array(n).fill(0n);
      let added = 0n;
      for (let i = 0; i < row.length; i++) {
        const bit = offsets[m] + i;
        const on = (patterns[at + (bit >>> 5)] >>> (bit & 31)) & 1;
        if (row[i] === 0n || (!on && leak === 0n)) continue;
        const v = on ? row[i] << shift : row[i] * leakMantissa;
        added += v * bias[i];
        for (let k = 0; k < n; k++) to[k] += v * below[i * n + k];
      }
      exponent -= Number(shift);
      const addedExponent = exponent + lower.biases.exponent;
      const common = Math.min(cExponent, addedExponent);
      c = (c << BigInt(cExponent - common)) + (added << BigInt(addedExponent - common));
      cExponent = common;
      row = to;
      exponent += lower.weights.exponent;
    }
    const common = Math.min(exponent, cExponent);
    const up = BigInt(exponent - common);
    return { a: row[0] << up, b: row[1] << up, c: c << BigInt(cExponent - common) };
  }

  private exactLayer(l: number): { weights: Dyadics; biases: Dyadics } {
    this.exactLayers[l] ??= {
      weights: dyadics(this.layers[l].weights),
      biases: dyadics(this.layers[l].biases),
    };
    return this.exactLayers[l];
  }
}

/** The line x = value or y = value. */
function side(value: number, vertical: boolean): ExactLine {
  const { mantissa, exponent } = dyadic(value);
  const one = 1n << BigInt(Math.max(0, -exponent));
  const c = -(mantissa << BigInt(Math.max(0, exponent)));
  return vertical ? { a: one, b: 0n, c } : { a: 0n, b: one, c };
}
