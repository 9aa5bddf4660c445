/** What a call should take: the worker's other work waits for it. */
const TARGET_MS = 40;
const LARGEST = 16_384;
/** The next call is at most this many times the last: a small one says little about a large one. */
const GROWTH = 4;

/** How many points go into the next call, so that it takes about as long as others may wait. */
export class Bands {
  #size: number;

  /** @param guessMs estimated time per point, before the first call is measured */
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

/** Sends at most once per interval, and always sends the last request. */
export class Throttle {
  readonly #everyMs: number;
  readonly #send: () => void;
  #sentAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(everyMs: number, send: () => void) {
    this.#everyMs = everyMs;
    this.#send = send;
  }

  /** Everything has just been sent some other way: the interval starts again. */
  sent(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sentAt = performance.now();
  }

  request(): void {
    const wait = this.#sentAt + this.#everyMs - performance.now();
    if (wait <= 0) this.#send();
    else this.#timer ??= setTimeout(this.#send, wait);
  }
}
