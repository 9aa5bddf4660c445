import { describe, expect, it } from 'vitest';
import { knownNear } from '../../../app/charts/decimate.ts';
import {
  amendHistory,
  appendHistory,
  columnsOf,
  emptyHistory,
  type History,
  SERIES,
} from '../../../app/session/history.ts';

const sample = (value: number | null) => Object.fromEntries(SERIES.map((key) => [key, value]));

function run(
  count: number,
  capacity: number,
  valueAt: (step: number) => number | null,
  stride = 1,
): History {
  let history = emptyHistory();
  for (let i = 0; i < count; i++)
    history = appendHistory(history, i * stride, sample(valueAt(i * stride)), capacity);
  return history;
}

describe('the history of a run', () => {
  it('keeps every sample while there is room', () => {
    const { steps, series } = columnsOf(run(20, 20, (step) => step * step));
    expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(series.trainLoss[7]).toBe(49);
  });

  it('never outgrows its capacity, keeps its ends, and spreads over all steps', () => {
    for (const count of [21, 40, 41, 99, 1000, 4321]) {
      const { steps } = columnsOf(run(count, 20, (step) => step));
      expect(steps.length).toBeLessThanOrEqual(20);
      expect(steps.length).toBeGreaterThanOrEqual(9);
      expect([steps[0], steps.at(-1)]).toEqual([0, count - 1]);
      const gaps = steps.slice(1).map((step, i) => step - steps[i]);
      expect(Math.min(...gaps)).toBeGreaterThan(0);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.max(2, count / 4));
    }
  });

  it('shows every number at the very step it was measured at, however long the run is', () => {
    for (const count of [30, 601, 5000]) {
      const { steps, series } = columnsOf(run(count, 20, (step) => step ** 2 + 0.5, 3));
      for (const [i, step] of steps.entries()) {
        expect(step % 3).toBe(0);
        expect(series.activationRegions[i]).toBe(step ** 2 + 0.5);
      }
    }
  });

  it('takes a number that comes later into its own step, and into no other', () => {
    let history = appendHistory(emptyHistory(), 3, { trainLoss: 1 });
    history = appendHistory(history, 6, { trainLoss: 0.5 });
    history = amendHistory(history, 3, { activationRegions: 431, linearRegions: 430 });
    history = amendHistory(history, 4, { activationRegions: 7 });
    const { steps, series } = columnsOf(history);
    expect(steps).toEqual([3, 6]);
    expect(series.activationRegions).toEqual([431, Number.NaN]);
    expect(series.trainLoss).toEqual([1, 0.5]);
    // The same step once more, as when training pauses: what is known of it stays.
    history = appendHistory(amendHistory(history, 6, { meanC: 4 }), 6, { trainLoss: 0.4 });
    expect(columnsOf(history).series.meanC).toEqual([Number.NaN, 4]);
    expect(columnsOf(history).series.trainLoss).toEqual([1, 0.4]);
  });

  it('leaves out first the steps that were not counted', () => {
    let history = emptyHistory();
    for (let step = 0; step < 2000; step++) {
      history = appendHistory(history, step, { trainLoss: step }, 100);
      if (step % 5 === 3) history = amendHistory(history, step, { activationRegions: step });
    }
    const { steps, series } = columnsOf(history);
    const early = steps.slice(1, 40);
    // One step in five was counted; of those that are left, most were.
    const counted = early.filter((step) => step % 5 === 3);
    expect(counted.length / early.length).toBeGreaterThan(0.8);
    for (const [i, step] of steps.entries())
      expect(
        Number.isNaN(series.activationRegions[i]) || series.activationRegions[i] === step,
      ).toBe(true);
  });

  it('forgets what lies beyond when the run is wound back', () => {
    const { steps, series } = columnsOf(
      appendHistory(
        run(100, 20, (step) => step),
        37,
        sample(-1),
        20,
      ),
    );
    expect(steps.at(-1)).toBe(37);
    expect(steps.every((step) => step <= 37)).toBe(true);
    expect(series.trainAccuracy.at(-1)).toBe(-1);
  });

  it('treats a diverged loss as not known', () => {
    const history = appendHistory(emptyHistory(), 0, sample(Number.POSITIVE_INFINITY));
    expect(columnsOf(history).series.trainLoss[0]).toBeNaN();
  });
});

describe('the numbers that a chart shows for a step', () => {
  const steps = [0, 10, 20, 30, 40];
  const gap = Number.NaN;

  it('are those of the nearest step that was measured, never made up for one that was not', () => {
    const counts = [60, gap, gap, 64, gap];
    expect(steps.map((_, i) => knownNear(steps, [counts], i))).toEqual([0, 0, 3, 3, 3]);
  });

  it('are there as soon as one of the lines has one', () => {
    expect(
      knownNear(
        steps,
        [
          [gap, 1, gap, gap, gap],
          [gap, gap, 2, gap, gap],
        ],
        4,
      ),
    ).toBe(2);
    expect(knownNear(steps, [[gap, gap, gap, gap, gap]], 4)).toBe(4);
    expect(knownNear([], [[]], -1)).toBe(-1);
  });
});
