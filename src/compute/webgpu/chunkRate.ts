/**
 * Assumed multiply-adds per millisecond of an unknown device: a software adapter's, so that the first chunk is never
 * long.
 */
const FIRST_GUESS = 50_000;
const LONGEST_LATENCY = 10;
/** How many times shorter chunks start where they may take much longer than earlier ones. */
const CAUTION = 64;

/** How much work one kernel does per time, learned from chunk to chunk. */
export class ChunkRate {
  #rate = FIRST_GUESS;
  /** The shortest time of a chunk, as an estimate of the round trip to the GPU. */
  #latency = LONGEST_LATENCY;

  /** Multiply-adds that take about `ms`. */
  workIn(ms: number): number {
    return this.#rate * ms;
  }

  /** Earlier chunks do not predict the next ones, which start short and grow again. */
  doubt(): void {
    this.#rate = Math.max(Math.min(FIRST_GUESS, this.#rate), this.#rate / CAUTION);
  }

  /**
   * Chunks may grow fourfold or shrink by half at a time: a single hiccup says little. The round trip to the GPU takes
   * time however small the chunk is; if it were included, slow chunks would become ever smaller.
   */
  learn(work: number, ms: number): void {
    this.#latency = Math.min(this.#latency, ms);
    const rate = work / Math.max(ms - this.#latency, ms / 8);
    this.#rate = Math.min(4 * this.#rate, Math.max(this.#rate / 2, rate));
  }
}
