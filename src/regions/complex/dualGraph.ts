import type { RegionComplex } from './complex.ts';
import { ownersOf } from './neighbours.ts';

/** Which faces share an edge, in compressed rows: the neighbours of f are `neighbours[start[f] … start[f + 1] − 1]`. */
export interface DualGraph {
  /** `[faces + 1]` */
  readonly start: Uint32Array;
  /** Each neighbour once, counter-clockwise. */
  readonly neighbours: Uint32Array;
}

/**
 * The dual graph of a complex. The degree of f, the number of its neighbours, is start[f + 1] − start[f]. Where the
 * complex is complete the mean degree is below 4, as for lines in the plane: creases bend, but at a vertex inside at
 * least four edges meet, because a pre-activation that changes its sign along an edge does so on both sides of it;
 * with three or more at every vertex on the border, V − E + F = 1 gives 2 · (edges inside) < 4 F.
 */
export function dualGraph(complex: RegionComplex): DualGraph {
  const { faceCount, faceStart, twin } = complex;
  const owner = ownersOf(complex);
  const start = new Uint32Array(faceCount + 1);
  const neighbours = new Uint32Array(twin.length);
  /**
   * The last face that listed each face: creases that end in a common side divide it, and would list the neighbour
   * twice.
   */
  const seenBy = new Int32Array(faceCount).fill(-1);
  let count = 0;
  for (let face = 0; face < faceCount; face++) {
    start[face] = count;
    for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
      if (twin[h] < 0) continue;
      const other = owner[twin[h]];
      if (seenBy[other] === face) continue;
      seenBy[other] = face;
      neighbours[count++] = other;
    }
  }
  start[faceCount] = count;
  return { start, neighbours: neighbours.slice(0, count) };
}
