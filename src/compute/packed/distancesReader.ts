import type { Distances } from '../compute.ts';

/** Words that the kernel writes for one point: distance, neuron, and whether to recompute in 64 bits. */
const RESULT_WORDS = 3;

/** Distances of the n points of a batch, from the words the kernel wrote. */
export class DistancesReader {
  readonly distances: Distances;
  /** Points where some gradient cannot be distinguished from zero while its crease could be the nearest. */
  readonly unclear: number[] = [];

  constructor(n: number) {
    this.distances = { distance: new Float32Array(n), neuron: new Int32Array(n) };
  }

  read(words: Uint32Array, from: number): void {
    const { distance, neuron } = this.distances;
    const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
    for (let at = 0, i = from; at < words.length; at += RESULT_WORDS, i++) {
      neuron[i] = words[at + 1];
      distance[i] = neuron[i] < 0 ? Number.POSITIVE_INFINITY : floats[at];
      if (words[at + 2] !== 0) this.unclear.push(i);
    }
  }
}
