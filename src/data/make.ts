import { InputError, quoted } from '../errors.ts';
import { createRandom, shuffle } from '../random.ts';
import type { Samples } from './dataset.ts';
import { datasets } from './registry.ts';

export interface DataOptions {
  /** Key of a dataset in the registry. */
  readonly kind: string;
  /** Train and test samples together; a whole number ≥ 0. */
  readonly count: number;
  /** Disturbance in [0, 0.5]: every point is displaced with standard deviation noise / 2. */
  readonly noise: number;
  /** Share of the samples that is trained on, in [0, 1]. */
  readonly trainFraction: number;
  readonly seed: number;
}

export interface SplitSamples {
  readonly train: Samples;
  readonly test: Samples;
}

const DRAW_STREAM = 1;
const SPLIT_STREAM = 2;

/** Draws, shuffles and splits a dataset; the same options give the same samples, bit for bit. */
export function makeData({ kind, count, noise, trainFraction, seed }: DataOptions): SplitSamples {
  const dataset = datasets.find(({ key }) => key === kind);
  if (!dataset) {
    const keys = datasets.map(({ key }) => key).join(', ');
    throw new InputError(`there is no dataset ${quoted(kind)}: choose one of ${keys}`);
  }
  if (!Number.isSafeInteger(count) || count < 0)
    throw new InputError('the number of samples must be a whole number, at least 0');
  if (!(noise >= 0 && noise <= 0.5)) throw new InputError('noise must lie between 0 and 0.5');
  const samples = dataset.sample(count, noise, createRandom(seed, DRAW_STREAM));
  return splitSamples(samples, trainFraction, seed);
}

/**
 * Shuffles samples and splits them, each class divided in the same proportion to within one sample. With two
 * samples or more neither part is empty, whatever the fraction: there is always something to train on and
 * something to test with. A single sample goes to the training part.
 */
export function splitSamples(samples: Samples, trainFraction: number, seed: number): SplitSamples {
  if (!(trainFraction >= 0 && trainFraction <= 1))
    throw new InputError('the share of training samples must lie between 0 and 1');
  const { count, labels } = samples;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  shuffle(order, createRandom(seed, SPLIT_STREAM));
  let trainCount = Math.round(count * trainFraction);
  if (count >= 2) trainCount = Math.min(Math.max(trainCount, 1), count - 1);
  else trainCount = count;
  const left = shares(labels, trainCount);
  const train: number[] = [];
  const test: number[] = [];
  for (const i of order) {
    if (left[labels[i]] > 0) {
      left[labels[i]]--;
      train.push(i);
    } else test.push(i);
  }
  return { train: pick(samples, train), test: pick(samples, test) };
}

/** How many of each class are trained on: proportional, both rounded so that they add up to `total`. */
function shares(labels: Uint8Array, total: number): [number, number] {
  if (labels.length === 0) return [0, 0];
  let ones = 0;
  for (const label of labels) ones += label;
  const trainOnes = Math.round((ones * total) / labels.length);
  return [total - trainOnes, trainOnes];
}

function pick({ points, labels }: Samples, indices: readonly number[]): Samples {
  const picked = {
    count: indices.length,
    points: new Float64Array(2 * indices.length),
    labels: new Uint8Array(indices.length),
  };
  indices.forEach((from, to) => {
    picked.points[2 * to] = points[2 * from];
    picked.points[2 * to + 1] = points[2 * from + 1];
    picked.labels[to] = labels[from];
  });
  return picked;
}
