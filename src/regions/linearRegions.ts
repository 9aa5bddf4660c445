import type { Network } from '../network/network.ts';
import type { Box, RegionComplex } from './complex.ts';
import { faceOfHalfEdge } from './geometry.ts';
import { type OutputMaps, outputMaps } from './outputMaps.ts';
import { UnionFind } from './unionFind.ts';

export interface LinearRegions {
  readonly count: number;
  /** `[faces]`: linear regions are numbered from 0 in the order of their first face. */
  readonly label: Int32Array;
  /** `[halfEdges]`: 1 where the affine map changes across the edge (and on the border), 0 where both sides share it. */
  readonly changes: Uint8Array;
}

/** Whether two faces have the same affine map of all outputs, up to rounding anywhere in the box. */
export function sameMap(
  { outputs, maps, tolerance }: OutputMaps,
  f: number,
  g: number,
  box: Box,
): boolean {
  const reachX = Math.max(Math.abs(box.xMin), Math.abs(box.xMax));
  const reachY = Math.max(Math.abs(box.yMin), Math.abs(box.yMax));
  for (let o = 0; o < outputs; o++) {
    const a = f * outputs + o;
    const b = g * outputs + o;
    const difference =
      Math.abs(maps[3 * a] - maps[3 * b]) * reachX +
      Math.abs(maps[3 * a + 1] - maps[3 * b + 1]) * reachY +
      Math.abs(maps[3 * a + 2] - maps[3 * b + 2]);
    if (difference > tolerance[o]) return false;
  }
  return true;
}

/**
 * Linear regions in the sense of Hanin & Rolnick (2019): activation regions glued along the shared edges across which
 * the affine map of all outputs stays the same.
 *
 * @param maps `outputMaps(net, complex)`, where the caller has them already
 */
export function linearRegions(
  net: Network,
  complex: RegionComplex,
  maps: OutputMaps = outputMaps(net, complex),
): LinearRegions {
  const { faceCount, twin, origin, box } = complex;
  const owner = faceOfHalfEdge(complex);
  const changes = new Uint8Array(origin.length).fill(1);
  const glued = new UnionFind(faceCount);
  for (let h = 0; h < twin.length; h++) {
    const t = twin[h];
    if (t < h || !sameMap(maps, owner[h], owner[t], box)) continue;
    changes[h] = 0;
    changes[t] = 0;
    glued.join(owner[h], owner[t]);
  }
  return { ...glued.labels(), changes };
}
