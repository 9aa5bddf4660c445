import type { Random } from '../random.ts';

export type { Random } from '../random.ts';

/** Points of d-dimensional space. */
export interface Points {
  readonly count: number;
  /** `[count × d]`, row-major. */
  readonly points: Float64Array;
}

/** Class numbers, from 0. */
export type Labels = Uint8Array | Uint16Array | Uint32Array;

/** Points with a class each. */
export interface Samples extends Points {
  /** `[count]` */
  readonly labels: Labels;
}

/** Points with the outputs that a network should have there. */
export interface Targets extends Points {
  /** `[count × outputs]`, row-major. */
  readonly targets: Float64Array;
}

/** What a network can be trained on; which of them, its loss says. */
export type TrainingSamples = Samples | Targets;

/** One way to make data, one per file, listed in `registry.ts`. */
export interface DatasetKind {
  readonly key: string;
  readonly label: string;
  /** Draws `count` points of the plane, classes 0 and 1 balanced within one; `noise` in [0, 0.5], see `scatter.ts`. */
  sample(count: number, noise: number, random: Random): Samples;
}
