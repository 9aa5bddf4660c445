import { type Network, neuronOffsets } from '../network/network.ts';
import type { Box } from './complex.ts';

/** Unit of the tolerance: far above the rounding of a few hundred additions, far below anything a picture shows. */
const RELATIVE_TOLERANCE = 2 ** -43;
/** Rank-one updates between two full rebuilds, so that rounding cannot add up. */
const UPDATES_PER_REBUILD = 64;

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
 * one cell of the complex of the layers before. Going
 * from cell to cell, a layer above the lowest one that changed is rebuilt, the one right above it is updated by one
 * rank-one term per neuron whose bit changed.
 */
export class CellMaps {
  private readonly layers: readonly LayerData[];
  private readonly pattern: Uint32Array;
  private readonly offsets: readonly number[];
  private readonly off: number;
  private readonly depth: number;
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
      updates: 0,
      reachX,
      reachY,
    }));
    this.buildFirst();
  }

  /** Maps of layer `depth` on the cell whose bits stand in `patterns` from `start` on. */
  moveTo(patterns: Uint32Array, start: number): Maps {
    let rebuildFrom = this.fresh ? 1 : this.depth + 1;
    for (let layer = 0; layer < this.depth && layer + 1 < rebuildFrom; layer++) {
      const changed = this.update(layer, patterns, start);
      if (changed) rebuildFrom = layer + 2;
    }
    this.pattern.set(patterns.subarray(start, start + this.pattern.length));
    for (let layer = rebuildFrom; layer <= this.depth; layer++) this.rebuild(layer);
    this.fresh = false;
    return this.layers[this.depth];
  }

  /** Applies the changed bits of `layer` to the maps of the layer above; true when there were any. */
  private update(layer: number, patterns: Uint32Array, start: number): boolean {
    const above = this.layers[layer + 1];
    const from = this.offsets[layer];
    const to = this.offsets[layer + 1];
    let changed = false;
    let rebuild = false;
    for (let word = from >> 5; word <= (to - 1) >> 5; word++) {
      let difference = this.pattern[word] ^ patterns[start + word];
      while (difference !== 0) {
        const bit = 31 - Math.clz32(difference);
        difference &= ~(1 << bit);
        const neuron = 32 * word + bit;
        if (neuron < from || neuron >= to) continue;
        changed = true;
        if (rebuild) continue;
        if (++above.updates > UPDATES_PER_REBUILD) {
          rebuild = true;
          continue;
        }
        const on = (patterns[start + word] >>> bit) & 1;
        this.addColumn(layer + 1, neuron - from, on ? 1 - this.off : this.off - 1);
      }
    }
    if (rebuild) {
      this.pattern.set(patterns.subarray(start, start + this.pattern.length));
      this.rebuild(layer + 1);
    }
    return changed;
  }

  private addColumn(layer: number, i: number, factor: number): void {
    const { columns, outputs, gx, gy, c } = this.layers[layer];
    const below = this.layers[layer - 1];
    const x = factor * below.gx[i];
    const y = factor * below.gy[i];
    const k = factor * below.c[i];
    const base = i * outputs;
    for (let j = 0; j < outputs; j++) {
      const w = columns[base + j];
      gx[j] += w * x;
      gy[j] += w * y;
      c[j] += w * k;
    }
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
  updates: number;
}

function transpose(weights: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < columns; k++) result[k * rows + r] = weights[r * columns + k];
  return result;
}
