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
