import type { Layer } from '../model/model.ts';
import { type InputList, reaches } from './sums.ts';

/**
 * Which neurons change anywhere in a ball, decided by the weights: a neuron that no changing input reaches through a
 * nonzero weight is constant and cannot switch, whatever the rounding error of its value. Layer by layer; allocates
 * nothing.
 */
export class Movement {
  /** Neurons of the layer before that change. */
  readonly #inputs: InputList;
  /** `[width]`, for the current layer. */
  readonly #moves: Uint8Array;

  constructor(width: number) {
    this.#inputs = { at: new Uint32Array(width), count: 0 };
    this.#moves = new Uint8Array(width);
  }

  /** Whether neuron j of the first hidden layer changes. */
  begin(j: number, moves: boolean): boolean {
    this.#moves[j] = moves ? 1 : 0;
    return moves;
  }

  /** Whether neuron j of a later layer changes. */
  reach(layer: Layer, j: number): boolean {
    return this.begin(j, reaches(layer, j, this.#inputs));
  }

  /** To be called before the neurons of the current layer are passed on. */
  clear(): void {
    this.#inputs.count = 0;
  }

  /** Passes on neuron j; `zero` if its post-activation is zero in the whole ball. */
  hand(j: number, zero: boolean): void {
    if (this.#moves[j] === 1 && !zero) this.#inputs.at[this.#inputs.count++] = j;
  }

  /** Of the layer at hand. */
  moves(j: number): boolean {
    return this.#moves[j] === 1;
  }
}
