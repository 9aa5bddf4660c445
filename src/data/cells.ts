import { InputError, quoted } from '../errors.ts';

/** The separator of the cells of a line; a space means any number of spaces and tabs. */
export type Separator = ',' | ';' | '\t' | '|' | ' ';

/** A decimal number, optionally with an exponent; no infinities, no other bases. */
export const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number with a decimal comma. */
const WITH_COMMA = /^[+-]?(\d+,\d*|,\d+)(e[+-]?\d+)?$/i;

/** 1,234: in files separated by commas a spreadsheet writes thousands like this, in quotes. */
const IN_GROUPS = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** 1 234 567, 1'234.5, 1.234,5: digits in groups, by whatever. */
const GROUPED = /^[+-]?\d{1,3}(([\s'’_.,])\d{3})+([.,]\d+)?$/;

/** The separator of a line of numbers or titles: semicolons, bars, commas, tabs, spaces, the first of them that is there. */
export function separatorOf(line: string): Separator {
  const bare = line.includes('"') ? line.replace(/"[^"]*"/g, '') : line;
  if (bare.includes(';')) return ';';
  if (bare.includes('|')) return '|';
  if (bare.includes('\t')) {
    // Between tabs a comma is a decimal one, unless it is what separates and the tabs only pad.
    const numbers = (separator: Separator) => bare.split(separator).every(looksLikeNumber);
    if (!bare.includes(',') || (!numbers(',') && numbers('\t'))) return '\t';
  }
  return bare.includes(',') ? ',' : ' ';
}

/** Whether a cell is meant for a number, finite or not. */
function looksLikeNumber(cell: string): boolean {
  const text = cell.trim();
  return NUMBER.test(text) || WITH_COMMA.test(text) || /^[+-]?(nan|inf(inity)?)$/i.test(text);
}

/** Whether a cell is no title: a number, or what is meant for one, "0.5f", "−1", "$5" or "(1+2j)". */
export const beginsLikeNumber = (cell: string): boolean =>
  looksLikeNumber(cell) || /^[^\p{L}\p{Nd}_#]*\p{Nd}/u.test(cell);

/** What tools write where there is no number. */
const MISSING = /^(|NA|<NA>|N\/A|NaT|null|NULL|None|nil|missing|[-–—.?])$/;

/** Whether a cell is empty, or says that its number is missing. */
export const isMissing = (cell: string): boolean => MISSING.test(cell) || isSpreadsheetError(cell);

/** Whether a text begins with an error of a spreadsheet: "#N/A;0,5". */
export const isSpreadsheetError = (text: string): boolean =>
  /^#(N\/A|(DIV\/0|NULL|NUM|REF|VALUE|SPILL|CALC)!|NAME\?)/.test(text);

/** The cells of a line, without spaces around them and without quotes; `number` is of the line. */
export function splitLine(line: string, separator: Separator, number: number): string[] {
  if (line.includes('"')) return splitQuoted(line.trim(), separator, number);
  if (separator === ' ') return line.trim().split(/\s+/);
  return line.split(separator).map((cell) => cell.trim());
}

/** The same where cells may be quoted, in one walk along the line: a pattern would go back and forth over it. */
function splitQuoted(line: string, separator: Separator, number: number): string[] {
  const fail = (): never => {
    throw new InputError(`line ${number}: the quotes do not match`);
  };
  const isEnd = (c: string) => (separator === ' ' ? c === ' ' || c === '\t' : c === separator);
  const isPadding = (c: string) => c === ' ' || (c === '\t' && separator !== '\t');
  const cells: string[] = [];
  let at = 0;
  const skip = () => {
    while (at < line.length && isPadding(line[at])) at++;
  };
  for (;;) {
    skip();
    let cell = '';
    if (line[at] === '"') {
      for (;;) {
        const end = line.indexOf('"', at + 1);
        if (end < 0) fail();
        cell += line.slice(at + 1, end);
        at = end + 1;
        if (line[at] !== '"') break;
        cell += '"';
      }
      if (at < line.length && !isEnd(line[at]) && !isPadding(line[at])) fail();
    } else {
      const from = at;
      while (at < line.length && !isEnd(line[at])) at++;
      cell = line.slice(from, at);
      if (cell.includes('"')) fail();
    }
    cells.push(cell.trim());
    skip();
    if (at === line.length) return cells;
    if (separator === ' ') continue;
    if (line[at] !== separator) fail();
    at++;
  }
}

/** A number, and whether it shows how decimals are written. */
export interface NumberCell {
  readonly value: number;
  readonly mark: 'comma' | 'point' | undefined;
}

/** The number in a cell, or what is wrong with it: `"x" is not a number`. */
export function numberIn(cell: string, separator: Separator): NumberCell | string {
  if (NUMBER.test(cell)) {
    const value = Number(cell);
    if (Number.isFinite(value)) return { value, mark: cell.includes('.') ? 'point' : undefined };
  } else if (cell.includes(',') && WITH_COMMA.test(cell)) {
    if (separator === ',' && IN_GROUPS.test(cell))
      return `${quoted(cell)} may be a number in groups or one with a decimal comma: write it without the comma`;
    const value = Number(cell.replace(',', '.'));
    if (Number.isFinite(value)) return { value, mark: 'comma' };
  }
  if (GROUPED.test(cell))
    return `${quoted(cell)} is not a number: write it without groups of digits`;
  return `${quoted(cell)} is not ${looksLikeNumber(cell) ? 'a finite number' : 'a number'}`;
}

/** Reads the cells of a file as numbers, all with a decimal point or all with a decimal comma. */
export class CellReader {
  readonly #separator: Separator;
  /** The first cell that shows which of the two it is. */
  #first: { readonly cell: string; readonly line: number; readonly mark: string } | undefined;

  constructor(separator: Separator) {
    this.#separator = separator;
  }

  /** The number in a cell; throws `InputError` naming line and column, from 0, when it holds none. */
  read(cell: string, line: number, column: number): number {
    const found = numberIn(cell, this.#separator);
    if (typeof found === 'string') this.#refuse(found, cell, line, column);
    if (found.mark !== undefined) this.#note(found.mark, cell, line, column);
    return found.value;
  }

  #note(mark: string, cell: string, line: number, column: number): void {
    this.#first ??= { cell, line, mark };
    const { cell: first, line: where, mark: used } = this.#first;
    if (mark !== used)
      throw new InputError(
        `line ${line}, column ${column + 1}: ${quoted(cell)} has a decimal ${mark}, but ${quoted(first)} in line ${where} a decimal ${used}`,
      );
  }

  #refuse(problem: string, cell: string, line: number, column: number): never {
    // "0,5 1,5": a comma separates here.
    const both = /^\S+\s+\S+$/.test(cell) && cell.split(/\s+/).every(looksLikeNumber);
    const hint = both ? ': commas separate the columns of this line, so write decimal points' : '';
    throw new InputError(`line ${line}, column ${column + 1}: ${problem}${hint}`);
  }
}
