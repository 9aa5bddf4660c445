import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pause } from '../../../app/session/pause.ts';

describe('a pause', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lasts as long as nothing happens', async () => {
    let over = false;
    const pause = new Pause();
    const waiting = pause.wait(300).then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(299);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
  });

  it('ends at once when something does, and the next one lasts again', async () => {
    const pause = new Pause();
    pause.end();
    const waiting = pause.wait(300);
    pause.end();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
    let over = false;
    const next = pause.wait(300).then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(299);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await next;
  });
});
