import type { Port } from '../../src/jobs/port.ts';
import { PATIENCE_SECONDS, type WorkerFailure } from '../../src/jobs/services.ts';
import { isLifeSign, PING } from './alive.ts';

export interface WorkerEvents {
  /** It is there and can be asked. */
  onReady?(): void;
  /** It has failed, and has been ended. Called once at most. */
  onFailure(failure: WorkerFailure): void;
  /** It has sent nothing for long, or (false) it has after all. It may only be slow: the caller decides. */
  onSilence(silent: boolean): void;
}

const ASK_EVERY_MS = 2000;
/** Intervals without a message before it is reported. Intervals are counted, not time: a computer may have been asleep for hours. */
const PATIENCE = (1000 * PATIENCE_SECONDS) / ASK_EVERY_MS;

/**
 * A worker that is watched. A missing script fires an error event at once. A closed worker fires none, so it holds a Web
 * Lock as long as it lives: this side waits for that lock and gets it when the worker ends, never while it works, however
 * long that takes. Without locks the worker is asked every two seconds whether it is there.
 */
export class WatchedWorker {
  readonly #worker: Worker | null = null;
  readonly #events: WorkerEvents;
  readonly #noLongerWaiting = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  #missed = 0;
  #ready = false;
  #over = false;
  #receive: (message: unknown) => void = () => {};

  /** @param spawn may throw: that is a failure like others */
  constructor(spawn: () => Worker, events: WorkerEvents) {
    this.#events = events;
    try {
      this.#worker = spawn();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      queueMicrotask(() => this.#fail({ cause: 'unloadable', detail }));
      return;
    }
    this.#listen(this.#worker);
    this.#keepAsking();
  }

  /** The channel for jobs, without signs of life. Failures go to `WorkerEvents`. */
  get port(): Port {
    return {
      post: (message, transfer) => this.#worker?.postMessage(message, transfer),
      listen: (onMessage) => {
        this.#receive = onMessage;
      },
      close: () => this.end(),
    };
  }

  get ready(): boolean {
    return this.#ready && !this.#over;
  }

  /** Ends the worker; no event follows. */
  end(): void {
    this.#over = true;
    clearInterval(this.#timer);
    this.#noLongerWaiting.abort();
    this.#worker?.terminate();
  }

  #listen(worker: Worker): void {
    worker.addEventListener('message', ({ data }) => {
      if (this.#over) return;
      this.#noteSign();
      if (!isLifeSign(data)) this.#receive(data);
      else if (data.life === 'hello') this.#greet(data.lock);
    });
    worker.addEventListener('messageerror', () =>
      this.#fail({ cause: 'failed', detail: 'a message was lost' }),
    );
    worker.addEventListener('error', (event) => {
      // Otherwise an error in a worker's worker is also reported as one of the worker that started it, and ends that too.
      if (typeof document === 'undefined') event.preventDefault();
      this.#fail({ cause: this.#ready ? 'failed' : 'unloadable', detail: event.message ?? '' });
    });
  }

  #greet(lock: string | null): void {
    this.#ready = true;
    this.#events.onReady?.();
    const locks: LockManager | undefined = navigator.locks;
    if (lock === null || !locks) return;
    const { signal } = this.#noLongerWaiting;
    clearInterval(this.#timer);
    const waiting = locks.request(lock, { signal }, () =>
      this.#fail({ cause: 'ended', detail: '' }),
    );
    // Rejects when this side stops waiting, and where it may not use locks: then the worker is asked.
    waiting.catch(() => this.#over || this.#keepAsking());
  }

  #keepAsking(): void {
    this.#timer = setInterval(() => this.#tick(), ASK_EVERY_MS);
  }

  #noteSign(): void {
    if (this.#missed >= PATIENCE) this.#events.onSilence(false);
    this.#missed = 0;
  }

  #tick(): void {
    if (this.#ready) this.#worker?.postMessage(PING);
    this.#missed++;
    if (this.#missed === PATIENCE) this.#events.onSilence(true);
  }

  #fail(failure: WorkerFailure): void {
    if (this.#over) return;
    this.end();
    this.#events.onFailure(failure);
  }
}
