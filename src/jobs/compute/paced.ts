/** Tells news at once where the last are old enough, and else as soon as they are: the last news are always told. */
export class Paced {
  readonly #everyMs: number;
  readonly #tell: () => void;
  #toldAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(everyMs: number, tell: () => void) {
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  /** Others have just told all there is. */
  told(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#toldAt = performance.now();
  }

  news(): void {
    const wait = this.#toldAt + this.#everyMs - performance.now();
    if (wait <= 0) this.#tell();
    else this.#timer ??= setTimeout(this.#tell, wait);
  }
}
