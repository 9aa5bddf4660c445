import type { RegionComplex } from '../complex/complex.ts';
import { regionStatistics } from './statistics.ts';

/** A complex without what `overviewOf` does not read: it is copied on its way to a worker. */
export const outlinesOf = (complex: RegionComplex): RegionComplex => ({
  ...complex,
  vertexLines: new Int32Array(0),
  vertexFace: new Int32Array(0),
  vertexError: new Float32Array(0),
  halfEdgeNeuron: new Int32Array(0),
  patterns: new Uint32Array(0),
});

/** How sizes and neighbours of the regions in a view are distributed, and the foremost of them by face. */
export interface Overview {
  readonly regions: number;
  readonly area: { readonly min: number; readonly median: number; readonly max: number };
  readonly meanDegree: number;
  /** Number of regions by size: bar i from 10^(first + i / BARS_PER_DECADE) on. */
  readonly histogram: { readonly first: number; readonly counts: readonly number[] };
  /** Faces, more of them than are listed: some turn out to be cut by the view. */
  readonly largest: readonly number[];
  readonly smallest: readonly number[];
  readonly mostNeighboured: readonly number[];
}

export const BARS_PER_DECADE = 4;
/** Sizes further below the largest than this share the first bar: rounding can leave next to no area. */
const DECADES = 16;
const CANDIDATES = 60;

export function overviewOf(outlines: RegionComplex): Overview {
  const { areas, area, degree, ...lists } = regionStatistics(outlines, { top: CANDIDATES });
  const bar = (size: number) => Math.floor(Math.log10(size) * BARS_PER_DECADE);
  const last = bar(area.max);
  const lowest = last - DECADES * BARS_PER_DECADE;
  const place = (size: number) => (size > 0 ? Math.max(lowest, bar(size)) : lowest);
  const first = place(area.min);
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const size of areas) counts[place(size) - first]++;
  return {
    regions: lists.regions,
    area: { min: area.min, median: area.median, max: area.max },
    meanDegree: degree.mean,
    histogram: { first: first / BARS_PER_DECADE, counts },
    largest: lists.largest,
    smallest: lists.smallest,
    mostNeighboured: lists.mostNeighboured,
  };
}
