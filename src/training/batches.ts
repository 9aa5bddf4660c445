import { type RandomPlace, type RandomSequence, randomSequence, shuffle } from '../random.ts';

/** Where a walk through the samples stands. Plain data; what is in it does not change. */
export interface BatchState {
  readonly order: Uint32Array;
  readonly epochs: number;
  readonly from: number;
  readonly random: RandomPlace;
}

/** Walks through samples in mini-batches, in a new random order every epoch; no sample is left out. */
export class Batches {
  /** The samples of this epoch, in order. */
  readonly order: Uint32Array;
  /** Full epochs done. */
  epochs = 0;
  /** Place in `order` of the first sample of the current batch. */
  from = 0;
  private random: RandomSequence;

  constructor(count: number, random: RandomPlace) {
    this.random = randomSequence(random);
    this.order = Uint32Array.from({ length: count }, (_, i) => i);
    shuffle(this.order, this.random.next);
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
    shuffle(this.order, this.random.next);
  }

  /** A copy of where the walk stands. An order depends on all before it, so it is part of the copy. */
  save(): BatchState {
    const { order, epochs, from, random } = this;
    return { order: order.slice(), epochs, from, random: random.place() };
  }

  /** Continues from a state that a walk through equally many samples had. */
  restore({ order, epochs, from, random }: BatchState): void {
    this.order.set(order);
    this.epochs = epochs;
    this.from = from;
    this.random = randomSequence(random);
  }
}
