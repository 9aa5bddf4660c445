import { excerpt, InputError } from '../../../src/errors.ts';
import type { Format, TableRow } from '../../../src/export/formats.ts';
import type { Io } from '../io.ts';
import type { Output, OutputOptions } from '../output.ts';
import { reason } from '../reason.ts';

/** Rows per write: they are complete together when a disk fills up. */
const ROWS_AT_ONCE = 4096;

/** A table in the file `path`, or on standard output. Throws `InputError` where nothing can be written. */
export async function openTableWriter(
  titles: readonly string[],
  format: Format,
  path: string | undefined,
  io: Pick<Io, 'create'>,
  options: OutputOptions,
): Promise<TableWriter> {
  const name = path === undefined ? 'standard output' : excerpt(path, 'end');
  const refuse = (error: unknown): never => {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name}: cannot be written (${reason(error)})`);
  };
  const output = await io.create(path, options).catch(refuse);
  return new TableWriter(titles, format, {
    write: (text) => output.write(text).catch(refuse),
    finish: (last) => output.finish(last).catch(refuse),
    abandon: (keep) => output.abandon(keep),
  });
}

/** A table that is being written; its rows are complete up to the last one written. */
export class TableWriter {
  /** Written so far. */
  rows = 0;
  readonly #head: string;
  readonly #format: Format;
  readonly #output: Output;
  #begun = false;

  constructor(titles: readonly string[], format: Format, output: Output) {
    this.#head = format.head(titles);
    this.#format = format;
    this.#output = output;
  }

  /** Writes `count` rows: row i of them, which is row `index` of the table. */
  async write(count: number, row: (i: number, index: number) => TableRow): Promise<void> {
    for (let from = 0; from < count; from += ROWS_AT_ONCE) {
      const to = Math.min(count, from + ROWS_AT_ONCE);
      let text = this.#begun ? '' : this.#head;
      for (let i = from; i < to; i++) {
        const index = this.rows + i - from;
        text += this.#format.row(row(i, index), index === 0);
      }
      await this.#output.write(text);
      this.#begun = true;
      this.rows += to - from;
    }
  }

  /** Ends the table as its format requires; a file now gets its final name. */
  finish(): Promise<void> {
    const head = this.#begun ? '' : this.#head;
    return this.#output.finish(head + this.#format.tail(this.rows === 0));
  }

  /**
   * Abandons the table; with `keep` the rows so far stay in the file whose name is returned. It is not ended as its
   * format requires, so that an incomplete table does not look like a complete one.
   */
  abandon(keep: boolean): Promise<string | undefined> {
    return this.#output.abandon(keep && this.rows > 0);
  }
}
