import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bands, Throttle } from '../../../src/jobs/compute/pacing.ts';

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
  it('are so short that a circle never waits long behind them, however long a point takes', () => {
    for (const cost of [0.003, 0.05, 0.4, 12])
      for (const points of sizes(5000, cost, cost))
        expect(cost * points).toBeLessThanOrEqual(Math.max(cost, 50));
  });

  it('shrink when points take longer than was guessed', () => {
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

describe('news that are sent at a throttle', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function throttled() {
    const sent = vi.fn(() => throttle.sent());
    const throttle = new Throttle(500, sent);
    return { throttle, sent };
  }

  it('sends at once when nothing was sent for a while', () => {
    const { throttle, sent } = throttled();
    throttle.request();
    expect(sent).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(500);
    throttle.request();
    expect(sent).toHaveBeenCalledTimes(2);
  });

  // A field that was done half a second after the page had opened left the panel without its speed for good.
  it('sends the last request, though nothing comes after it', () => {
    const { throttle, sent } = throttled();
    throttle.sent();
    vi.advanceTimersByTime(200);
    throttle.request();
    throttle.request();
    expect(sent).not.toHaveBeenCalled();
    vi.advanceTimersByTime(300);
    expect(sent).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it('sends nothing that was sent some other way meanwhile', () => {
    const { throttle, sent } = throttled();
    throttle.sent();
    throttle.request();
    vi.advanceTimersByTime(100);
    throttle.sent();
    vi.advanceTimersByTime(5000);
    expect(sent).not.toHaveBeenCalled();
  });
});
