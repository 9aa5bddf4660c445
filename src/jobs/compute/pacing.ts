/** What a call should take: what else the worker has to do waits for it. */
const TARGET_MS = 40;
const LARGEST = 16_384;
/** The next call is at most this many times the last, for a small one says little of a large one. */
const GROWTH = 4;

/** How many points go into the next call, so that it takes about as long as others may wait. */
export class Bands {
  #size: number;

  /** @param guessMs what a point takes, as far as one can tell before the first call */
  constructor(guessMs: number) {
    this.#size = within(TARGET_MS / guessMs);
  }

  get size(): number {
    return this.#size;
  }

  /** Learns from a call of `points` points. */
  took(points: number, ms: number): void {
    this.#size = within(Math.min(GROWTH * points, (TARGET_MS * points) / ms));
  }
}

/** 0 milliseconds make infinitely many points. */
const within = (points: number): number => Math.max(1, Math.min(LARGEST, Math.floor(points)));

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
