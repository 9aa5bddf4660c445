import type { Port } from '../../src/jobs/port.ts';
import { PATIENCE_SECONDS, type WorkerFailure } from '../../src/jobs/services.ts';
import { isLifeSign, PING } from './alive.ts';

export interface WorkerHearing {
  /** It is there and can be asked. */
  onReady?(): void;
  /** It does nothing more, and has been ended. Comes once at most. */
  onFailure(failure: WorkerFailure): void;
  /** It has not been heard of for long, or (false) it has after all. It may be slow: whoever hears this decides. */
  onSilence(silent: boolean): void;
}

const LISTEN_EVERY_MS = 2000;
/** So many times in a row nothing was heard. Turns are counted, not time, because a computer that was asleep has lost hours. */
const PATIENCE = (1000 * PATIENCE_SECONDS) / LISTEN_EVERY_MS;

/**
 * A worker with an eye on it. That a script is missing, an error event tells at once. That a worker was closed no event
 * tells: it holds a Web Lock as long as it lives, and who waits for that lock gets it when the worker is no more, however
 * long its work takes in between. Where there are no locks it is asked every two seconds whether it is there.
 */
export class WatchedWorker {
  readonly #worker: Worker | null = null;
  readonly #hearing: WorkerHearing;
  readonly #noLongerWaiting = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  #unheard = 0;
  #ready = false;
  #over = false;
  #hear: (message: unknown) => void = () => {};

  /** @param spawn may throw: that is a failure like others */
  constructor(spawn: () => Worker, hearing: WorkerHearing) {
    this.#hearing = hearing;
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

  /** A channel for what is said about work, and not about being there. Failures are told to whoever watches. */
  get port(): Port {
    return {
      post: (message, transfer) => this.#worker?.postMessage(message, transfer),
      listen: (onMessage) => {
        this.#hear = onMessage;
      },
      close: () => this.end(),
    };
  }

  get ready(): boolean {
    return this.#ready && !this.#over;
  }

  /** Ends the worker; nothing is heard of it any more. */
  end(): void {
    this.#over = true;
    clearInterval(this.#timer);
    this.#noLongerWaiting.abort();
    this.#worker?.terminate();
  }

  #listen(worker: Worker): void {
    worker.addEventListener('message', ({ data }) => {
      if (this.#over) return;
      this.#heard();
      if (!isLifeSign(data)) this.#hear(data);
      else if (data.life === 'hello') this.#greet(data.lock);
    });
    worker.addEventListener('messageerror', () =>
      this.#fail({ cause: 'failed', detail: 'a message was lost' }),
    );
    worker.addEventListener('error', (event) => {
      // Else an error in a worker's worker would be reported as one of the worker that started it, and end that as well.
      if (typeof document === 'undefined') event.preventDefault();
      this.#fail({ cause: this.#ready ? 'failed' : 'unloadable', detail: event.message ?? '' });
    });
  }

  #greet(lock: string | null): void {
    this.#ready = true;
    this.#hearing.onReady?.();
    const locks: LockManager | undefined = navigator.locks;
    if (lock === null || !locks) return;
    const { signal } = this.#noLongerWaiting;
    clearInterval(this.#timer);
    const waiting = locks.request(lock, { signal }, () =>
      this.#fail({ cause: 'ended', detail: '' }),
    );
    // Rejects where nobody waits any more, and where this side may not have locks: then the worker is asked.
    waiting.catch(() => this.#over || this.#keepAsking());
  }

  #keepAsking(): void {
    this.#timer = setInterval(() => this.#tick(), LISTEN_EVERY_MS);
  }

  #heard(): void {
    if (this.#unheard >= PATIENCE) this.#hearing.onSilence(false);
    this.#unheard = 0;
  }

  #tick(): void {
    if (this.#ready) this.#worker?.postMessage(PING);
    this.#unheard++;
    if (this.#unheard === PATIENCE) this.#hearing.onSilence(true);
  }

  #fail(failure: WorkerFailure): void {
    if (this.#over) return;
    this.end();
    this.#hearing.onFailure(failure);
  }
}
