import { counted, InputError, quoted } from '../errors.ts';
import {
  beginsLikeNumber,
  isMissing,
  isSpreadsheetError,
  numberIn,
  type Separator,
  separatorOf,
  splitLine,
} from './cells.ts';
import { recordsOf, TABLE_LIMITS, type TableRecord } from './records.ts';

/** A column of a table whose cells are numbers, all or most of them. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  /** `[rows]`; NaN where a cell holds no number, which `trouble` then says. */
  readonly values: Float64Array;
  /** Why the column cannot be used, in one sentence with line and column; undefined where it can. */
  readonly trouble: string | undefined;
  /** How its decimals are written, and the line that shows it; undefined where all numbers are whole. */
  readonly mark: { readonly kind: 'comma' | 'point'; readonly line: number } | undefined;
}

/** A column whose cells are text, or mostly. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly values: readonly string[];
  readonly trouble: string | undefined;
}

/** A column without anything in it. */
export interface EmptyColumn {
  readonly kind: 'empty';
  readonly name: string;
}

/** A column by what its cells hold. */
export type TableColumn = NumberColumn | TextColumn | EmptyColumn;

/** A table as a spreadsheet or a script writes it. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  /** `[rows]` the line that each row begins at, from 1. */
  readonly lines: Uint32Array;
  readonly separator: Separator;
}

/** Rows by which the separator is found. */
const SAMPLE = 200;

/**
 * Reads a table of numbers and texts: separated by semicolons, tabs, bars, commas or spaces, which is found; cells may be
 * quoted, with line ends and doubled quotes inside; decimals have a point or a comma. Titles are found: a first row in which
 * nothing begins like a number. Empty rows, rows of separators only, and empty cells behind the last column do not
 * matter.
 *
 * @param text with or without a byte order mark; lines end in LF, CR LF or CR
 * @throws InputError naming the line where a row is too long or too short, or quotes do not match
 */
export function readTable(text: string): Table {
  const { records, separator: told } = recordsOf(text);
  if (records.length === 0) throw new InputError('holds no rows');
  const separator = SEPARATORS.find((known) => known === told) ?? separatorFor(records);
  const split = ({ text, line }: TableRecord) => splitLine(text, separator, line);
  const first = split(records[0]);
  const titled = !first.every(isMissing) && !first.some(beginsLikeNumber);
  const body = (titled ? records.slice(1) : records).filter(
    (record) => /[\p{L}\p{Nd}]/u.test(record.text) || split(record).some((cell) => cell !== ''),
  );
  if (body.length === 0) throw new InputError('holds titles but no rows');
  const width = widthOf(titled ? [records[0], ...body] : body, split);
  const columns = Array.from(
    { length: width },
    (_, i) => new ColumnReader(i, titled ? (first[i] ?? '') : '', body, separator),
  );
  body.forEach((record, row) => {
    const cells = split(record);
    for (let i = 0; i < width; i++) columns[i].take(cells[i], row);
  });
  const texts = columns.filter((column) => column.isText);
  if (texts.length > 0)
    body.forEach((record, row) => {
      const cells = split(record);
      for (const column of texts) column.takeText(cells[column.index], row);
    });
  return {
    rows: body.length,
    columns: columns.map((column) => column.result()),
    lines: Uint32Array.from(body, ({ line }) => line),
    separator,
  };
}

const SEPARATORS: readonly Separator[] = [';', '\t', '|', ',', ' '];

const lastFilled = (cells: readonly string[]): number => {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === '') length--;
  return length;
};

/** The first separator that divides all rows at the beginning into equally many cells, two or more. */
function separatorFor(records: readonly TableRecord[]): Separator {
  const sample = records.slice(0, SAMPLE);
  const divides = (separator: Separator): boolean => {
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (const { text, line } of sample) {
      const cells = cellsOrNone(text, separator, line);
      if (cells === undefined) return false;
      least = Math.min(least, cells.length);
      most = Math.max(most, lastFilled(cells));
    }
    return most >= 2 && least >= most;
  };
  return SEPARATORS.find(divides) ?? separatorOf(records[0].text);
}

/** The cells, unless the quotes do not match between such separators. */
function cellsOrNone(text: string, separator: Separator, line: number): string[] | undefined {
  try {
    return splitLine(text, separator, line);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The number of columns; throws `InputError` for a row that has fewer cells, or more that are not empty. */
function widthOf(
  records: readonly TableRecord[],
  split: (record: TableRecord) => string[],
): number {
  const lengths = new Uint32Array(records.length);
  const differ = (row: number, cells: number, than: number) =>
    new InputError(
      `line ${records[row].line} has ${counted(cells, 'column')}, but line ${records[0].line} has ${than}`,
    );
  let width = 0;
  records.forEach((record, row) => {
    const cells = split(record);
    const filled = lastFilled(cells);
    lengths[row] = cells.length;
    if (filled > lengths[0]) throw differ(row, filled, lengths[0]);
    width = Math.max(width, filled);
  });
  if (width > TABLE_LIMITS.columns)
    throw new InputError(`has ${width} columns; at most ${TABLE_LIMITS.columns} are read`);
  const short = lengths.findIndex((length) => length < width);
  if (short >= 0) throw differ(short, lengths[short], width);
  return width;
}

/** Takes the cells of a column, first all as numbers, then again as texts if most of them are none. */
class ColumnReader {
  readonly index: number;
  readonly #name: string;
  readonly #records: readonly TableRecord[];
  readonly #separator: Separator;
  readonly #values: Float64Array;
  #numbers = 0;
  #others = 0;
  #mark: NumberColumn['mark'];
  #trouble: string | undefined;
  #texts: string[] = [];
  #textTrouble: string | undefined;
  /** Equal texts share their memory. */
  readonly #known = new Map<string, string>();

  constructor(index: number, title: string, records: readonly TableRecord[], separator: Separator) {
    this.index = index;
    this.#name = title === '' ? `column ${index + 1}` : title;
    this.#records = records;
    this.#separator = separator;
    this.#values = new Float64Array(records.length);
  }

  get isText(): boolean {
    return this.#others > this.#numbers;
  }

  take(cell: string, row: number): void {
    const found = numberIn(cell, this.#separator);
    if (typeof found !== 'string') {
      this.#numbers++;
      this.#values[row] = found.value;
      if (found.mark !== undefined) this.#note(found.mark, cell, row);
      return;
    }
    this.#values[row] = Number.NaN;
    if (!isMissing(cell)) this.#others++;
    const missing = cell === '' ? 'is empty' : `holds no number: ${quoted(cell)}`;
    this.#trouble ??= isMissing(cell)
      ? `${this.#at(row)} ${missing}`
      : `${this.#at(row)}: ${found}`;
  }

  takeText(cell: string, row: number): void {
    if (cell === '' || isSpreadsheetError(cell))
      this.#textTrouble ??= `${this.#at(row)} ${cell === '' ? 'is empty' : `holds the error ${quoted(cell)}`}`;
    const own = this.#known.get(cell) ?? cell;
    if (own === cell) this.#known.set(cell, cell);
    this.#texts.push(own);
  }

  result(): TableColumn {
    const name = this.#name;
    if (this.isText) return { kind: 'text', name, values: this.#texts, trouble: this.#textTrouble };
    if (this.#numbers === 0) return { kind: 'empty', name };
    const [values, trouble, mark] = [this.#values, this.#trouble, this.#mark];
    return { kind: 'number', name, values, trouble, mark };
  }

  #at(row: number): string {
    return `line ${this.#records[row].line}, column ${this.index + 1} (${quoted(this.#name)})`;
  }

  #note(kind: 'comma' | 'point', cell: string, row: number): void {
    this.#mark ??= { kind, line: this.#records[row].line };
    if (kind !== this.#mark.kind)
      this.#trouble ??= `${this.#at(row)}: ${quoted(cell)} has a decimal ${kind}, but line ${this.#mark.line} a decimal ${this.#mark.kind}`;
  }
}
