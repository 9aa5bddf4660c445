import { describe, expect, it } from 'vitest';
import { finerGrid, firstGrid, MOVING_MS, timeFor } from '../../../app/session/fieldLevels.ts';

const size = { width: 800, height: 640 };
/** Milliseconds per sample, from a fast kernel to a bound that takes seconds. */
const COSTS = [0, 1e-4, 3e-3, 0.05, 0.4, 8, 1000];

describe('the first picture of a field', () => {
  it('is quick enough to follow a hand, and the next finer one is not', () => {
    for (const cost of COSTS.filter((c) => c > 0 && c < 1)) {
      const first = firstGrid(size, cost, true);
      expect(timeFor(first, cost)).toBeLessThanOrEqual(MOVING_MS);
      const finer = finerGrid(size, first, cost);
      if (finer) expect(timeFor(finer, cost)).toBeGreaterThan(MOVING_MS);
    }
  });

  it('is as fine as the screen where samples cost next to nothing', () => {
    expect(firstGrid(size, 0, true)).toEqual({ pixels: 1, columns: 800, rows: 640 });
  });

  it('is coarse as long as the cost is a guess, however small', () => {
    expect(firstGrid(size, 0, false)).toEqual({ pixels: 16, columns: 50, rows: 40 });
    expect(firstGrid(size, 0.4, false)).toEqual(firstGrid(size, 0.4, true));
  });

  it('has at least one sample, where one takes a second and where the map is a sliver', () => {
    const { columns, rows } = firstGrid(size, 1000, true);
    expect(columns * rows).toBeGreaterThan(1);
    expect(columns * rows).toBeLessThan(50);
    expect(firstGrid({ width: 3, height: 900 }, 1000, true).columns).toBe(1);
  });
});

describe('the pictures that follow', () => {
  it('grow finer step by step down to the pixel, or as far as a person would wait', () => {
    for (const cost of COSTS) {
      let grid = firstGrid(size, cost, false);
      for (let next = finerGrid(size, grid, cost); next; next = finerGrid(size, grid, cost)) {
        expect(next.columns * next.rows).toBeGreaterThan(grid.columns * grid.rows);
        expect(timeFor(next, cost)).toBeLessThan(60_000);
        grid = next;
      }
      expect(grid.pixels === 1).toBe(cost * 800 * 640 < 45_000);
    }
  });
});
