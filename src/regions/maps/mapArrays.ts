import type { Model } from '../../model/model.ts';
import { type Arena, padded, returnArena } from '../simd/arena.ts';

const NO_SIDES = new Int32Array(0);

/**
 * The arrays of `LayerMaps` and the operations on whole rows: in an arena by its kernels, without one by plain loops.
 */
export class MapArrays {
  /** `[layers][width]`: the maps a·x + b·y + c. */
  readonly a: readonly Float64Array[];
  readonly b: readonly Float64Array[];
  readonly c: readonly Float64Array[];
  /** Weights by columns: from neuron i to neuron j is `columns[l][i * strides[l] + j]`. */
  readonly columns: readonly Float64Array[];
  readonly strides: readonly number[];
  /** What `combine` works on. */
  readonly product: Float64Array;
  readonly factors: Float64Array;
  readonly rows: Int32Array;
  private readonly widths: readonly number[];
  private readonly arena: Arena | null;
  private released = false;
  /** In the arena, a copy of the bounds `nearOf`. */
  private readonly near: Float64Array;
  private nearOf: Float64Array | null = null;
  private readonly sides: Int32Array;

  constructor({ layers }: Model, arena: Arena | null) {
    const floats = (n: number) => (arena === null ? new Float64Array(n) : arena.floats(n));
    this.arena = arena;
    this.widths = layers.map((layer) => layer.outputs);
    this.strides = this.widths.map((n) => (arena === null ? n : padded(n)));
    this.columns = layers.map(({ inputs, outputs, weights }, l) => {
      const stride = this.strides[l];
      const columns = floats(inputs * stride);
      for (let j = 0; j < outputs; j++)
        for (let i = 0; i < inputs; i++) columns[i * stride + j] = weights[j * inputs + i];
      return columns;
    });
    this.a = this.widths.map((n) => floats(n));
    this.b = this.widths.map((n) => floats(n));
    this.c = this.widths.map((n) => floats(n));
    const widest = Math.max(...this.widths);
    this.product = floats(widest);
    this.factors = floats(widest + 8);
    this.near = floats(widest);
    this.rows = arena === null ? new Int32Array(widest + 8) : arena.ints(widest + 8);
    this.sides = arena === null ? NO_SIDES : arena.ints(padded(widest) / 16);
  }

  /** Adds the column of numbers from `at` of `from` on, times da, db and dc, to the maps of a layer. */
  addColumn(
    layer: number,
    from: Float64Array,
    at: number,
    da: number,
    db: number,
    dc: number,
  ): void {
    const n = this.widths[layer];
    const a = this.a[layer];
    const b = this.b[layer];
    const c = this.c[layer];
    if (this.arena !== null) {
      const column = from.byteOffset + 8 * at;
      const { addColumn } = this.arena.kernels;
      addColumn(column, 8 * (n + (n & 1)), a.byteOffset, b.byteOffset, c.byteOffset, da, db, dc);
      return;
    }
    for (let j = 0; j < n; j++) {
      const w = from[at + j];
      a[j] += w * da;
      b[j] += w * db;
      c[j] += w * dc;
    }
  }

  /** `product` = the first `terms` of `factors` times the rows of `from` at `rows`. */
  combine(n: number, from: Float64Array, terms: number): void {
    const { product, rows, factors, arena } = this;
    if (arena === null) {
      combine(product, n, from, rows, factors, terms);
      return;
    }
    const bytes = 8 * Math.ceil(n / 8) * 8;
    arena.kernels.combine(
      product.byteOffset,
      bytes,
      from.byteOffset,
      rows.byteOffset,
      factors.byteOffset,
      terms,
    );
  }

  /**
   * Whether the neurons of a layer are certainly positive or negative throughout a box: two words for every 32 neurons,
   * bits of those that are positive, and of those that are neither that nor negative. Bits past the last neuron mean
   * nothing. Null where plain loops are to find it.
   *
   * @param bounds of the maps' rounding, by neuron
   * @param halfX half the width of the box about (x, y)
   */
  sidesOf(
    layer: number,
    bounds: Float64Array,
    x: number,
    y: number,
    halfX: number,
    halfY: number,
  ): Int32Array | null {
    const { arena, near, sides } = this;
    if (arena === null) return null;
    if (bounds !== this.nearOf) {
      near.set(bounds);
      this.nearOf = bounds;
    }
    arena.kernels.sides(
      8 * padded(this.widths[layer]),
      this.a[layer].byteOffset,
      this.b[layer].byteOffset,
      this.c[layer].byteOffset,
      near.byteOffset,
      sides.byteOffset,
      x,
      y,
      halfX,
      halfY,
    );
    return sides;
  }

  /** Gives the arena back; the arrays must not be used any more. */
  release(): void {
    if (this.arena === null || this.released) return;
    this.released = true;
    returnArena(this.arena);
  }
}

/** `to` = sum of `factors[k]` times the row of `from` at `rows[k]`; eight rows at a time, to touch `to` less. */
function combine(
  to: Float64Array,
  n: number,
  from: Float64Array,
  rows: Int32Array,
  factors: Float64Array,
  terms: number,
): void {
  for (let t = 0; t < n; t++) to[t] = 0;
  for (let k = terms; (k & 7) !== 0; k++) {
    factors[k] = 0;
    rows[k] = 0;
  }
  for (let k = 0; k < terms; k += 8) {
    const f0 = factors[k];
    const f1 = factors[k + 1];
    const f2 = factors[k + 2];
    const f3 = factors[k + 3];
    const f4 = factors[k + 4];
    const f5 = factors[k + 5];
    const f6 = factors[k + 6];
    const f7 = factors[k + 7];
    const r0 = rows[k];
    const r1 = rows[k + 1];
    const r2 = rows[k + 2];
    const r3 = rows[k + 3];
    const r4 = rows[k + 4];
    const r5 = rows[k + 5];
    const r6 = rows[k + 6];
    const r7 = rows[k + 7];
    for (let t = 0; t < n; t++)
      to[t] +=
        f0 * from[r0 + t] +
        f1 * from[r1 + t] +
        (f2 * from[r2 + t] + f3 * from[r3 + t]) +
        (f4 * from[r4 + t] + f5 * from[r5 + t] + (f6 * from[r6 + t] + f7 * from[r7 + t]));
  }
}
