import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Paced } from '../../../src/jobs/compute/paced.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('news that are told at a pace', () => {
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
