/** Lets one piece of work run after the other, in the order in which they are asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * What `work` comes to in its turn. Rejects at once, and does no work, when the signal is aborted before that; from then on
   * the work itself has to listen.
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
      // The caller that is next does not care how this one ended.
      this.#last = turn.catch(() => {});
    });
  }
}
