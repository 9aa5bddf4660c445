import { InputError } from '../errors.ts';

/** Limits on a table as text: beyond them it is not data for a picture of the plane. */
export const TABLE_LIMITS = { characters: 2 ** 26, rows: 10 ** 6, columns: 256 } as const;

/** A row of a table as text. */
export interface TableRecord {
  /** Without the end of its line. Lines of one record are joined by \n. */
  readonly text: string;
  /** The line it begins at, from 1. */
  readonly line: number;
}

/** What Excel may write before all others: the separator that follows, `sep=;`. */
const EXCEL_SEPARATOR = /^"?sep=(.?)"?$/i;

/**
 * The records of a text that are not empty: lines, where those within quotes belong to one record. A byte order mark is
 * left out, a line `sep=;` before all others is told apart, and so are comments, which begin with # and stand before the
 * first record. Throws `InputError` for a text that is too long.
 */
export function recordsOf(text: string): {
  readonly records: readonly TableRecord[];
  readonly separator: string | undefined;
} {
  if (text.length > TABLE_LIMITS.characters)
    throw new InputError(`is longer than the ${TABLE_LIMITS.characters} characters that are read`);
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const records: TableRecord[] = [];
  const [, separator] = EXCEL_SEPARATOR.exec(lines[0].trim()) ?? [];
  for (let i = separator === undefined ? 0 : 1; i < lines.length; i++) {
    const from = i;
    if (lines[i].trim() === '') continue;
    if (records.length === 0 && /^\s*#(?!N\/A)/.test(lines[i])) continue;
    if (quotes(lines[i]) % 2 === 1)
      // An odd number of quotes: the line ends within them.
      while (i + 1 < lines.length && quotes(lines[++i]) % 2 === 0);
    if (records.length > TABLE_LIMITS.rows)
      throw new InputError(`has more than the ${TABLE_LIMITS.rows} rows that are read`);
    const own = i === from ? lines[i] : lines.slice(from, i + 1).join('\n');
    records.push({ text: own, line: from + 1 });
  }
  return { records, separator: separator === '' ? undefined : separator };
}

function quotes(line: string): number {
  let count = 0;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) count++;
  return count;
}
