import { InputError } from '../../../src/errors.ts';
import type { Input, Io } from '../io.ts';
import { reason } from '../reason.ts';
import { readCsv } from './csv.ts';
import { isNpy, readNpy } from './npy.ts';

/** Rows of equally many finite numbers, read piece by piece. Complaints name the place in the file. */
export interface NumberTable {
  readonly columns: number;
  /** Column titles, where the file has them. */
  readonly names: readonly string[] | undefined;
  /** Number of rows, where the file says so at its beginning. */
  readonly rows: number | undefined;
  /** The next rows, `[≤ most × columns]`; empty at the end. */
  next(most: number): Promise<Float64Array>;
  /** Where row i of those that came last stands in the file: "line 12". */
  place(i: number): string;
  /** Share of the file that has been read; `undefined` where its length is not known. */
  fraction(): number | undefined;
}

/** An open file of numbers. */
export interface TableFile extends NumberTable {
  readonly path: string;
  close(): Promise<void>;
}

const PIECE_BYTES = 2 ** 18;

/**
 * Opens a CSV or .npy file; which of the two, its first bytes tell. A .npy array of one axis is one row where several
 * `columns` are expected, and one column otherwise. Throws `InputError` naming the file.
 */
export async function openTable(path: string, columns: number, io: Io): Promise<TableFile> {
  const named = (error: unknown): never => {
    if (error instanceof InputError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  };
  const input = await io.open(path).catch((error: unknown): never => {
    throw new InputError(`${path}: cannot be read (${reason(error)})`);
  });
  const pieces = new Pieces(input);
  try {
    const table = isNpy(await pieces.ahead())
      ? await readNpy(pieces, columns)
      : await readCsv(pieces);
    return {
      path,
      columns: table.columns,
      names: table.names,
      rows: table.rows,
      next: (most) => table.next(most).catch(named),
      place: (i) => table.place(i),
      fraction: () => table.fraction(),
      close: () => input.close(),
    };
  } catch (error) {
    await input.close();
    return named(error);
  }
}

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

  /** The piece that `next` will give, without taking it. */
  async ahead(): Promise<Uint8Array> {
    this.#ahead ??= await this.#read((input) => input.next(PIECE_BYTES));
    return this.#ahead;
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

  /** `length` bytes from `position` on, wherever the reading stands. */
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
