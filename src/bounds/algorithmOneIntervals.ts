import type { Model } from '../model/model.ts';
import { neuronBounds } from './algorithmOne.ts';
import type { LocalBound, NeuronIntervals } from './localBound.ts';
import { type NeuronBounds, Recursion } from './recursion.ts';
import type { Rounding } from './rounding.ts';

/** Algorithm 1 (guarded) as a rung of the ladder: A ∓ U_raw, or A and its rounding; and its own S, which counts tangency. */
export class AlgorithmOneIntervals implements LocalBound {
  readonly #recursion: Recursion;
  readonly #found: NeuronBounds;

  constructor(net: Model, rounding: Rounding) {
    this.#recursion = new Recursion(net, rounding);
    this.#found = neuronBounds(net.neurons);
  }

  run(points: ArrayLike<number>, at: number, r: number, out: NeuronIntervals, outAt: number): void {
    const { A, rawU, S } = this.#found;
    const { slack } = this.#recursion;
    this.#recursion.run(points, at, r, 'guarded', this.#found, 0);
    for (let i = 0; i < A.length; i++) {
      const reach = Math.max(rawU[i], slack[i]);
      out.lo[outAt + i] = A[i] - reach;
      out.hi[outAt + i] = A[i] + reach;
      out.S[outAt + i] = S[i];
    }
  }
}
