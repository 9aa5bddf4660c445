import { describe, expect, it } from 'vitest';
import { benchOptions } from '../../../scripts/lib/bench-options.mjs';
import { frameRatios, leastSquares, trends } from '../../../scripts/lib/soak-verdict.mjs';

/** Half an hour, a sample every ten seconds: a slow wave, as of garbage that comes and goes, and a growth per minute. */
const samplesOf = (growth: (minute: number) => number, frameOf = (_minute: number) => 16.7) =>
  Array.from({ length: 180 }, (_, i) => {
    const minute = i / 6;
    const heap = 10 + Math.sin(1.7 * i) + growth(minute);
    return { minute, values: { heap, listeners: 200 }, frames: Array(10).fill(frameOf(minute)) };
  });

const heap = (growth: (minute: number) => number) =>
  trends(samplesOf(growth), () => 0.05).find(({ quantity }) => quantity === 'heap');

describe('the verdict on a long run', () => {
  it('fits a line by least squares, with the standard error of its slope', () => {
    expect(leastSquares([0, 1, 2, 3], [1, 3, 5, 7])).toEqual({ slope: 2, error: 0 });
    // By hand: residuals −0.2, 0.4, −0.2 about 1.2 + 0.9 x; √(0.24 / 1 / 2).
    const { slope, error } = leastSquares([0, 1, 2], [1, 2.5, 2.8]);
    expect(slope).toBeCloseTo(0.9, 12);
    expect(error).toBeCloseTo(Math.sqrt(0.24 / 2), 12);
  });

  it('lets a heap pass that waves, and one that has grown only at first', () => {
    expect(heap(() => 0)?.grows).toBe(false);
    expect(heap((minute) => Math.min(minute, 10))?.grows).toBe(false);
  });

  it('finds a leak of a fifth of a megabyte a minute beneath a wave five times as high', () => {
    expect(heap((minute) => 0.2 * minute)).toMatchObject({ grows: true, limit: 0.05 });
    expect(heap((minute) => 0.2 * minute)?.slope).toBeCloseTo(0.2, 1);
  });

  it('finds listeners that are added one a minute', () => {
    const samples = samplesOf(() => 0).map((sample) => ({
      ...sample,
      values: { listeners: 200 + Math.floor(sample.minute) },
    }));
    expect(trends(samples, () => 0.2)).toMatchObject([{ quantity: 'listeners', grows: true }]);
  });

  it('says nothing of a worker that was not there throughout the second half', () => {
    const samples = samplesOf(() => 0);
    samples[120].values = { heap: 10 } as (typeof samples)[0]['values'];
    expect(trends(samples, () => 0).map(({ quantity }) => quantity)).toEqual(['heap']);
  });

  it('sets the frames of the last third against those of the middle third', () => {
    expect(frameRatios(samplesOf(() => 0)).mean).toBeCloseTo(1, 12);
    const slower = samplesOf(
      () => 0,
      (minute) => (minute < 20 ? 20 : 30),
    );
    expect(frameRatios(slower).mean).toBeCloseTo(1.5, 12);
    expect(frameRatios(slower).p95).toBeCloseTo(1.5, 12);
  });
});

describe('the arguments of the benchmarks', () => {
  it('takes minutes after "soak", and soaks only when it is named', () => {
    expect(benchOptions([])).toEqual({ engine: [], page: true, soakMinutes: null });
    expect(benchOptions(['soak', '30'])).toEqual({ engine: null, page: false, soakMinutes: 30 });
    expect(benchOptions(['soak'])).toMatchObject({ engine: null, soakMinutes: 5 });
    expect(benchOptions(['soak', 'regions', 'page'])).toEqual({
      engine: ['regions'],
      page: true,
      soakMinutes: 5,
    });
  });

  it('answers wrong minutes with one sentence', () => {
    for (const minutes of ['0', '-3', '1e9', '3x'])
      expect(benchOptions(['soak', minutes])).toMatch(
        `The minutes after "soak" must be a number from 1 to 1440, not "${minutes}".`,
      );
  });
});
