import type { Network } from '../network/network.ts';
import type { RegionComplex } from './complex.ts';
import { faceOfHalfEdge } from './geometry.ts';
import { sameMap } from './linearRegions.ts';
import { type OutputMaps, outputMaps } from './outputMaps.ts';

/**
 * ‖J′ − J‖ (Frobenius) of the outputs' Jacobians on both sides of every half-edge, `[halfEdges]`; 0 where the affine
 * map does not change, and on the border, which has one side only.
 *
 * @param maps `outputMaps(net, complex)`, where the caller has them already
 */
export function creaseStrength(
  net: Network,
  complex: RegionComplex,
  maps: OutputMaps = outputMaps(net, complex),
): Float32Array {
  const { twin, box } = complex;
  const { outputs } = maps;
  const owner = faceOfHalfEdge(complex);
  const strength = new Float32Array(twin.length);
  for (let h = 0; h < twin.length; h++) {
    const t = twin[h];
    if (t < h || sameMap(maps, owner[h], owner[t], box)) continue;
    let squares = 0;
    for (let o = 0; o < outputs; o++) {
      const p = 3 * (owner[h] * outputs + o);
      const q = 3 * (owner[t] * outputs + o);
      squares += (maps.maps[p] - maps.maps[q]) ** 2 + (maps.maps[p + 1] - maps.maps[q + 1]) ** 2;
    }
    strength[h] = Math.sqrt(squares);
    strength[t] = strength[h];
  }
  return strength;
}
