import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bands, Paced } from '../../../src/jobs/compute/pacing.ts';

/** Sizes of the calls of a field of n points that take `cost` milliseconds each and `overhead` a call. */
function sizes(n: number, guess: number, cost: number, overhead = 0): number[] {
  const bands = new Bands(guess);
  const taken: number[] = [];
  for (let left = n; left > 0; left -= taken[taken.length - 1]) {
    const points = Math.min(left, bands.size);
    taken.push(points);
    bands.took(points, overhead + cost * points);
  }
  return taken;
}

describe('the calls of a field', () => {
  it('are so short that a circle never waits long behind them, however dear a point is', () => {
    for (const cost of [0.003, 0.05, 0.4, 12])
      for (const points of sizes(5000, cost, cost))
        expect(cost * points).toBeLessThanOrEqual(Math.max(cost, 50));
  });

  it('shrink when points are dearer than was guessed', () => {
    const [first, second, ...rest] = sizes(100_000, 0.001, 1);
    expect(first).toBe(16_384);
    expect(second).toBe(40);
    expect(Math.max(...rest)).toBe(40);
  });

  it('grow, not at a leap, when they are cheaper', () => {
    const taken = sizes(1_000_000, 1, 1e-3, 2);
    for (let i = 1; i < taken.length; i++) expect(taken[i]).toBeLessThanOrEqual(4 * taken[i - 1]);
    expect(Math.max(...taken)).toBe(16_384);
  });

  it('hold at least a point each, and end, when nothing is known of the cost', () => {
    expect(sizes(20_000, 0, 0)).toEqual([16_384, 3616]);
    expect(sizes(3, 1e9, 1e9)).toEqual([1, 1, 1]);
  });
});

describe('news that are told at a pace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function paced() {
    const told = vi.fn(() => pace.told());
    const pace = new Paced(500, told);
    return { pace, told };
  }

  it('are told at once when nothing was told for a while', () => {
    const { pace, told } = paced();
    pace.news();
    expect(told).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(500);
    pace.news();
    expect(told).toHaveBeenCalledTimes(2);
  });

  // A field that was done half a second after the page had opened left the panel without its speed for good.
  it('are told in the end, though nothing comes after them', () => {
    const { pace, told } = paced();
    pace.told();
    vi.advanceTimersByTime(200);
    pace.news();
    pace.news();
    expect(told).not.toHaveBeenCalled();
    vi.advanceTimersByTime(300);
    expect(told).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('are not told again when others were quicker', () => {
    const { pace, told } = paced();
    pace.told();
    pace.news();
    vi.advanceTimersByTime(100);
    pace.told();
    vi.advanceTimersByTime(5000);
    expect(told).not.toHaveBeenCalled();
  });
});
