import { InputError } from '../../../src/errors.ts';
import type { Input } from '../io.ts';
import { reason } from '../reason.ts';

const PIECE_BYTES = 2 ** 18;

/** The bytes of a file in order, with a look at what comes next. */
export class Pieces {
  /** Bytes handed out so far. */
  taken = 0;
  readonly #input: Input;
  #ahead: Uint8Array | undefined;

  constructor(input: Input) {
    this.#input = input;
  }

  get size(): number | undefined {
    return this.#input.size;
  }

  /** The piece that `next` will give, without taking it: at least `least` bytes, fewer only at the end of the file. */
  async ahead(least = 1): Promise<Uint8Array> {
    let piece = this.#ahead ?? new Uint8Array();
    while (piece.length < least) {
      const more = await this.#read((input) => input.next(PIECE_BYTES));
      if (more.length === 0) break;
      const joined = new Uint8Array(piece.length + more.length);
      joined.set(piece);
      joined.set(more, piece.length);
      piece = joined;
    }
    this.#ahead = piece;
    return piece;
  }

  /** The next piece, at most `most` bytes; empty at the end. */
  async next(most = PIECE_BYTES): Promise<Uint8Array> {
    const piece = await this.ahead();
    const part = piece.subarray(0, most);
    this.#ahead = part.length < piece.length ? piece.subarray(part.length) : undefined;
    this.taken += part.length;
    return part;
  }

  /** Exactly `length` bytes, fewer only at the end of the file. */
  async exactly(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const piece = await this.next(length - filled);
      if (piece.length === 0) return bytes.subarray(0, filled);
      bytes.set(piece, filled);
      filled += piece.length;
    }
    return bytes;
  }

  /** `length` bytes from `position` on, independent of the reading position. */
  at(position: number, length: number): Promise<Uint8Array> {
    return this.#read((input) => input.at(position, length));
  }

  async #read(read: (input: Input) => Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      return await read(this.#input);
    } catch (error) {
      throw new InputError(`cannot be read (${reason(error)})`);
    }
  }
}
