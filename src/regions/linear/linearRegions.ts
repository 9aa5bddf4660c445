import type { Model } from '../../model/model.ts';
import { finish, type Steps } from '../../steps.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { faceOfHalfEdge } from '../complex/faces.ts';
import { type OutputMaps, outputMaps } from './outputMaps.ts';
import { MapComparison } from './sameMap.ts';
import { UnionFind } from './unionFind.ts';

/** Linear regions of a complex: activation regions with neighbours of the same affine map merged. */
export interface LinearRegions {
  readonly count: number;
  /** `[faces]`: linear regions are numbered from 0 in the order of their first face. */
  readonly label: Int32Array;
  /** `[halfEdges]`: 1 where the affine map changes across the edge (and on the border), 0 where both sides share it. */
  readonly changes: Uint8Array;
  /** Pairs of neighbours that 64-bit numbers could not decide and exact arithmetic did. */
  readonly exactDecisions: number;
}

/** `[count]`: number of faces that make up each linear region. */
export function linearRegionSizes({
  count,
  label,
}: Pick<LinearRegions, 'count' | 'label'>): Uint32Array {
  const sizes = new Uint32Array(count);
  for (const region of label) sizes[region]++;
  return sizes;
}

const EDGES_PER_STEP = 256;

/**
 * Linear regions in the sense of Hanin & Rolnick (2019): activation regions merged along the shared edges across which
 * the affine map of all outputs stays the same, exactly.
 *
 * @param maps `outputMaps(net, complex)`, if the caller already has them
 */
export const linearRegions = (
  net: Model,
  complex: RegionComplex,
  maps: OutputMaps = outputMaps(net, complex),
): LinearRegions => finish(linearRegionsInSteps(net, complex, maps));

/** `linearRegions` with pauses. */
export function* linearRegionsInSteps(
  net: Model,
  complex: RegionComplex,
  maps: OutputMaps,
): Steps<LinearRegions> {
  const { faceCount, twin, origin } = complex;
  const comparison = new MapComparison(net, complex, maps);
  const owner = faceOfHalfEdge(complex);
  yield;
  const changes = new Uint8Array(origin.length).fill(1);
  const glued = new UnionFind(faceCount);
  for (let h = 0; h < twin.length; h++) {
    if (h % EDGES_PER_STEP === 0) yield;
    const t = twin[h];
    if (t < h) continue;
    const exact = comparison.exactDecisions;
    const same = comparison.same(owner[h], owner[t]);
    if (comparison.exactDecisions > exact) yield;
    if (!same) continue;
    changes[h] = 0;
    changes[t] = 0;
    glued.join(owner[h], owner[t]);
  }
  return { ...glued.labels(), changes, exactDecisions: comparison.exactDecisions };
}
