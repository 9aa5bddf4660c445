import { counted, excerpt, InputError, quoted } from '../../../src/errors.ts';
import type { Io } from '../io.ts';
import { openTable, type TableFile } from './table.ts';

/** Column titles that a message lists. */
const MOST_TITLES = 10;

/** Balls to bound: `[count × d]` centres, and one radius for all or one for each. */
export interface Balls {
  readonly count: number;
  readonly points: Float64Array;
  readonly radii: number | Float64Array;
}

/** Where the radii come from: one number, a file with one column, or a column of the file of centres. */
export type RadiusSource =
  | { readonly radius: number }
  | { readonly file: string }
  | { readonly column: string };

/** Centres and their radii, read piece by piece. */
export interface Centres {
  /** Of the file, as messages name it. */
  readonly path: string;
  /** How many there are, where the file says so at its beginning. */
  readonly total: number | undefined;
  /** The next ones, at most `most`; `count` is 0 at the end. */
  next(most: number): Promise<Balls>;
  /** The place in the file of ball i of the last block. */
  place(i: number): string;
  /** Share of the file that has been read; `undefined` where its length is not known. */
  fraction(): number | undefined;
  close(): Promise<void>;
}

/**
 * Opens a file of centres with `d` coordinates each. Throws `InputError`, here or in `next`, naming file, row and
 * column, for anything that is not a centre or a radius greater than 0.
 */
export async function openCentres(
  path: string,
  d: number,
  source: RadiusSource,
  io: Io,
): Promise<Centres> {
  const width = 'column' in source ? d + 1 : d;
  const table = await openTable(path, width, io);
  let radii: TableFile | undefined;
  const close = async () => {
    await table.close();
    await radii?.close();
  };
  try {
    const inputs = counted(d, 'input');
    requireColumns(table, width, 'column' in source ? `${inputs} and a radius` : inputs);
    const column = 'column' in source ? columnOf(table, source.column) : -1;
    if ('file' in source) radii = await openRadii(source.file, table, io);
    return {
      path: table.path,
      total: table.rows,
      async next(most) {
        const values = await table.next(most);
        const count = values.length / width;
        if ('radius' in source) return { count, points: values, radii: source.radius };
        if (radii)
          return { count, points: values, radii: await radiiFor(count, radii, table.path) };
        return { count, ...withoutColumn(values, count, d, column, table) };
      },
      place: (i) => table.place(i),
      fraction: () => table.fraction(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function requireColumns({ path, columns }: TableFile, wanted: number, what: string): void {
  if (columns !== wanted)
    throw new InputError(
      `${path}: has ${counted(columns, 'column')}, but needs ${wanted} (${what})`,
    );
}

async function openRadii(path: string, centres: TableFile, io: Io): Promise<TableFile> {
  const radii = await openTable(path, 1, io);
  try {
    requireColumns(radii, 1, 'one radius per centre');
    if (centres.rows !== undefined && radii.rows !== undefined && radii.rows !== centres.rows)
      throw new InputError(
        `${path}: holds ${radii.rows} radii for the ${centres.rows} centres of ${centres.path}`,
      );
    return radii;
  } catch (error) {
    await radii.close();
    throw error;
  }
}

/** The radii of the next `count` centres; at the end of the centres (`count` 0) there must be none left. */
async function radiiFor(count: number, file: TableFile, centres: string): Promise<Float64Array> {
  const radii = await file.next(Math.max(1, count));
  if (radii.length < count)
    throw new InputError(`${file.path}: holds fewer radii than there are centres in ${centres}`);
  if (radii.length > count)
    throw new InputError(`${file.path}: holds more radii than there are centres in ${centres}`);
  for (let i = 0; i < count; i++) requirePositive(radii[i], file, i);
  return radii;
}

function requirePositive(radius: number, file: TableFile, i: number): void {
  if (!(radius > 0))
    throw new InputError(`${file.path}: ${file.place(i)}: the radius must be greater than 0`);
}

/** Index of the column that the user names by its title or by its number, from 1. */
function columnOf(table: TableFile, wanted: string): number {
  const named = table.names?.indexOf(wanted) ?? -1;
  if (named >= 0) {
    if (named !== table.names?.lastIndexOf(wanted))
      throw new InputError(
        `${table.path}: has several columns ${quoted(wanted)}: give the number of the one that is meant`,
      );
    return named;
  }
  const number = /^\d+$/.test(wanted) ? Number(wanted) : 0;
  if (number >= 1 && number <= table.columns) return number - 1;
  const shown = table.names
    ?.slice(0, MOST_TITLES)
    .map((name) => excerpt(name))
    .join(', ');
  const more = table.columns > MOST_TITLES ? ', …' : '';
  const titles = shown === undefined ? '' : `, its columns are ${shown}${more}`;
  throw new InputError(`${table.path}: has no column ${quoted(wanted)}${titles}`);
}

/** Splits rows of d + 1 numbers into the centres and the radii in `column`. */
function withoutColumn(
  values: Float64Array,
  count: number,
  d: number,
  column: number,
  table: TableFile,
): { points: Float64Array; radii: Float64Array } {
  const points = new Float64Array(count * d);
  const radii = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = values.subarray(i * (d + 1), (i + 1) * (d + 1));
    points.set(row.subarray(0, column), i * d);
    points.set(row.subarray(column + 1), i * d + column);
    radii[i] = row[column];
    requirePositive(radii[i], table, i);
  }
  return { points, radii };
}
