import { InputError, quoted } from '../errors.ts';
import { createRandom, shuffle } from '../random.ts';
import type { Labels, Samples, Targets } from './dataset.ts';
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
  const { labels } = samples;
  const { order, trainCount } = shuffled(samples.count, trainFraction, seed);
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

/** The same for samples with targets. */
export function splitTargets(
  { count, points, targets }: Targets,
  trainFraction: number,
  seed: number,
): { train: Targets; test: Targets } {
  const { order, trainCount } = shuffled(count, trainFraction, seed);
  const part = (chosen: Uint32Array): Targets => ({
    count: chosen.length,
    points: rowsOf(points, count, chosen),
    targets: rowsOf(targets, count, chosen),
  });
  return { train: part(order.subarray(0, trainCount)), test: part(order.subarray(trainCount)) };
}

/** Rows of a matrix, `[chosen × d]`. */
function rowsOf(
  values: Float64Array,
  count: number,
  chosen: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const d = count === 0 ? 0 : values.length / count;
  const rows = new Float64Array(d * chosen.length);
  for (let to = 0; to < chosen.length; to++)
    rows.set(values.subarray(d * chosen[to], d * (chosen[to] + 1)), d * to);
  return rows;
}

/** Indices in random order, and how many of them are trained on. */
function shuffled(count: number, trainFraction: number, seed: number) {
  if (!(trainFraction >= 0 && trainFraction <= 1))
    throw new InputError('the share of training samples must lie between 0 and 1');
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  shuffle(order, createRandom(seed, SPLIT_STREAM));
  const share = Math.round(count * trainFraction);
  return { order, trainCount: count >= 2 ? Math.min(Math.max(share, 1), count - 1) : count };
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
  const picked = labels.slice(0, indices.length);
  indices.forEach((from, to) => {
    picked[to] = labels[from];
  });
  return { count: indices.length, points: rowsOf(points, count, indices), labels: picked };
}
