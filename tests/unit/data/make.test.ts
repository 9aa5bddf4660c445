import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/data/dataset.ts';
import { makeData, splitSamples } from '../../../src/data/make.ts';
import { InputError } from '../../../src/errors.ts';

const options = { kind: 'circle', count: 100, noise: 0.1, trainFraction: 0.7, seed: 1 };
const ones = ({ labels }: Samples) => labels.filter((label) => label === 1).length;

const drawn = (labels: number[]): Samples => ({
  count: labels.length,
  points: Float64Array.from({ length: 2 * labels.length }, (_, i) => i),
  labels: Uint8Array.from(labels),
});

describe('making data', () => {
  it('gives every sample to exactly one of training and test', () => {
    const { train, test } = splitSamples(drawn([0, 1, 1, 0, 1, 0, 0, 0, 1, 1]), 0.6, 3);
    const firsts = [...train.points, ...test.points].filter((_, i) => i % 2 === 0);
    expect(firsts.sort((a, b) => a - b)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect([train.count, test.count]).toEqual([6, 4]);
  });

  it('keeps the label of every point', () => {
    const samples = drawn([0, 1, 1, 0, 1]);
    const { train, test } = splitSamples(samples, 0.5, 1);
    for (const part of [train, test])
      part.labels.forEach((label, i) => {
        expect(label).toBe(samples.labels[part.points[2 * i] / 2]);
      });
  });

  it('divides both classes alike to within one sample', () => {
    for (const count of [2, 3, 10, 33, 101])
      for (const trainFraction of [0.1, 0.37, 0.5, 0.9]) {
        const { train, test } = makeData({ ...options, count, trainFraction });
        const total = ones(train) + ones(test);
        expect(train.count + test.count).toBe(count);
        expect(Math.abs(ones(train) - (total * train.count) / count)).toBeLessThanOrEqual(1);
      }
  });

  it('leaves neither part empty as long as there are two samples', () => {
    for (const trainFraction of [0, 1e-9, 0.999, 1])
      for (const count of [2, 3, 50]) {
        const { train, test } = makeData({ ...options, count, trainFraction });
        expect(train.count).toBe(
          Math.min(Math.max(Math.round(count * trainFraction), 1), count - 1),
        );
        expect(test.count).toBe(count - train.count);
      }
  });

  it('trains on a single sample and makes do with none', () => {
    expect(makeData({ ...options, count: 1, trainFraction: 0 }).train.count).toBe(1);
    const none = makeData({ ...options, count: 0 });
    expect([none.train.count, none.test.count]).toEqual([0, 0]);
    expect(splitSamples(drawn([]), 0.5, 1).train.count).toBe(0);
  });

  it('splits points of one class only', () => {
    const { train, test } = splitSamples(drawn([1, 1, 1, 1]), 0.75, 1);
    expect([ones(train), ones(test)]).toEqual([3, 1]);
  });

  it('mixes the classes instead of leaving them in the order they were drawn in', () => {
    const { train } = makeData(options);
    const alternating = train.labels.every((label, i) => i === 0 || label !== train.labels[i - 1]);
    expect(alternating).toBe(false);
  });

  it('names what is wrong with its options', () => {
    expect(() => makeData({ ...options, kind: 'torus' })).toThrow(/no dataset "torus"/);
    for (const wrong of [
      { count: -1 },
      { count: 2.5 },
      { noise: 0.6 },
      { noise: Number.NaN },
      { trainFraction: 1.1 },
      { seed: 0.5 },
    ])
      expect(() => makeData({ ...options, ...wrong })).toThrow(InputError);
  });
});
