/**
 * Makes long work wait where it is, and lets it go on. It is held as long as anybody holds it: what a person stopped does
 * not go on because a hidden page is shown again.
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
    if (this.held !== before) for (const hear of [...this.#listeners]) hear(this.held);
  }

  /** Hears whether the work is held, now and at every change; returns what ends that. */
  watch(hear: (held: boolean) => void): () => void {
    this.#listeners.add(hear);
    hear(this.held);
    return () => this.#listeners.delete(hear);
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
