import { describe, expect, it } from 'vitest';
import { appendHistory, emptyHistory, type History, SERIES } from '../../../app/charts/history.ts';

const sample = (value: number | null) =>
  Object.fromEntries(SERIES.map((key) => [key, value])) as Record<
    (typeof SERIES)[number],
    number | null
  >;

function run(count: number, capacity: number, valueAt: (step: number) => number | null): History {
  let history = emptyHistory();
  for (let step = 0; step < count; step++) {
    history = appendHistory(history, step, sample(valueAt(step)), capacity);
  }
  return history;
}

describe('the history of a run', () => {
  it('keeps every sample while there is room', () => {
    const history = run(20, 20, (step) => step * step);
    expect(history.steps).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(history.series.trainLoss[7]).toBe(49);
    expect(history.stride).toBe(1);
  });

  it('never outgrows its capacity and keeps its ends exact', () => {
    for (const count of [21, 40, 41, 99, 1000, 4321]) {
      const history = run(count, 20, (step) => step + 0.5);
      expect(history.steps.length).toBeLessThanOrEqual(20);
      expect(history.steps.length).toBeGreaterThanOrEqual(9);
      expect(history.steps[0]).toBe(0);
      expect(history.steps.at(-1)).toBe(count - 1);
      expect(history.series.meanC.at(-1)).toBe(count - 0.5);
      for (const [i, step] of history.steps.entries()) {
        if (i > 0) expect(step).toBeGreaterThan(history.steps[i - 1]);
        // Means of a straight line lie on it.
        expect(history.series.meanC[i]).toBeCloseTo(step + 0.5, 9);
      }
    }
  });

  it('averages what is known and says so where nothing is', () => {
    const history = run(64, 8, (step) => (step < 32 ? null : step % 2 ? 3 : 1));
    const known = history.series.linearRegions.filter((v) => !Number.isNaN(v));
    expect(Number.isNaN(history.series.linearRegions[0])).toBe(true);
    expect(known.length).toBeGreaterThan(2);
    for (const value of known.slice(1, -1)) expect(value).toBeCloseTo(2, 9);
  });

  it('takes a second sample of the same step in place of the first', () => {
    let history = appendHistory(emptyHistory(), 5, sample(1));
    history = appendHistory(history, 5, sample(2));
    expect(history.steps).toEqual([5]);
    expect(history.series.testLoss).toEqual([2]);
  });

  it('forgets what lies beyond when the run is wound back', () => {
    const history = appendHistory(
      run(100, 20, (step) => step),
      37,
      sample(-1),
      20,
    );
    expect(history.steps.at(-1)).toBe(37);
    expect(history.steps.every((step) => step <= 37)).toBe(true);
    expect(history.series.trainAccuracy.at(-1)).toBe(-1);
  });

  it('treats a diverged loss as not known', () => {
    const history = appendHistory(emptyHistory(), 0, sample(Number.POSITIVE_INFINITY));
    expect(history.series.trainLoss[0]).toBeNaN();
  });
});
