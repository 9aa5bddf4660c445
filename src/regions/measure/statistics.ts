import type { RegionComplex } from '../complex/complex.ts';
import { type DualGraph, dualGraph } from '../complex/dualGraph.ts';
import { faceArea } from '../complex/faces.ts';
import { CompensatedSum } from './compensatedSum.ts';

/** How the values of many regions are distributed. */
export interface Summary {
  readonly min: number;
  readonly median: number;
  readonly mean: number;
  readonly max: number;
  /** Compensated: the rounding of the sum does not grow with the number of regions. */
  readonly total: number;
  /** `[101]`: value below which i per cent lie, between neighbours in rank by linear interpolation. */
  readonly quantiles: Float64Array;
}

/** Areas and numbers of neighbours of all regions. */
export interface RegionStatistics {
  readonly regions: number;
  /** `[faces]`, square units of the input plane. */
  readonly areas: Float64Array;
  /** `[faces]`: number of neighbours. */
  readonly degrees: Uint32Array;
  readonly area: Summary;
  readonly degree: Summary;
  /** `[largest degree + 1]`: number of regions by degree. */
  readonly degreeCounts: Uint32Array;
  /** Faces by area, largest first; at a tie the one with the lower number. */
  readonly largest: readonly number[];
  /** Faces by area, smallest first. */
  readonly smallest: readonly number[];
  /** Faces by degree, highest first. */
  readonly mostNeighboured: readonly number[];
}

/** Options of `regionStatistics`. */
export interface StatisticsOptions {
  /** Length of the lists, 10 if not given. */
  readonly top?: number;
  /** `dualGraph(complex)`, if the caller already has it. */
  readonly graph?: DualGraph;
}

/** Areas and numbers of neighbours of all regions; cells on the border count with their part inside the domain. */
export function regionStatistics(
  complex: RegionComplex,
  { top = 10, graph = dualGraph(complex) }: StatisticsOptions = {},
): RegionStatistics {
  const { faceCount } = complex;
  const areas = new Float64Array(faceCount);
  const degrees = new Uint32Array(faceCount);
  for (let face = 0; face < faceCount; face++) {
    areas[face] = faceArea(complex, face);
    degrees[face] = graph.start[face + 1] - graph.start[face];
  }
  const degree = summary(degrees);
  const degreeCounts = new Uint32Array(degree.max + 1);
  for (const d of degrees) degreeCounts[d]++;
  return {
    regions: faceCount,
    areas,
    degrees,
    area: summary(areas),
    degree,
    degreeCounts,
    largest: foremost(areas, top, 1),
    smallest: foremost(areas, top, -1),
    mostNeighboured: foremost(degrees, top, 1),
  };
}

function summary(values: Float64Array | Uint32Array): Summary {
  const sorted = values.slice().sort();
  const last = sorted.length - 1;
  const quantile = (share: number) => {
    const place = share * last;
    const below = Math.floor(place);
    const above = Math.min(last, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  const sum = new CompensatedSum();
  // From the smallest on, so that the result does not depend on how faces are numbered.
  for (const v of sorted) sum.add(v);
  return {
    min: sorted[0],
    median: quantile(0.5),
    mean: sum.value / sorted.length,
    max: sorted[last],
    total: sum.value,
    quantiles: Float64Array.from({ length: 101 }, (_, i) => quantile(i / 100)),
  };
}

/** Lists up to this length are kept in order by insertion; for longer ones everything is sorted. */
const SHORT_LIST = 512;

/** Indices of the `count` greatest values of sign · v, in order; at a tie the lower index comes first. */
function foremost(values: ArrayLike<number>, count: number, sign: 1 | -1): number[] {
  if (count > SHORT_LIST) {
    const all = Uint32Array.from(values, (_, i) => i);
    return Array.from(all.sort((i, j) => sign * (values[j] - values[i]) || i - j).slice(0, count));
  }
  const list: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const v = sign * values[i];
    if (list.length === count && !(v > sign * values[list[count - 1]])) continue;
    let at = list.length;
    while (at > 0 && v > sign * values[list[at - 1]]) at--;
    list.splice(at, 0, i);
    if (list.length > count) list.pop();
  }
  return list;
}
