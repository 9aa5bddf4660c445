import type { Points } from '../compute.ts';

/** The module's functions for numbers that are copied in; addresses in bytes, `end` after the last number. */
export interface NumberExports {
  readonly memory: WebAssembly.Memory;
  largest32(at: number, end: number): number;
  largest64(at: number, end: number): number;
  demote(at: number, end: number, to: number): void;
}

/** Few enough to stay in the nearest cache while they are checked. */
const PIECE = 4096;
/** Bytes of room that `NumberPort` needs: a piece in 64 bits. */
export const PORT_BYTES = 8 * PIECE;

const INFINITE = 0x7f800000;
/** Rounding to 32 bits takes less than this share of a number, and half the smallest one. */
const ROUNDING = 2 ** -24;
const SMALLEST = 2 ** -149;

/** Copies numbers into the kernels' memory, a piece at a time, through a buffer there. */
export class NumberPort {
  readonly #exports: NumberExports;
  readonly #at: number;

  /** `at` is the address of `PORT_BYTES` bytes, a multiple of 16. */
  constructor(exports: NumberExports, at: number) {
    this.#exports = exports;
    this.#at = at;
  }

  /**
   * At least the largest absolute value, or 0, and at most 2⁻²³ of it and 2⁻¹⁴⁹ more. NaN where one is not finite or
   * too large for 32 bits. Other work on the memory may be running.
   */
  largest(values: Points): number {
    let most = 0;
    for (let from = 0; from < values.length; from += PIECE) {
      const end = this.#bring(values.subarray(from, from + PIECE));
      const { largest32, largest64 } = this.#exports;
      const bits =
        values instanceof Float32Array ? largest32(this.#at, end) : largest64(this.#at, end);
      most = Math.max(most, bits);
    }
    if (most >= INFINITE) return Number.NaN;
    const [value] = new Float32Array(Int32Array.of(most).buffer);
    return values instanceof Float32Array ? value : value * (1 + 2 * ROUNDING) + SMALLEST;
  }

  /** Writes the numbers in 32 bits to the address `to`, and up to three zeros after them. */
  pass(values: Points, to: number): void {
    if (values instanceof Float32Array) {
      new Float32Array(this.#exports.memory.buffer, to).set(values);
      return;
    }
    for (let from = 0; from < values.length; from += PIECE) {
      const end = this.#bring(values.subarray(from, from + PIECE));
      this.#exports.demote(this.#at, end, to + 4 * from);
    }
  }

  /** Copies a piece to the room, zeros after it up to a multiple of four numbers; ends at the result. */
  #bring(piece: Points): number {
    const { buffer } = this.#exports.memory;
    const length = 4 * Math.ceil(piece.length / 4);
    const kind = piece instanceof Float32Array ? Float32Array : Float64Array;
    const room = new kind(buffer, this.#at, length);
    room.set(piece);
    room.fill(0, piece.length);
    return this.#at + room.byteLength;
  }
}
