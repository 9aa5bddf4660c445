import { InputError, quoted } from '../../../src/errors.ts';
import { NUMBER } from '../options.ts';
import type { NumberTable } from './numberTable.ts';
import type { Pieces } from './pieces.ts';

/** Longer lines are no table of numbers; without a limit a file of another kind would fill the memory. */
const LONGEST_LINE = 2 ** 24;

/**
 * Comma-separated numbers, one row a line, as RFC 4180 has them: cells may be quoted, lines may end in CR LF. Spaces
 * around a cell and empty lines do not matter. A first line without any number holds the column titles.
 */
export async function readCsv(pieces: Pieces): Promise<NumberTable> {
  const lines = new Lines(pieces);
  const first = await lines.next();
  if (first === undefined) throw new InputError('holds no numbers');
  const cells = split(first, lines.number);
  const titled = cells.every((cell) => !looksLikeNumber(cell));
  const columns = cells.length;
  let waiting = titled ? undefined : first;
  /** Line numbers of the rows that came last. */
  let places: number[] = [];
  return {
    columns,
    names: titled ? cells.map((cell) => cell.replace(/^#\s*/, '')) : undefined,
    rows: undefined,
    async next(most) {
      const values: number[] = [];
      places = [];
      while (places.length < most) {
        const line = waiting ?? (await lines.next());
        waiting = undefined;
        if (line === undefined) break;
        readRow(line, lines.number, columns, values);
        places.push(lines.number);
      }
      return Float64Array.from(values);
    },
    place: (i) => `line ${places[i]}`,
    fraction: () => (pieces.size === undefined ? undefined : pieces.taken / pieces.size),
  };
}

/** Appends the numbers of a line to `values`. */
function readRow(line: string, number: number, columns: number, values: number[]): void {
  const cells = split(line, number);
  if (cells.length !== columns)
    throw new InputError(
      `line ${number} has ${count(cells.length)}, but the first line has ${count(columns)}`,
    );
  for (let i = 0; i < columns; i++) {
    const cell = cells[i];
    const value = Number(cell);
    if (!NUMBER.test(cell) || !Number.isFinite(value)) {
      const what = looksLikeNumber(cell) ? 'a finite number' : 'a number';
      throw new InputError(`line ${number}, column ${i + 1}: ${quoted(cell)} is not ${what}`);
    }
    values.push(value);
  }
}

const looksLikeNumber = (cell: string): boolean =>
  NUMBER.test(cell) || /^[+-]?(nan|inf(inity)?)$/i.test(cell);

const count = (columns: number) => `${columns} column${columns === 1 ? '' : 's'}`;

/** The cells of a line, without spaces around them and without quotes. */
function split(line: string, number: number): string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  const cells: string[] = [];
  const cell = /\s*(?:"((?:[^"]|"")*)"\s*|([^",]*))(,|$)/y;
  for (;;) {
    const found = cell.exec(line);
    if (!found) throw new InputError(`line ${number}: the quotes do not match`);
    cells.push((found[1]?.replaceAll('""', '"') ?? found[2]).trim());
    if (found[3] === '') return cells;
  }
}

/** Lines with something on them, as text. */
class Lines {
  /** Of the line that came last, from 1. */
  number = 0;
  readonly #pieces: Pieces;
  readonly #decoder = new TextDecoder();
  #lines: string[] = [];
  #at = 0;
  #rest = '';
  #ended = false;

  constructor(pieces: Pieces) {
    this.#pieces = pieces;
  }

  async next(): Promise<string | undefined> {
    for (;;) {
      while (this.#at < this.#lines.length) {
        const line = this.#lines[this.#at++];
        this.number++;
        if (line.trim() !== '') return line;
      }
      if (this.#ended) return undefined;
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const piece = await this.#pieces.next();
    this.#ended = piece.length === 0;
    this.#rest += this.#decoder.decode(piece, { stream: !this.#ended });
    if (!this.#ended && this.#rest.length > LONGEST_LINE && !/[\r\n]/.test(this.#rest))
      throw new InputError(`line ${this.number + 1} is too long for a row of numbers`);
    // A CR at the very end may be half of a line's end.
    const lines = this.#rest.split(/\r\n|\n|\r(?!$)/);
    this.#rest = this.#ended ? '' : (lines.pop() ?? '');
    this.#lines = lines;
    this.#at = 0;
  }
}
