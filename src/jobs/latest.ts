/**
 * For every cause that makes a newer attempt wanted: how long, in milliseconds, one may have been at work and is cancelled
 * all the same. 0 cancels it at once; with Infinity the newer one waits until it is done.
 */
export type Patience<Cause extends string> = Readonly<Record<Cause, number>>;

/** Cancelled by what made a newer attempt wanted, or by the end of it all. */
class Superseded extends Error {
  override readonly name = 'AbortError';
}

/** Work about the newest state, as it is under way. */
export class Attempt<Cause extends string> {
  patience: Patience<Cause>;
  /** Whether a newer attempt is wanted. */
  outdated = false;
  readonly #cancelling = new AbortController();
  #began = performance.now();
  #wake: () => void = () => {};

  constructor(patience: Patience<Cause>) {
    this.patience = patience;
  }

  get signal(): AbortSignal {
    return this.#cancelling.signal;
  }

  /** What follows has another patience, which counts from now. */
  enter(patience: Patience<Cause>): void {
    this.patience = patience;
    this.#began = performance.now();
  }

  /** Resolves after `ms` milliseconds, or when somebody wakes it; rejects when the attempt is cancelled. */
  async rest(ms: number): Promise<void> {
    this.signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.signal.throwIfAborted();
  }

  wake(): void {
    this.#wake();
  }

  supersede(cause: Cause): void {
    this.outdated = true;
    if (performance.now() - this.#began >= this.patience[cause]) this.cancel();
  }

  cancel(): void {
    this.#cancelling.abort(new Superseded('superseded'));
    this.#wake();
  }
}

/**
 * Work that is always about the newest state. Nothing queues: while an attempt is under way, requests are remembered as
 * one, and the patience with it says whether it is cancelled or finished first.
 */
export class Latest<Cause extends string> {
  readonly #patience: Patience<Cause>;
  readonly #work: (attempt: Attempt<Cause>) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #attempt: Attempt<Cause> | null = null;
  #stopped = false;

  /** @param onError hears what an attempt rejects with, unless it was cancelled */
  constructor(
    patience: Patience<Cause>,
    work: (attempt: Attempt<Cause>) => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.#patience = patience;
    this.#work = work;
    this.#onError = onError;
  }

  /** Works, now or after the attempt at work; any number of requests in between make one. */
  request(cause: Cause): void {
    if (this.#stopped) return;
    if (this.#attempt) this.#attempt.supersede(cause);
    else void this.#run();
  }

  /** Ends a rest of the attempt at work early. */
  wake(): void {
    this.#attempt?.wake();
  }

  /** Cancels the attempt at work, and what was to follow it. */
  cancel(): void {
    if (!this.#attempt) return;
    this.#attempt.outdated = false;
    this.#attempt.cancel();
  }

  /** Cancels the attempt at work; none begins any more. */
  stop(): void {
    this.#stopped = true;
    this.cancel();
  }

  async #run(): Promise<void> {
    let attempt: Attempt<Cause>;
    do {
      attempt = new Attempt(this.#patience);
      this.#attempt = attempt;
      try {
        await this.#work(attempt);
      } catch (error) {
        if (!attempt.signal.aborted) this.#onError(error);
      }
    } while (attempt.outdated && !this.#stopped);
    this.#attempt = null;
  }
}
