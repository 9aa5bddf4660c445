/**
 * Pauses long work where it is, and resumes it. Work is held as long as there is any reason to: what a person stopped does
 * not resume because a hidden page is shown again.
 */
export class Hold {
  readonly #reasons = new Set<unknown>();
  readonly #listeners = new Set<(held: boolean) => void>();

  get held(): boolean {
    return this.#reasons.size > 0;
  }

  /** Holds the work, or lifts this one reason for holding it. */
  set(held: boolean, reason: unknown = 'stopped'): void {
    const before = this.held;
    if (held) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (this.held !== before) for (const listener of [...this.#listeners]) listener(this.held);
  }

  /** Calls `listener` now and at every change; returns what ends that. */
  watch(listener: (held: boolean) => void): () => void {
    this.#listeners.add(listener);
    listener(this.held);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves as soon as nobody holds the work; rejects with the signal's reason. */
  async opened(signal?: AbortSignal): Promise<void> {
    while (this.held && !signal?.aborted) await this.#change(signal);
    signal?.throwIfAborted();
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#listeners.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      signal?.addEventListener('abort', done);
    });
  }
}
