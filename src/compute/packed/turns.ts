/** Runs one task after another, in the order of the calls. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * The result of `work`, run in its turn. Rejects immediately, without doing any work, if the signal is aborted before
   * that; afterwards the work itself must listen to the signal.
   */
  next<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
      const turn = this.#last.then(async () => {
        signal?.removeEventListener('abort', leave);
        signal?.throwIfAborted();
        return work();
      });
      turn.then(resolve, reject);
      // The next task runs however this one ended.
      this.#last = turn.catch(() => {});
    });
  }
}
