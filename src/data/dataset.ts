/** Labelled points of the plane. */
export interface Samples {
  readonly count: number;
  /** `[2 · count]`: x, y, within [−1, 1]² up to noise. */
  readonly points: Float64Array;
  /** `[count]`: class 0 or 1. */
  readonly labels: Uint8Array;
}

/** A random number in [0, 1); the only source of chance anywhere in the engine. */
export type Random = () => number;

/** One way to make data, one per file, listed in `registry.ts`. */
export interface DatasetKind {
  readonly key: string;
  readonly label: string;
  /** Draws `count` samples, classes balanced within one; `noise` in [0, 0.5] is the scale of the disturbance. */
  sample(count: number, noise: number, random: Random): Samples;
}
