import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Attempt, Latest, type Patience } from '../../../src/jobs/latest.ts';

type Cause = 'change' | 'training';

const WAITS: Patience<Cause> = { change: 250, training: Number.POSITIVE_INFINITY };
const GIVES_WAY: Patience<Cause> = { change: 0, training: 0 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Attempts that end when the test says so, or when they are cancelled. */
function follow(patience: Patience<Cause> = WAITS) {
  const attempts: { attempt: Attempt<Cause>; done(error?: Error): void }[] = [];
  const errors: unknown[] = [];
  const latest = new Latest<Cause>(
    patience,
    (attempt) =>
      new Promise((resolve, reject) => {
        const done = (error?: Error) => (error ? reject(error) : resolve());
        attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason));
        attempts.push({ attempt, done });
      }),
    (error) => errors.push(error),
  );
  return { latest, attempts, errors };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe('work about the newest state', () => {
  it('makes one further attempt of all that is asked for while one is under way', async () => {
    const { latest, attempts } = follow();
    for (let i = 0; i < 5; i++) latest.request('training');
    expect(attempts).toHaveLength(1);
    expect(attempts[0].attempt.outdated).toBe(true);
    attempts[0].done();
    await settled();
    expect(attempts).toHaveLength(2);
    expect(attempts[1].attempt.outdated).toBe(false);
    attempts[1].done();
    await settled();
    expect(attempts).toHaveLength(2);
    latest.request('training');
    expect(attempts).toHaveLength(3);
  });

  it('is finished first, or cancelled for the next, as its patience says', async () => {
    const { latest, attempts, errors } = follow();
    latest.request('change');
    await vi.advanceTimersByTimeAsync(249);
    latest.request('change');
    await settled();
    expect(attempts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    latest.request('training');
    await settled();
    expect(attempts).toHaveLength(1);
    latest.request('change');
    await settled();
    expect(attempts).toHaveLength(2);
    expect(attempts.map(({ attempt }) => attempt.signal.aborted)).toEqual([true, false]);
    // The patience of the next one starts from zero.
    latest.request('change');
    await settled();
    expect(attempts).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('can have another patience from some point on', async () => {
    const { latest, attempts } = follow();
    latest.request('change');
    attempts[0].attempt.enter(GIVES_WAY);
    latest.request('training');
    await settled();
    expect(attempts).toHaveLength(2);
  });

  it('reports errors, and goes on after them', async () => {
    const { latest, attempts, errors } = follow();
    latest.request('change');
    latest.request('change');
    const error = new Error('no luck');
    attempts[0].done(error);
    await settled();
    expect(errors).toEqual([error]);
    expect(attempts).toHaveLength(2);
  });

  it('is cancelled without another attempt, unless one is asked for after that', async () => {
    const { latest, attempts, errors } = follow();
    latest.request('change');
    latest.request('change');
    latest.cancel();
    await settled();
    expect(attempts).toHaveLength(1);
    latest.request('change');
    latest.cancel();
    latest.request('change');
    await settled();
    expect(attempts).toHaveLength(3);
    expect(errors).toEqual([]);
  });

  it('is over when it is stopped', async () => {
    const { latest, attempts, errors } = follow();
    latest.request('change');
    latest.request('change');
    latest.stop();
    latest.request('change');
    await settled();
    expect(attempts).toHaveLength(1);
    expect(attempts[0].attempt.signal.aborted).toBe(true);
    expect(errors).toEqual([]);
  });
});

describe('a rest in such work', () => {
  function resting(patience: Patience<Cause>) {
    const log: string[] = [];
    const latest = new Latest<Cause>(
      patience,
      async (attempt) => {
        log.push('begins');
        await attempt.rest(300);
        log.push('rested');
      },
      () => log.push('failed'),
    );
    return { latest, log };
  }

  it('lasts as long as nothing happens', async () => {
    const { latest, log } = resting(GIVES_WAY);
    latest.request('change');
    await vi.advanceTimersByTimeAsync(299);
    expect(log).toEqual(['begins']);
    await vi.advanceTimersByTimeAsync(1);
    expect(log).toEqual(['begins', 'rested']);
  });

  it('ends at once when the work is superseded, and the next one lasts again', async () => {
    const { latest, log } = resting(GIVES_WAY);
    latest.request('change');
    await vi.advanceTimersByTimeAsync(200);
    latest.request('training');
    await vi.advanceTimersByTimeAsync(299);
    expect(log).toEqual(['begins', 'begins']);
    await vi.advanceTimersByTimeAsync(1);
    expect(log).toEqual(['begins', 'begins', 'rested']);
  });

  it('ends early when it is woken, and leaves no timer', async () => {
    const { latest, log } = resting(WAITS);
    latest.request('change');
    await settled();
    latest.wake();
    await settled();
    expect(log).toEqual(['begins', 'rested']);
    expect(vi.getTimerCount()).toBe(0);
    latest.wake();
    latest.request('change');
    latest.stop();
    await settled();
    expect(log).toEqual(['begins', 'rested', 'begins']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
