import type { Model } from '../../../src/model/model.ts';

/** A network as loaded by a library. */
export interface RivalNetwork {
  /** Outputs, `[count × outputs]`, of the points `[count × d]`; including the transfer to the library and back. */
  forward(points: Float32Array, count: number): Promise<ArrayLike<number>>;
  dispose(): Promise<void>;
}

/** A library that runs fully connected networks. */
export interface Rival {
  readonly name: string;
  load(net: Model): Promise<RivalNetwork>;
}

/**
 * Whole batches of hidden activations stay in a library's memory: large ones are processed in parts of this many
 * points.
 */
const LARGEST_PART = 2 ** 16;

/** Calls `part` for every group of points, and joins the results. */
export async function inParts(
  points: Float32Array,
  count: number,
  outputs: number,
  part: (points: Float32Array, count: number) => Promise<ArrayLike<number>>,
): Promise<ArrayLike<number>> {
  if (count <= LARGEST_PART) return part(points, count);
  const d = points.length / count;
  const results = new Float32Array(count * outputs);
  for (let from = 0; from < count; from += LARGEST_PART) {
    const to = Math.min(count, from + LARGEST_PART);
    results.set(await part(points.subarray(from * d, to * d), to - from), from * outputs);
  }
  return results;
}
