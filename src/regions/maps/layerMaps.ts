import type { Model } from '../../model/model.ts';
import type { Box } from '../complex/complex.ts';
import type { Arena } from '../simd/arena.ts';
import { layerOfNeurons } from './dualOrder.ts';
import { MapArrays } from './mapArrays.ts';
import { Rounding } from './rounding.ts';

/** Updates after which rounding errors are wiped out by recomputing the maps. */
const REFRESH_AFTER = 1024;
/**
 * The same, where their bound, in units of the magnitudes that enter a map, has grown to this, and to so many times
 * what it is after recomputing. In deep networks the magnitudes are far above the maps, and every bit counts: a larger
 * limit makes integers decide thousands of signs, a smaller one costs more than it saves.
 */
const REFRESH_ABOVE = 2 ** -42;
const REFRESH_GROWTH = 8;

/**
 * Pre-activations of the hidden layers, and the outputs as one more layer, as affine functions a·x + b·y + c of
 * the plane, for one activation pattern at a time. Going to another pattern changes them by one rank-one term per
 * changed bit: when neuron i of layer l switches, z^{l+1} changes by ± (column i of W^{l+1}) z_i, and later layers by
 * the propagated column; 3 · width multiply-adds for the next layer, against 3 · width² for recomputing it. `rounding`
 * bounds at any time how far the maps are from the true ones, on the box.
 */
export class LayerMaps {
  readonly a: readonly Float64Array[];
  readonly b: readonly Float64Array[];
  readonly c: readonly Float64Array[];
  readonly rounding: Rounding;
  /**
   * `[hidden layers][width]`: 1 where a neuron may cut something. One with slope 1 has no crease, and one without weights
   * and bias is zero throughout.
   */
  readonly creased: readonly Uint8Array[];
  /** `[N]` */
  private readonly slopes: Float64Array;
  private readonly widths: readonly number[];
  private readonly biases: readonly Float64Array[];
  private readonly arrays: MapArrays;
  private readonly offsets: readonly number[];
  private readonly layerOf: Int32Array;
  private readonly pattern: Uint32Array;
  /** Multiply-adds that take one column through layers 1 … l, half of the neurons being off. */
  private readonly work: readonly number[];
  /** What a changed bit adds to the current layer, per unit of the neuron's own map. */
  private readonly column: Float64Array;
  private updates = 0;

  /** @param arena where the arrays are allocated, so that its kernels can work on them; null for plain loops */
  constructor(net: Model, box: Box, arena: Arena | null = null) {
    const { layers } = net;
    this.arrays = new MapArrays(net, arena);
    this.a = this.arrays.a;
    this.b = this.arrays.b;
    this.c = this.arrays.c;
    this.rounding = new Rounding(net, box);
    this.creased = net.hidden.map(({ slopes }, l) =>
      Uint8Array.from(slopes, (s, j) => (s !== 1 && this.rounding.magnitude[l][j] !== 0 ? 1 : 0)),
    );
    this.slopes = net.slopes;
    this.widths = layers.map((layer) => layer.outputs);
    this.biases = layers.map((layer) => layer.biases);
    this.offsets = net.offsets;
    this.layerOf = layerOfNeurons(net);
    this.pattern = new Uint32Array(net.words);
    const work = [0];
    for (let l = 1; l < layers.length; l++)
      work.push(work[l - 1] + (this.widths[l - 1] * this.widths[l]) / 2);
    this.work = work;
    this.column = new Float64Array(Math.max(...this.widths));
  }

  /** Computes layers 0 … `top` again for the pattern that starts at word `at` of `patterns`. */
  start(top: number, patterns: Uint32Array, at: number): void {
    for (let w = 0; w < this.pattern.length; w++) this.pattern[w] = patterns[at + w];
    this.rebuild(0, top);
    this.updates = 0;
  }

  /**
   * Updates layers 0 … `top` from the present pattern to another; bits of layers from `top` on do not count. False when
   * nothing changed.
   */
  moveTo(top: number, patterns: Uint32Array, at: number): boolean {
    const { pattern, layerOf } = this;
    const bits = this.offsets[top];
    const words = (bits + 31) >>> 5;
    let lowest = top;
    let cost = 0;
    for (let w = 0; w < words; w++) {
      let changed = this.difference(w, bits, patterns, at);
      while (changed !== 0) {
        const layer = layerOf[32 * w + 31 - Math.clz32(changed & -changed)];
        changed &= changed - 1;
        if (layer < lowest) lowest = layer;
        cost += this.flipCost(layer, top);
      }
    }
    if (lowest === top) return false;
    const { relative, fresh } = this.rounding;
    const limit = Math.max(REFRESH_ABOVE, REFRESH_GROWTH * fresh[top]);
    if (this.updates > REFRESH_AFTER || relative[top] > limit) {
      this.start(top, patterns, at);
      return true;
    }
    if (cost > this.rebuildCost(lowest + 1, top)) {
      for (let w = 0; w < words; w++) pattern[w] = patterns[at + w];
      this.rebuild(lowest + 1, top);
      return true;
    }
    for (let w = 0; w < words; w++) {
      let changed = this.difference(w, bits, patterns, at);
      while (changed !== 0) {
        const bit = 31 - Math.clz32(changed & -changed);
        changed &= changed - 1;
        this.flip(32 * w + bit, top);
      }
    }
    return true;
  }

  /** Where word w of the present pattern and of another differ, within the first `bits` bits. */
  private difference(w: number, bits: number, patterns: Uint32Array, at: number): number {
    const changed = this.pattern[w] ^ patterns[at + w];
    const count = bits - 32 * w;
    return count < 32 ? changed & ((1 << count) - 1) : changed;
  }

  /** Switches one neuron of a layer below `top`, the other bits staying as they are. */
  private flip(neuron: number, top: number): void {
    const { pattern, offsets, arrays } = this;
    const { columns, strides } = arrays;
    const l = this.layerOf[neuron];
    const i = neuron - offsets[l];
    pattern[neuron >>> 5] ^= 1 << (neuron & 31);
    const slope = this.slopes[neuron];
    const step = (pattern[neuron >>> 5] >>> (neuron & 31)) & 1 ? 1 - slope : slope - 1;
    const da = step * this.a[l][i];
    const db = step * this.b[l][i];
    const dc = step * this.c[l][i];
    this.updates++;
    this.rounding.flipped(l, top);
    const n = this.widths[l + 1];
    const at = i * strides[l + 1];
    arrays.addColumn(l + 1, columns[l + 1], at, da, db, dc);
    if (l + 1 === top) return;
    const { column } = this;
    const { product, factors, rows } = arrays;
    for (let j = 0; j < n; j++) column[j] = columns[l + 1][at + j];
    for (let m = l + 1; m < top; m++) {
      const inputs = this.widths[m];
      const outputs = this.widths[m + 1];
      const stride = strides[m + 1];
      let terms = 0;
      for (let j = 0; j < inputs; j++) {
        const factor = this.gain(offsets[m] + j) * column[j];
        if (factor === 0) continue;
        factors[terms] = factor;
        rows[terms++] = j * stride;
      }
      arrays.combine(outputs, columns[m + 1], terms);
      for (let t = 0; t < outputs; t++) column[t] = product[t];
      arrays.addColumn(m + 1, product, 0, da, db, dc);
    }
  }

  /**
   * Whether the neurons of a layer are certainly positive or negative throughout a box; see `MapArrays.sidesOf`.
   *
   * @param halfX half the width of the box about (x, y)
   */
  sidesOf(layer: number, x: number, y: number, halfX: number, halfY: number): Int32Array | null {
    return this.arrays.sidesOf(layer, this.rounding.near(layer), x, y, halfX, halfY);
  }

  /** Gives the arena back; the maps must not be used any more. */
  release(): void {
    this.arrays.release();
  }

  /** Multiply-adds of `flip`. */
  private flipCost(layer: number, top: number): number {
    return 3 * this.widths[layer + 1] + this.work[top] - this.work[layer + 1];
  }

  /** Multiply-adds of `rebuild`. */
  private rebuildCost(from: number, top: number): number {
    return 3 * (this.work[top] - this.work[from - 1]);
  }

  private rebuild(from: number, top: number): void {
    const { arrays } = this;
    const { columns, strides } = arrays;
    for (let l = from; l <= top; l++) {
      this.rounding.rebuilt(l);
      this.a[l].fill(0);
      this.b[l].fill(0);
      this.c[l].set(this.biases[l]);
      if (l === 0) {
        arrays.addColumn(0, columns[0], 0, 1, 0, 0);
        arrays.addColumn(0, columns[0], strides[0], 0, 1, 0);
        continue;
      }
      const a = this.a[l - 1];
      const b = this.b[l - 1];
      const c = this.c[l - 1];
      for (let i = 0; i < this.widths[l - 1]; i++) {
        const gain = this.gain(this.offsets[l - 1] + i);
        if (gain !== 0)
          arrays.addColumn(l, columns[l], i * strides[l], gain * a[i], gain * b[i], gain * c[i]);
      }
    }
  }

  /** σ' of a neuron under the present pattern. */
  private gain(neuron: number): number {
    return (this.pattern[neuron >>> 5] >>> (neuron & 31)) & 1 ? 1 : this.slopes[neuron];
  }
}
