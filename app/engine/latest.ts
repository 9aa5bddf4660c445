/**
 * A job that is always about the newest state: while one runs, requests are not queued but remembered as one, and
 * the job runs once more with whatever is newest then.
 */
export class Latest {
  #busy = false;
  #again = false;
  readonly #job: () => Promise<void>;
  readonly #onError: (error: unknown) => void;

  constructor(job: () => Promise<void>, onError: (error: unknown) => void) {
    this.#job = job;
    this.#onError = onError;
  }

  /** Runs the job after the one at work; any number of requests in between make one run. */
  request(): void {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    do {
      this.#again = false;
      try {
        await this.#job();
      } catch (error) {
        this.#onError(error);
      }
    } while (this.#again);
    this.#busy = false;
  }
}
