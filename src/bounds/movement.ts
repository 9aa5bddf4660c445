import type { Layer } from '../network/network.ts';
import { type InputList, reaches } from './sums.ts';

/**
 * Which neurons change anywhere in a ball, told by the weights: one that no changing input reaches through a weight that
 * is not 0 is constant, and cannot switch, whatever rounding did to its value. Layer by layer; allocates nothing.
 */
export class Movement {
  /** Of the layer before, those that change. */
  readonly #inputs: InputList;
  /** `[width]`, of the layer at hand. */
  readonly #moves: Uint8Array;

  constructor(width: number) {
    this.#inputs = { at: new Uint32Array(width), count: 0 };
    this.#moves = new Uint8Array(width);
  }

  /** Neuron j of the first hidden layer: answers `moves`. */
  begin(j: number, moves: boolean): boolean {
    this.#moves[j] = moves ? 1 : 0;
    return moves;
  }

  /** Whether neuron j of a later layer changes. */
  reach(layer: Layer, j: number): boolean {
    return this.begin(j, reaches(layer, j, this.#inputs));
  }

  /** Before the neurons of the layer at hand are handed on. */
  clear(): void {
    this.#inputs.count = 0;
  }

  /** Hands on neuron j; `zero` where its post-activation is zero in the whole ball. */
  hand(j: number, zero: boolean): void {
    if (this.#moves[j] === 1 && !zero) this.#inputs.at[this.#inputs.count++] = j;
  }

  /** Of the layer at hand. */
  moves(j: number): boolean {
    return this.#moves[j] === 1;
  }
}
