import type { Model } from '../../model/model.ts';
import type { Compute, ComputeOptions, Distances } from '../compute.ts';

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

  /** The distances, with those of unclear points computed again by the reference; the progress is that of all. */
  async finish(
    reference: Compute,
    net: Model,
    points: Float64Array,
    options: ComputeOptions | undefined,
  ): Promise<Distances> {
    const { distance, neuron } = this.distances;
    if (this.unclear.length > 0) {
      const d = net.inputs;
      const chosen = new Float64Array(this.unclear.length * d);
      this.unclear.forEach((i, at) => {
        chosen.set(points.subarray(i * d, i * d + d), at * d);
      });
      const exact = await reference.distances(net, chosen, quietly(options));
      this.unclear.forEach((i, at) => {
        distance[i] = exact.distance[at];
        neuron[i] = exact.neuron[at];
      });
    }
    if (distance.length > 0) options?.onProgress?.(1);
    return this.distances;
  }
}

/** The same call without progress. */
export const quietly = (options: ComputeOptions | undefined): ComputeOptions =>
  options?.signal ? { signal: options.signal } : {};

/** Progress except for its end, which comes when what 32 bits leave open has been computed again. */
export function shortOfTheEnd(options: ComputeOptions | undefined): ComputeOptions {
  const { onProgress } = options ?? {};
  if (!onProgress) return quietly(options);
  return {
    ...options,
    onProgress: (done) => {
      if (done < 1) onProgress(done);
    },
  };
}
