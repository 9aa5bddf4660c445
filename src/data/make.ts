import { InputError, quoted } from '../errors.ts';
import { createRandom, shuffle } from '../random.ts';
import type { Labels, Samples } from './dataset.ts';
import { datasets } from './registry.ts';

/** What `makeData` draws. */
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

/** Samples in two parts that have none in common. */
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

/**
 * How many of each class are trained on: proportional to within one, so that they add up to `total`. The classes from c on
 * together get their proportional share, rounded; class c gets its difference to the share of those from c + 1 on.
 */
function shares(labels: Labels, total: number): number[] {
  let classes = 0;
  for (const label of labels) classes = Math.max(classes, label + 1);
  const left = new Array<number>(classes).fill(0);
  for (const label of labels) left[label]++;
  let from = 0;
  let above = 0;
  for (let label = left.length - 1; label >= 0; label--) {
    from += left[label];
    const share = Math.round((from * total) / labels.length);
    left[label] = share - above;
    above = share;
  }
  return left;
}

function pick({ count, points, labels }: Samples, indices: readonly number[]): Samples {
  const d = count === 0 ? 0 : points.length / count;
  const picked = {
    count: indices.length,
    points: new Float64Array(d * indices.length),
    labels: labels.slice(0, indices.length),
  };
  indices.forEach((from, to) => {
    picked.points.set(points.subarray(d * from, d * (from + 1)), d * to);
    picked.labels[to] = labels[from];
  });
  return picked;
}
