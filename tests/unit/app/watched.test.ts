import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PING } from '../../../app/workers/alive.ts';
import { SupervisedWorker } from '../../../app/workers/supervised.ts';
import { WatchedWorker } from '../../../app/workers/watched.ts';
import { type Job, WorkerGoneError } from '../../../src/jobs/protocol.ts';
import type { WorkerFailure } from '../../../src/jobs/services.ts';

/** Both ends of a worker that does what a test wants. */
class FakeWorker extends EventTarget {
  readonly sent: unknown[] = [];
  terminated = false;

  postMessage(message: unknown): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

/** Locks of which one is held by a worker that lives. */
function fakeLocks() {
  let release: () => void = () => {};
  const request = vi.fn(
    (_name: string, { signal }: LockOptions, granted: () => void) =>
      new Promise<void>((resolve, reject) => {
        release = () => {
          granted();
          resolve();
        };
        signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      }),
  );
  return { manager: { request } as unknown as LockManager, request, release: () => release() };
}

function watch(locks: LockManager | undefined) {
  vi.stubGlobal('navigator', { locks });
  const worker = new FakeWorker();
  const failures: WorkerFailure[] = [];
  const silences: boolean[] = [];
  const messages: unknown[] = [];
  const watched = new WatchedWorker(() => worker as unknown as Worker, {
    onFailure: (failure) => failures.push(failure),
    onSilence: (silent) => silences.push(silent),
  });
  watched.port.listen(
    (message) => messages.push(message),
    () => {},
  );
  return { worker, watched, failures, silences, messages };
}

const HOUR = 3_600_000;
const hello = (lock: string | null) => ({ life: 'hello', lock });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a worker that is watched', () => {
  it('is not taken for dead as long as it holds its lock, however long it says nothing', () => {
    const locks = fakeLocks();
    const { worker, failures, silences, watched } = watch(locks.manager);
    worker.say(hello('its lock'));
    expect(locks.request.mock.calls[0][0]).toBe('its lock');
    vi.advanceTimersByTime(HOUR);
    expect([failures, silences]).toEqual([[], []]);
    expect(watched.ready).toBe(true);
    expect(worker.sent).toEqual([]);
  });

  it('has ended when its lock can be had, and that is told at once and once', () => {
    const locks = fakeLocks();
    const { worker, failures, watched } = watch(locks.manager);
    worker.say(hello('its lock'));
    locks.release();
    worker.dispatchEvent(Object.assign(new Event('error'), { message: 'late' }));
    expect(failures).toEqual([{ cause: 'ended', detail: '' }]);
    expect([worker.terminated, watched.ready]).toEqual([true, false]);
  });

  it('is silent after eight seconds without a hello, and is not given up: the hello may come', () => {
    const { worker, failures, silences, watched } = watch(fakeLocks().manager);
    vi.advanceTimersByTime(7_999);
    expect(silences).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(silences).toEqual([true]);
    vi.advanceTimersByTime(HOUR);
    expect([silences, failures, worker.terminated]).toEqual([[true], [], false]);
    worker.say(hello('its lock'));
    expect([silences, watched.ready]).toEqual([[true, false], true]);
  });

  for (const { what, locks } of [
    { what: 'no locks', locks: undefined },
    {
      what: 'locks that are denied',
      locks: { request: () => Promise.reject(new Error('denied')) } as unknown as LockManager,
    },
  ])
    it(`is asked where there are ${what}; an answer between two slices of work is enough`, async () => {
      const { worker, silences, failures } = watch(locks);
      worker.say(hello(locks ? 'its lock' : null));
      await vi.advanceTimersByTimeAsync(2_000);
      expect(worker.sent).toEqual([PING]);
      for (let i = 0; i < 100; i++) {
        // It answers every third time only: long work.
        if (i % 3 === 0) worker.say({ life: 'pong' });
        await vi.advanceTimersByTimeAsync(2_000);
      }
      expect(silences).toEqual([]);
      await vi.advanceTimersByTimeAsync(8_000);
      expect([silences, failures]).toEqual([[true], []]);
    });

  it('cannot be loaded, or fails later: an event says which', () => {
    const missing = watch(undefined);
    missing.worker.dispatchEvent(new Event('error'));
    expect(missing.failures).toEqual([{ cause: 'unloadable', detail: '' }]);
    const failing = watch(undefined);
    failing.worker.say(hello(null));
    failing.worker.dispatchEvent(Object.assign(new Event('error'), { message: 'no luck' }));
    expect(failing.failures).toEqual([{ cause: 'failed', detail: 'no luck' }]);
    const lossy = watch(undefined);
    lossy.worker.dispatchEvent(new Event('messageerror'));
    expect(lossy.failures.map(({ cause }) => cause)).toEqual(['failed']);
  });

  it('may be forbidden to begin with', async () => {
    const failures: WorkerFailure[] = [];
    const forbidden = () => {
      throw new Error('forbidden');
    };
    new WatchedWorker(forbidden, { onFailure: (f) => failures.push(f), onSilence: () => {} });
    expect(failures).toEqual([]);
    await Promise.resolve();
    expect(failures).toEqual([{ cause: 'unloadable', detail: 'forbidden' }]);
  });

  it('keeps what it says of itself apart from what it says of work', () => {
    const { worker, messages } = watch(undefined);
    worker.say(hello(null));
    worker.say({ life: 'pong' });
    worker.say({ kind: 'done' });
    expect(messages).toEqual([{ kind: 'done' }]);
  });
});

interface Jobs {
  add: Job<{ a: number; b: number }, number>;
}

/** A supervised worker that answers only when the test says so. */
function supervise() {
  const started: FakeWorker[] = [];
  const failures: WorkerFailure[] = [];
  const spawn = () => {
    const worker = new FakeWorker();
    started.push(worker);
    return worker as unknown as Worker;
  };
  const supervised = new SupervisedWorker<Jobs>(spawn, {
    onFailure: (failure) => failures.push(failure),
    onSilence: () => {},
  });
  const answer = (value: unknown) => {
    const worker = started[started.length - 1];
    const { call } = worker.sent[worker.sent.length - 1] as { call: number };
    worker.say({ kind: 'result', call, result: value });
  };
  return { supervised, started, failures, answer };
}

describe('a worker that is supervised', () => {
  it('answers calls', async () => {
    const { supervised, answer } = supervise();
    const sum = supervised.job('add', { a: 1, b: 2 });
    answer(3);
    expect(await sum).toBe(3);
  });

  it('rejects pending calls whose answer will not come, and later ones', async () => {
    const { supervised, started, failures } = supervise();
    const asked = supervised.job('add', { a: 1, b: 2 });
    started[0].dispatchEvent(new Event('error'));
    expect(failures).toEqual([{ cause: 'unloadable', detail: '' }]);
    await expect(asked).rejects.toBeInstanceOf(WorkerGoneError);
    await expect(supervised.job('add', { a: 3, b: 4 })).rejects.toBeInstanceOf(WorkerGoneError);
  });

  it('is called the same way after it was started again', async () => {
    const { supervised, started, answer } = supervise();
    const before = supervised.job('add', { a: 1, b: 2 });
    supervised.start();
    await expect(before).rejects.toBeInstanceOf(WorkerGoneError);
    expect(started[0].terminated).toBe(true);
    const after = supervised.job('add', { a: 3, b: 4 });
    answer(7);
    expect(await after).toBe(7);
  });
});
