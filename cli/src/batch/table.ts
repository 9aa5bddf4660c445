import { excerpt, InputError } from '../../../src/errors.ts';
import { refuseForeign, START_BYTES } from '../../../src/fileStart.ts';
import type { Io } from '../io.ts';
import { reason } from '../reason.ts';
import { readCsv } from './csv.ts';
import { isNpy, readNpy } from './npy.ts';
import type { NumberTable } from './numberTable.ts';
import { Pieces } from './pieces.ts';

/** An open file of numbers. */
export interface TableFile extends NumberTable {
  /** As messages name it. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Opens a file of numbers as text or as a NumPy file, depending on its first bytes. A .npy array of one axis is one row
 * where several `columns` are expected, and one column otherwise. Throws `InputError` naming the file.
 */
export async function openTable(path: string, columns: number, io: Io): Promise<TableFile> {
  const name = excerpt(path, 'end');
  const named = (error: unknown): never => {
    if (error instanceof InputError) throw new InputError(`${name}: ${error.message}`);
    throw error;
  };
  const input = await io.open(path).catch((error: unknown): never => {
    throw new InputError(`${name}: cannot be read (${reason(error)})`);
  });
  const pieces = new Pieces(input);
  try {
    const start = await pieces.ahead(START_BYTES);
    const npy = isNpy(start);
    if (!npy) refuseForeign(start);
    const table = npy ? await readNpy(pieces, columns) : await readCsv(pieces);
    return {
      path: name,
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
