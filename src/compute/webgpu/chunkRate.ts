/** Multiply-adds per millisecond of an unknown device: a software adapter's, so that the first chunk is never long. */
const FIRST_GUESS = 50_000;
const LONGEST_LATENCY = 10;
/** How many times shorter chunks begin where they may take many times as long as those before. */
const CAUTION = 64;

/** How much work one kernel does in a given time, learned from chunk to chunk. */
export class ChunkRate {
  #rate = FIRST_GUESS;
  /** The least that a chunk took, as far as that can be the way there and back. */
  #latency = LONGEST_LATENCY;

  /** Multiply-adds that take about `ms`. */
  workIn(ms: number): number {
    return this.#rate * ms;
  }

  /** What chunks before took says little of those to come, which begin short and grow again. */
  doubt(): void {
    this.#rate = Math.max(Math.min(FIRST_GUESS, this.#rate), this.#rate / CAUTION);
  }

  /**
   * Chunks may grow fourfold or shrink by half at a time: a single hiccup says little. The way to the GPU and back
   * takes its time however small the chunk is; left in, it would make slow chunks ever smaller.
   */
  learn(work: number, ms: number): void {
    this.#latency = Math.min(this.#latency, ms);
    const rate = work / Math.max(ms - this.#latency, ms / 8);
    this.#rate = Math.min(4 * this.#rate, Math.max(this.#rate / 2, rate));
  }
}
