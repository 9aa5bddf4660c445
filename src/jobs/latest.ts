/**
 * For every reason to start a newer attempt: the current one is cancelled if it has run for at least this many milliseconds,
 * otherwise it finishes first. 0 cancels it at once, Infinity never.
 */
export type Patience<Cause extends string> = Readonly<Record<Cause, number>>;

/** Cancelled by a newer attempt, or because the session ends. */
class Superseded extends Error {
  override readonly name = 'AbortError';
}

/** One run of the work. */
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

  /** Changes the patience for what follows; it counts from now. */
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
 * Work that is always about the newest state. Nothing queues: requests that come during an attempt are remembered as one,
 * and its patience decides whether it is cancelled or finished first.
 */
export class Latest<Cause extends string> {
  readonly #patience: Patience<Cause>;
  readonly #work: (attempt: Attempt<Cause>) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #attempt: Attempt<Cause> | null = null;
  #stopped = false;

  /** @param onError gets what an attempt rejects with, unless it was cancelled */
  constructor(
    patience: Patience<Cause>,
    work: (attempt: Attempt<Cause>) => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.#patience = patience;
    this.#work = work;
    this.#onError = onError;
  }

  /** Starts an attempt, now or after the current one; any number of requests in between count as one. */
  request(cause: Cause): void {
    if (this.#stopped) return;
    if (this.#attempt) this.#attempt.supersede(cause);
    else void this.#run();
  }

  /** Ends a pause of the current attempt early. */
  wake(): void {
    this.#attempt?.wake();
  }

  /** Cancels the current attempt and the one that would follow. */
  cancel(): void {
    if (!this.#attempt) return;
    this.#attempt.outdated = false;
    this.#attempt.cancel();
  }

  /** Cancels the current attempt; no other starts after this. */
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
