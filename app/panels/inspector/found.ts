import type { DiscRegions } from '../../../src/regions/query/disc.ts';
import { atLeast, formatInteger } from '../../format.ts';

/** What is known about the number of activation regions that meet a circle. */
export interface Found {
  readonly regions: number;
  /** Whether that is the number; otherwise there are at least so many. */
  readonly complete: boolean;
  /** How many points drawn from the circle showed them; null where they were counted. */
  readonly samples: number | null;
}

/** The regions that were counted in a circle, as shown beside it. */
export const countText = (exact: Pick<DiscRegions, 'activationRegions' | 'complete'>): string =>
  atLeast(formatInteger(exact.activationRegions), !exact.complete);

interface Sampled {
  readonly atLeast: number;
  readonly samples: number;
}

/** The exact count if available; otherwise the larger of the partial count and the lower bound by samples. */
export function foundRegions(exact: DiscRegions | null, sampled: Sampled | null): Found | null {
  const counted = exact && {
    regions: exact.activationRegions,
    complete: exact.complete,
    samples: null,
  };
  if (counted?.complete || !sampled || sampled.atLeast <= (counted?.regions ?? 0)) return counted;
  return { regions: sampled.atLeast, complete: false, samples: sampled.samples };
}
