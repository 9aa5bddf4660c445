import type { Model } from '../../model/model.ts';
import { finish, ROUNDS_PER_STEP, type Steps } from '../../steps.ts';

/** Faces as loops of half-edges: what `dualOrder` needs of a mesh. */
interface Loops {
  readonly faceCount: number;
  readonly halfEdgeCount: number;
  readonly first: ArrayLike<number>;
  readonly next: Int32Array;
  readonly twin: Int32Array;
  readonly line: Int32Array;
}

const NONE = new Uint8Array(0);

/** `[N]`: hidden layer (from 0) of every neuron. */
export function layerOfNeurons(net: Model): Int32Array {
  const offsets = net.offsets;
  const layerOf = new Int32Array(offsets[offsets.length - 1]);
  for (let l = 0; l + 1 < offsets.length; l++) layerOf.fill(l, offsets[l], offsets[l + 1]);
  return layerOf;
}

/**
 * An order of the faces of a mesh in which consecutive ones differ in few activation bits, and above all in few bits of
 * low layers, because those are expensive to follow: a depth-first walk of the dual graph that crosses creases of the
 * highest layer as long as there are any. If the faces are not connected, the walk starts again.
 *
 * @param own `[faces]` 0 for faces that are left out; faces beyond its end are not. All are taken by default
 * @returns the faces that are not left out, in order
 */
export const dualOrder = (
  loops: Loops,
  layerOf: Int32Array,
  layers: number,
  own: Uint8Array = NONE,
): Int32Array => finish(dualOrderInSteps(loops, layerOf, layers, own));

/** `dualOrder` with pauses. */
export function* dualOrderInSteps(
  loops: Loops,
  layerOf: Int32Array,
  layers: number,
  own: Uint8Array = NONE,
): Steps<Int32Array> {
  const { faceCount, halfEdgeCount, first, next, twin, line } = loops;
  const faceOf = new Int32Array(halfEdgeCount);
  for (let f = 0; f < faceCount; f++) {
    if (f % ROUNDS_PER_STEP === 0) yield;
    const start = first[f];
    let h = start;
    do {
      faceOf[h] = f;
      h = next[h];
    } while (h !== start);
  }
  const order = new Int32Array(faceCount);
  const seen = new Uint8Array(faceCount);
  for (let f = 0; f < own.length; f++) seen[f] = 1 - own[f];
  // One stack per layer, as linked lists of half-edges that lead to a face not seen yet.
  const top = new Int32Array(layers).fill(-1);
  const below = new Int32Array(halfEdgeCount);
  let start = 0;
  let face = -1;
  let count = 0;
  for (;;) {
    if (count % ROUNDS_PER_STEP === 0) yield;
    if (face < 0) {
      while (start < faceCount && seen[start] === 1) start++;
      if (start === faceCount) break;
      face = start;
    }
    seen[face] = 1;
    order[count++] = face;
    const begin = first[face];
    let h = begin;
    do {
      const t = twin[h];
      if (t >= 0 && seen[faceOf[t]] === 0) {
        const layer = layerOf[line[h]];
        below[t] = top[layer];
        top[layer] = t;
      }
      h = next[h];
    } while (h !== begin);
    face = -1;
    for (let layer = layers - 1; layer >= 0 && face < 0; layer--)
      while (top[layer] >= 0 && face < 0) {
        const t = top[layer];
        top[layer] = below[t];
        if (seen[faceOf[t]] === 0) face = faceOf[t];
      }
  }
  return order.subarray(0, count);
}
