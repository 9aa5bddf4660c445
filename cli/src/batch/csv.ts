import {
  beginsLikeNumber,
  CellReader,
  isMissing,
  isSpreadsheetError,
  type Separator,
  separatorOf,
  splitLine,
} from '../../../src/data/cells.ts';
import { counted, InputError } from '../../../src/errors.ts';
import { Lines } from './lines.ts';
import type { NumberTable } from './numberTable.ts';
import type { Pieces } from './pieces.ts';

/**
 * Numbers as text, one row a line: separated by commas as RFC 4180 has them, by semicolons, tabs, or spaces as NumPy's
 * `savetxt` writes them; the first row determines which. Cells may be quoted; spaces around them, empty lines and what
 * follows a # at the beginning of a line do not matter. A first line without any number holds the column titles, and
 * so may the last comment before the numbers.
 */
export async function readCsv(pieces: Pieces): Promise<NumberTable> {
  const lines = new Lines(pieces);
  const { first, titles } = await readHead(lines);
  const separator = separatorOf(first ?? titles?.text ?? '');
  const names = titles && titlesIn(titles, separator);
  const columns =
    first === undefined ? names?.length : splitLine(first, separator, lines.number).length;
  if (columns === undefined) throw new InputError('holds no numbers');
  const fits = names?.length === columns;
  if (titles && !titles.comment && !fits && columns > 1)
    throw new InputError(
      `line ${lines.number} has ${count(columns)}, but the titles in line ${titles.line} are ${names?.length}`,
    );
  let waiting = first;
  const cells = new CellReader(separator);
  /** Line numbers of the last block of rows. */
  let places: number[] = [];
  return {
    columns,
    names: fits ? names : titles && !titles.comment ? [titles.text.trim()] : undefined,
    rows: undefined,
    async next(most) {
      const values: number[] = [];
      places = [];
      while (places.length < most) {
        const line = waiting ?? (await nextRow(lines));
        waiting = undefined;
        if (line === undefined) break;
        const row = splitLine(line, separator, lines.number);
        if (row.length !== columns)
          throw new InputError(
            `line ${lines.number} has ${count(row.length)}, but the first line has ${count(columns)}`,
          );
        for (let i = 0; i < columns; i++) values.push(cells.read(row[i], lines.number, i));
        places.push(lines.number);
      }
      return Float64Array.from(values);
    },
    place: (i) => `line ${places[i]}`,
    fraction: () => (pieces.size === undefined ? undefined : pieces.taken / pieces.size),
  };
}

/** A line that may hold the column titles. */
interface Titles {
  readonly text: string;
  readonly line: number;
  readonly comment: boolean;
}

/** Reads up to the first row of numbers. */
async function readHead(
  lines: Lines,
): Promise<{ first: string | undefined; titles: Titles | undefined }> {
  let titles: Titles | undefined;
  for (;;) {
    const text = await lines.next();
    if (text === undefined) return { first: undefined, titles };
    const line = lines.number;
    if (line === 1 && EXCEL_SEPARATOR.test(text.trim())) continue;
    if (isComment(text)) {
      const comment = text.replace(/^\s*#+/, '').trim();
      if (comment !== '' && titles?.comment !== false)
        titles = { text: comment, line, comment: true };
      continue;
    }
    const cells = splitLine(text, separatorOf(text), line);
    const isTitle = !cells.every(isMissing) && !cells.some(beginsLikeNumber);
    if (!isTitle || titles?.comment === false) return { first: text, titles };
    titles = { text, line, comment: false };
  }
}

/** The titles on a line; undefined if a comment is not titles. */
function titlesIn({ text, line, comment }: Titles, separator: Separator): string[] | undefined {
  if (comment && text.includes('"')) return undefined;
  const names = splitLine(text, separator, line);
  return comment && names.some(beginsLikeNumber) ? undefined : names;
}

async function nextRow(lines: Lines): Promise<string | undefined> {
  for (;;) {
    const line = await lines.next();
    if (line === undefined || !isComment(line)) return line;
  }
}

/** Not the errors of a spreadsheet, "#N/A;0,5": skipping a row would shift those that follow. */
const isComment = (line: string): boolean => {
  const text = line.trimStart();
  return text.startsWith('#') && !isSpreadsheetError(text);
};

/** Tells Excel the separator that follows. */
const EXCEL_SEPARATOR = /^"?sep=.?"?$/i;

const count = (columns: number) => counted(columns, 'column');
