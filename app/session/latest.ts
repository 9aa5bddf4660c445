/**
 * A job that is always about the newest state: while one runs, requests are not queued but remembered as one, and
 * the job runs once more with whatever is newest then.
 */
export class Latest {
  #busy = false;
  #again = false;
  #stopped = false;
  readonly #job: () => Promise<void>;
  readonly #onError: (error: unknown) => void;

  constructor(job: () => Promise<void>, onError: (error: unknown) => void) {
    this.#job = job;
    this.#onError = onError;
  }

  /** Runs the job after the one at work; any number of requests in between make one run. */
  request(): void {
    if (this.#stopped) return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    void this.#run();
  }

  /** No job begins any more; the one at work is the last. */
  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    do {
      this.#again = false;
      try {
        await this.#job();
      } catch (error) {
        if (!this.#stopped) this.#onError(error);
      }
    } while (this.#again && !this.#stopped);
    this.#busy = false;
  }
}
