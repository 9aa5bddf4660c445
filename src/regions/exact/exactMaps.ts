import type { Model } from '../../model/model.ts';
import { BORDER } from '../complex/complex.ts';
import { dyadics } from './dyadic.ts';
import { ExactRows } from './exactRows.ts';

/** a·x + b·y + c, up to a positive factor that is the same for all maps of a layer. */
export interface ExactLine {
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
}

/** Maps cached at a time. */
const REMEMBERED = 8192;

/**
 * Pre-activations and outputs as exact affine functions of the plane, cached. Lines have the same ids as in the mesh:
 * flat index of a neuron, or border code; outputs are numbered after the neurons.
 */
export class ExactMaps {
  private readonly rows: ExactRows;
  private readonly border: ArrayLike<number>;
  /** The sides of the domain, created on first use. */
  private sides: readonly ExactLine[] | null = null;
  private readonly remembered = new Map<string, ExactLine>();

  /** @param border corners of the domain, counter-clockwise */
  constructor(net: Model, border: ArrayLike<number>) {
    this.rows = new ExactRows(net);
    this.border = border;
  }

  /** The map of line `id` where the pattern from word `at` of `patterns` holds; bits of its own and later layers do not count. */
  line(id: number, patterns: Uint32Array, at: number): ExactLine {
    if (id <= BORDER) {
      this.sides ??= sidesOf(this.border);
      return this.sides[BORDER - id];
    }
    const { rows, remembered } = this;
    const { offsets } = rows;
    let layer = 0;
    while (layer + 1 < offsets.length && id >= offsets[layer + 1]) layer++;
    const key = `${id}${rows.key(layer, patterns, at)}`;
    let line = remembered.get(key);
    if (line === undefined) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      const { gradient, offset } = rows.row(layer, id - offsets[layer], patterns, at);
      line = { a: gradient[0], b: gradient[1], c: offset };
      remembered.set(key, line);
    }
    return line;
  }
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
