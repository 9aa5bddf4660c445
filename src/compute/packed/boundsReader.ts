import { neuronBounds } from '../../bounds/algorithmOne.ts';
import { hiddenWidths, type Network } from '../../network/network.ts';
import type { Bounds } from '../compute.ts';
import type { BatchLayout } from './layout.ts';

/** Bounds of the n points of a batch, from the words the kernel wrote. */
export class BoundsReader {
  readonly bounds: Bounds;
  /** Points of which some neuron is too close to call in 32 bits. */
  readonly unclear: number[] = [];
  readonly #layers: number;
  readonly #neurons: number;
  readonly #resultWords: number;

  constructor(net: Network, n: number, layout: BatchLayout, detail: boolean) {
    const widths = hiddenWidths(net);
    this.#layers = widths.length;
    this.#neurons = widths.reduce((sum, width) => sum + width, 0);
    this.#resultWords = layout.resultWords;
    const C = new Uint32Array(n * this.#layers);
    this.bounds = detail ? { C, detail: neuronBounds(n * this.#neurons) } : { C };
  }

  read(words: Uint32Array, from: number): void {
    const K = this.#layers;
    const N = this.#neurons;
    const { C, detail } = this.bounds;
    if (!detail) {
      C.set(words, from * K);
      return;
    }
    const count = words.length / this.#resultWords;
    const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
    for (let i = 0; i < count; i++) {
      const at = i * this.#resultWords;
      for (let k = 0; k < K; k++) C[(from + i) * K + k] = words[at + k];
      let clear = true;
      for (let j = 0; j < N; j++) {
        const word = at + K + 4 * j;
        const to = (from + i) * N + j;
        const flags = words[word + 3];
        detail.A[to] = floats[word];
        detail.U[to] = floats[word + 1];
        detail.rawU[to] = floats[word + 2];
        detail.P[to] = flags & 1;
        detail.S[to] = (flags >> 1) & 1;
        clear &&= (flags & 4) !== 0;
      }
      if (!clear) this.unclear.push(from + i);
    }
  }
}
