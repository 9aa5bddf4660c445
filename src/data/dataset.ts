import type { Random } from '../random.ts';

export type { Random } from '../random.ts';

/** Labelled points of the plane. */
export interface Samples {
  readonly count: number;
  /** `[2 · count]`: x, y, within [−1, 1]² up to noise. */
  readonly points: Float64Array;
  /** `[count]`: class 0 or 1. */
  readonly labels: Uint8Array;
}

/** One way to make data, one per file, listed in `registry.ts`. */
export interface DatasetKind {
  readonly key: string;
  readonly label: string;
  /** Draws `count` samples, classes balanced within one; `noise` in [0, 0.5], see `scatter.ts`. */
  sample(count: number, noise: number, random: Random): Samples;
}
