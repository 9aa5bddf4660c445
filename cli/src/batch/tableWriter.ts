import { excerpt, InputError } from '../../../src/errors.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Io } from '../io.ts';
import type { Output, OutputOptions } from '../output.ts';
import { reason } from '../reason.ts';
import type { Format } from './formats.ts';
import { ZaslavskyTable } from './zaslavskyTable.ts';

/** Rows per write: they are complete together when a disk fills up. */
const ROWS_AT_ONCE = 4096;

/** A table in the file `path`, or on standard output; `sampled`: its rows have an `atLeast`. Throws `InputError` where nothing can be written. */
export async function openTableWriter(
  net: Model,
  format: Format,
  path: string | undefined,
  io: Pick<Io, 'create'>,
  options: OutputOptions & { readonly sampled: boolean },
): Promise<TableWriter> {
  const name = path === undefined ? 'standard output' : excerpt(path, 'end');
  const refuse = (error: unknown): never => {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name}: cannot be written (${reason(error)})`);
  };
  const output = await io.create(path, options).catch(refuse);
  return new TableWriter(net, format, options.sampled, {
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
  readonly #layers: number;
  readonly #format: Format;
  readonly #output: Output;
  readonly #zaslavsky: ZaslavskyTable;
  #begun = false;

  constructor(net: Model, format: Format, sampled: boolean, output: Output) {
    this.#layers = net.widths.length;
    this.#head = format.head(this.#layers, sampled);
    this.#format = format;
    this.#output = output;
    this.#zaslavsky = new ZaslavskyTable(net.inputs);
  }

  /** `C`: `[count × layers]`; `atLeast`: `[count]`, where the table has it. */
  async write(C: Uint32Array, count: number, atLeast?: readonly number[]): Promise<void> {
    for (let from = 0; from < count; from += ROWS_AT_ONCE) {
      const to = Math.min(count, from + ROWS_AT_ONCE);
      await this.#output.write(this.#text(C, from, to, atLeast));
      this.#begun = true;
      this.rows += to - from;
    }
  }

  #text(C: Uint32Array, from: number, to: number, atLeast: readonly number[] | undefined): string {
    const K = this.#layers;
    let text = this.#begun ? '' : this.#head;
    for (let i = from; i < to; i++) {
      const counts = Array.from(C.subarray(i * K, (i + 1) * K));
      const total = counts.reduce((sum, of) => sum + of, 0);
      const row = {
        index: this.rows + i - from,
        counts,
        C: total,
        ...this.#zaslavsky.of(counts),
        ...(atLeast ? { atLeast: atLeast[i] } : {}),
      };
      text += this.#format.row(row, row.index === 0);
    }
    return text;
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
