import { type Random, shuffle } from '../random.ts';

/** Walks through samples in mini-batches, in a new random order every epoch; no sample is left out. */
export class Batches {
  /** The samples of this epoch, in order. */
  readonly order: Uint32Array;
  /** Full epochs done. */
  epochs = 0;
  /** Place in `order` of the first sample of the current batch. */
  from = 0;
  private readonly random: Random;

  constructor(count: number, random: Random) {
    this.random = random;
    this.order = Uint32Array.from({ length: count }, (_, i) => i);
    shuffle(this.order, random);
  }

  /** Place after the last sample of the current batch; the last batch of an epoch may be short. */
  end(batchSize: number): number {
    return Math.min(this.from + batchSize, this.order.length);
  }

  /** Goes to the batch that starts at `from`, or to the next epoch. */
  advance(from: number): void {
    this.from = from;
    if (from < this.order.length) return;
    this.from = 0;
    this.epochs++;
    shuffle(this.order, this.random);
  }
}
