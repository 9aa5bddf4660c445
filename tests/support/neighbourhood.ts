import { InputError } from '../../src/errors.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import { ownersOf } from '../../src/regions/complex/neighbours.ts';

/** Faces near a face, nearest first. */
export interface Neighbourhood {
  readonly faces: Uint32Array;
  /** Number of creases to cross on the way to each, at least; 0 for the face itself, which comes first. */
  readonly steps: Uint32Array;
}

/**
 * All faces at most k steps away in the dual graph, in which faces are neighbours that share an edge (a common vertex
 * is not enough). The cost depends only on the number of results, once the neighbours of the complex have been queried.
 *
 * @throws InputError for a face that does not exist, and for k that is not a whole number ≥ 0
 */
export function neighbourhood(complex: RegionComplex, face: number, k: number): Neighbourhood {
  const { faceCount, faceStart, twin } = complex;
  if (!Number.isInteger(face) || face < 0 || face >= faceCount)
    throw new InputError(
      `there is no region ${face}: they are numbered from 0 to ${faceCount - 1}`,
    );
  if (!Number.isInteger(k) || k < 0)
    throw new InputError('the number of steps must be a whole number, at least 0');
  const owner = ownersOf(complex);
  const seen = new Set([face]);
  const steps = [0];
  let ring = [face];
  for (let step = 1; step <= k && ring.length > 0; step++) {
    const next: number[] = [];
    for (const from of ring)
      for (let h = faceStart[from]; h < faceStart[from + 1]; h++) {
        const to = twin[h] < 0 ? from : owner[twin[h]];
        if (seen.has(to)) continue;
        seen.add(to);
        next.push(to);
        steps.push(step);
      }
    ring = next;
  }
  return { faces: Uint32Array.from(seen), steps: Uint32Array.from(steps) };
}
