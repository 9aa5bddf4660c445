import { type Network, neuronOffsets } from '../network/network.ts';
import type { Box } from './complex.ts';

/** Unit of the tolerance: far above the rounding of a few hundred additions, far below anything a picture shows. */
const RELATIVE_TOLERANCE = 2 ** -43;
/** Rank-one updates between two full rebuilds: their rounding, 2⁻⁵³ each, adds up to at most 2⁻⁴⁴. */
const UPDATES_PER_REBUILD = 512;

/** z_j(x, y) = gx[j] · x + gy[j] · y + c[j] for the neurons of one layer. */
export interface Maps {
  readonly gx: Float64Array;
  readonly gy: Float64Array;
  readonly c: Float64Array;
  /** Pre-activations at or below this in absolute value count as zero. */
  readonly tolerance: Float64Array;
}

/**
 * The affine maps of the pre-activations of layers 0 … depth (the number of hidden layers stands for the outputs) on
 * one cell of the complex of the layers before. Going from cell to cell, they are updated by one rank-one term per
 * neuron whose bit changed, or rebuilt where that is cheaper or many updates have gone by.
 */
export class CellMaps {
  private readonly layers: readonly LayerData[];
  private readonly pattern: Uint32Array;
  private readonly offsets: readonly number[];
  private readonly off: number;
  private readonly depth: number;
  /** From more changed bits in a layer on, rebuilding all above it is cheaper than passing each change up. */
  private readonly manyFlips: readonly number[];
  /** Scratch of `pass`: where the columns of the active neurons start, and what they are multiplied by. */
  private readonly index: Int32Array;
  private readonly factor: Float64Array;
  private fresh = true;

  constructor(net: Network, depth: number, box: Box, words: number) {
    this.depth = depth;
    this.offsets = neuronOffsets(net);
    this.off = net.negativeSlope;
    this.pattern = new Uint32Array(words);
    const reachX = Math.max(Math.abs(box.xMin), Math.abs(box.xMax));
    const reachY = Math.max(Math.abs(box.yMin), Math.abs(box.yMax));
    this.layers = net.layers.slice(0, depth + 1).map(({ inputs, outputs, weights, biases }) => ({
      inputs,
      outputs,
      columns: transpose(weights, outputs, inputs),
      biases,
      gx: new Float64Array(outputs),
      gy: new Float64Array(outputs),
      c: new Float64Array(outputs),
      tolerance: new Float64Array(outputs),
      change: new Float64Array(outputs),
      updates: 0,
      reachX,
      reachY,
    }));
    const widest = Math.max(...this.layers.map((layer) => layer.inputs));
    this.index = new Int32Array(widest + 3);
    this.factor = new Float64Array(widest + 3);
    this.manyFlips = this.layers.slice(1).map((_, layer) => this.breakEven(layer));
    this.buildFirst();
  }

  /** Multiply-adds of rebuilding everything above `layer` over those of one flip in it; half the neurons are on. */
  private breakEven(layer: number): number {
    let rebuilding = 0;
    let flipping = 0;
    for (let m = layer + 1; m <= this.depth; m++) {
      const { inputs, outputs } = this.layers[m];
      rebuilding += 2 * inputs * outputs;
      flipping += 3 * outputs + (m > layer + 1 ? (inputs * outputs) / 2 : 0);
    }
    return rebuilding / flipping;
  }

  /** Maps of layer `depth` on the cell whose bits stand in `patterns` from `start` on. */
  moveTo(patterns: Uint32Array, start: number): Maps {
    const { depth } = this;
    if (this.fresh) {
      this.fresh = false;
      this.rebuildAbove(-1, patterns, start);
      return this.layers[depth];
    }
    for (let layer = 0; layer < depth; layer++) {
      const flips = this.flipsIn(layer, patterns, start);
      if (flips === 0) continue;
      const next = this.layers[layer + 1].updates + flips;
      const last = this.layers[depth].updates + flips;
      if (
        flips > this.manyFlips[layer] ||
        next > UPDATES_PER_REBUILD ||
        last > UPDATES_PER_REBUILD
      ) {
        this.rebuildAbove(layer, patterns, start);
        break;
      }
      this.applyFlips(layer, patterns, start);
    }
    return this.layers[depth];
  }

  /** Bits of word `word` that belong to `layer`. */
  private maskOf(layer: number, word: number): number {
    const from = this.offsets[layer] - 32 * word;
    const to = this.offsets[layer + 1] - 32 * word;
    const above = from <= 0 ? -1 : -1 << from;
    return to >= 32 ? above : above & ~(-1 << to);
  }

  private flipsIn(layer: number, patterns: Uint32Array, start: number): number {
    const lastWord = (this.offsets[layer + 1] - 1) >> 5;
    let flips = 0;
    for (let word = this.offsets[layer] >> 5; word <= lastWord; word++) {
      let difference = (this.pattern[word] ^ patterns[start + word]) & this.maskOf(layer, word);
      while (difference !== 0) {
        difference &= difference - 1;
        flips++;
      }
    }
    return flips;
  }

  private applyFlips(layer: number, patterns: Uint32Array, start: number): void {
    const lastWord = (this.offsets[layer + 1] - 1) >> 5;
    for (let word = this.offsets[layer] >> 5; word <= lastWord; word++) {
      let difference = (this.pattern[word] ^ patterns[start + word]) & this.maskOf(layer, word);
      while (difference !== 0) {
        const bit = 31 - Math.clz32(difference);
        difference ^= 1 << bit;
        const on = (patterns[start + word] >>> bit) & 1;
        this.flip(layer, 32 * word + bit - this.offsets[layer], on ? 1 - this.off : this.off - 1);
        this.pattern[word] ^= 1 << bit;
      }
    }
  }

  /**
   * Adds to every layer above what switching neuron i of `layer` changes: ±(1 − slope) z_i times column i of the next
   * weight matrix, and times what the layers in between make of that column.
   */
  private flip(layer: number, i: number, factor: number): void {
    const { gx, gy, c } = this.layers[layer];
    const x = factor * gx[i];
    const y = factor * gy[i];
    const k = factor * c[i];
    const next = this.layers[layer + 1];
    addMultiple(next, next.columns, i * next.outputs, x, y, k);
    next.updates++;
    let column = next.columns;
    let at = i * next.outputs;
    for (let m = layer + 2; m <= this.depth; m++) {
      const target = this.layers[m];
      this.pass(m, column, at, target.change);
      addMultiple(target, target.change, 0, x, y, k);
      target.updates++;
      column = target.change;
      at = 0;
    }
  }

  /** What layer m makes of a change `column` in the pre-activations of the layer below it. */
  private pass(m: number, column: Float64Array, at: number, result: Float64Array): void {
    const { inputs, outputs, columns } = this.layers[m];
    const { index, factor, off, pattern } = this;
    const from = this.offsets[m - 1];
    let count = 0;
    for (let i = 0; i < inputs; i++) {
      const bit = from + i;
      const on = (pattern[bit >> 5] >>> (bit & 31)) & 1;
      if (on === 0 && off === 0) continue;
      index[count] = i * outputs;
      factor[count++] = on ? column[at + i] : off * column[at + i];
    }
    // Four columns at a time: the result is loaded and stored a quarter as often.
    while (count & 3) {
      index[count] = 0;
      factor[count++] = 0;
    }
    result.fill(0);
    for (let n = 0; n < count; n += 4) {
      const i0 = index[n];
      const i1 = index[n + 1];
      const i2 = index[n + 2];
      const i3 = index[n + 3];
      const v0 = factor[n];
      const v1 = factor[n + 1];
      const v2 = factor[n + 2];
      const v3 = factor[n + 3];
      for (let j = 0; j < outputs; j++)
        result[j] +=
          v0 * columns[i0 + j] + v1 * columns[i1 + j] + v2 * columns[i2 + j] + v3 * columns[i3 + j];
    }
  }

  private rebuildAbove(layer: number, patterns: Uint32Array, start: number): void {
    for (let w = 0; w < this.pattern.length; w++) this.pattern[w] = patterns[start + w];
    for (let m = Math.max(1, layer + 1); m <= this.depth; m++) this.rebuild(m);
  }

  private buildFirst(): void {
    const first = this.layers[0];
    const { outputs, columns, biases, gx, gy, c, tolerance, reachX, reachY } = first;
    for (let j = 0; j < outputs; j++) {
      gx[j] = columns[j];
      gy[j] = columns[outputs + j];
      c[j] = biases[j];
      const size = Math.abs(gx[j]) * reachX + Math.abs(gy[j]) * reachY + Math.abs(c[j]);
      tolerance[j] = RELATIVE_TOLERANCE * size;
    }
  }

  private rebuild(layer: number): void {
    const { outputs, inputs, columns, biases, gx, gy, c, tolerance, reachX, reachY } =
      this.layers[layer];
    const below = this.layers[layer - 1];
    const from = this.offsets[layer - 1];
    gx.fill(0);
    gy.fill(0);
    c.set(biases);
    for (let j = 0; j < outputs; j++) tolerance[j] = RELATIVE_TOLERANCE * Math.abs(biases[j]);
    for (let i = 0; i < inputs; i++) {
      const bit = from + i;
      const on = (this.pattern[bit >> 5] >>> (bit & 31)) & 1;
      const factor = on ? 1 : this.off;
      if (factor === 0) continue;
      const x = factor * below.gx[i];
      const y = factor * below.gy[i];
      const k = factor * below.c[i];
      const m = RELATIVE_TOLERANCE * (Math.abs(x) * reachX + Math.abs(y) * reachY + Math.abs(k));
      const base = i * outputs;
      for (let j = 0; j < outputs; j++) {
        const w = columns[base + j];
        gx[j] += w * x;
        gy[j] += w * y;
        c[j] += w * k;
        tolerance[j] += Math.abs(w) * m;
      }
    }
    this.layers[layer].updates = 0;
  }
}

interface LayerData extends Maps {
  readonly inputs: number;
  readonly outputs: number;
  /** `[inputs × outputs]`: the weights that leave one input lie side by side. */
  readonly columns: Float64Array;
  readonly biases: Float64Array;
  readonly reachX: number;
  readonly reachY: number;
  /** Scratch for `flip`. */
  readonly change: Float64Array;
  updates: number;
}

function addMultiple(
  { gx, gy, c, outputs }: LayerData,
  column: Float64Array,
  at: number,
  x: number,
  y: number,
  k: number,
): void {
  for (let j = 0; j < outputs; j++) {
    const w = column[at + j];
    gx[j] += w * x;
    gy[j] += w * y;
    c[j] += w * k;
  }
}

function transpose(weights: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < columns; k++) result[k * rows + r] = weights[r * columns + k];
  return result;
}
