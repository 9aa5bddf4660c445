import { extname } from 'node:path';
import { counted, excerpt, InputError } from '../../../src/errors.ts';
import { type Format, formats } from '../../../src/export/formats.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Io } from '../io.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import { QUIET } from '../progress.ts';
import { reason } from '../reason.ts';
import { BatchProgress } from './batchProgress.ts';
import { type Centres, openCentres, type RadiusSource } from './centres.ts';
import { Interrupted, unlessStopped } from './interruption.ts';
import { openTableWriter, type TableWriter } from './tableWriter.ts';

export const CENTRES = {
  name: 'centres',
  value: 'FILE',
  help: 'many balls: text (CSV, tabs, spaces) or .npy, (n, d)',
};
const RADIUS = { name: 'radius', value: 'R', help: 'one radius for all of them' };
const RADII = { name: 'radii', value: 'FILE', help: 'or a radius for each, text or .npy' };
const RADIUS_COLUMN = {
  name: 'radius-column',
  value: 'TITLE|N',
  help: 'or the column of the file of centres that holds the radii',
};
export const FORMAT = {
  name: 'format',
  value: formats.map(({ name }) => name).join('|'),
  help: 'of the table (by the extension of --out, else csv)',
};
export const OUT = {
  name: 'out',
  value: 'FILE',
  help: 'where the table goes, instead of standard output',
};
const KEEP_PARTIAL = {
  name: 'keep-partial',
  help: 'if the work fails or is stopped, keep the rows so far in FILE.partial',
};
const PROGRESS = {
  name: 'progress',
  help: 'report progress even if standard error is not a terminal',
};

/** What `tableOfBalls` reads: the centres and radii, and the table. */
export const BALL_OPTIONS: readonly OptionSpec[] = [CENTRES, RADIUS, RADII, RADIUS_COLUMN];
export const TABLE_OPTIONS: readonly OptionSpec[] = [FORMAT, OUT, KEEP_PARTIAL, PROGRESS, QUIET];

/** What the work on many balls is given. */
export interface BallTask {
  readonly net: Model;
  readonly centres: Centres;
  readonly table: TableWriter;
  readonly progress: BatchProgress;
  readonly signal: AbortSignal;
}

/** Work that is ready to begin. */
export interface BallWork {
  /** Reads the centres and writes the rows. Rejects with `Interrupted` when the signal is aborted. */
  run(task: BallTask): Promise<void>;
  /** How it is done, for a person. */
  readonly description: string;
  dispose(): void;
}

/** A table with a row per centre, written as they come; `single` are options of one ball, which do not go with it. */
export async function tableOfBalls(
  net: Model,
  given: Arguments,
  io: Io,
  single: readonly string[],
  titles: readonly string[],
  prepare: (progress: BatchProgress, signal: AbortSignal) => Promise<BallWork>,
): Promise<void> {
  for (const name of single)
    if (given.has(name)) throw new InputError(`--${name} does not go with --${CENTRES.name}`);
  const radius = radiusSource(given);
  const path = given.text(CENTRES.name);
  const out = given.has(OUT.name) ? given.text(OUT.name) : undefined;
  const format = formatOf(given, out);
  const quiet = given.has(QUIET.name) || !(io.terminal || given.has(PROGRESS.name));
  const progress = new BatchProgress(io, quiet);
  const inputs = [given.positional[0], path, ...('file' in radius ? [radius.file] : [])];
  const keepPartial = given.has(KEEP_PARTIAL.name);
  if (keepPartial && out === undefined)
    throw new InputError(`--${KEEP_PARTIAL.name} goes with --${OUT.name}`);
  const centres = await openCentres(path, net.inputs, radius, io);
  // From here on there may be a file that must be removed.
  const signal = io.interruption();
  try {
    const work = await prepare(progress, signal);
    try {
      const opening = openTableWriter(titles, format, out, io, { inputs, keepPartial });
      // A pipe waits for its reader.
      const table = await unlessStopped(opening, signal);
      try {
        await work.run({ net, centres, table, progress, signal });
        await table.finish();
      } catch (error) {
        progress.clear();
        throw await brokenOff(error, table, centres, out, signal, keepPartial);
      }
      progress.end(table.rows, work.description);
    } finally {
      work.dispose();
    }
  } finally {
    const closed = centres.close();
    // Not while it waits for an empty pipe.
    if (!signal.aborted) await closed;
  }
}

/** The error, and what happened to the rows so far. */
async function brokenOff(
  error: unknown,
  table: TableWriter,
  { path, total }: Centres,
  out: string | undefined,
  signal: AbortSignal,
  keepPartial: boolean,
): Promise<unknown> {
  const kept = await table.abandon(keepPartial).then(
    (path) => ({ path }),
    (failure) => ({ failure }),
  );
  // Only now: a write that was under way when the work broke off may have ended meanwhile.
  const rows = counted(table.rows, 'row');
  const nothing = keepPartial ? 'there is no whole row to keep' : undefined;
  const fate =
    'failure' in kept
      ? `the ${rows} so far cannot be kept (${reason(kept.failure)})`
      : kept.path === undefined
        ? nothing
        : `${excerpt(kept.path, 'end')} holds the first ${rows}`;
  if (error instanceof Interrupted) {
    const of =
      total === undefined
        ? counted(table.rows, 'centre')
        : `${table.rows} of the ${counted(total, 'centre')}`;
    const held = table.rows === 0 ? 'no row' : 'them';
    const where =
      out === undefined ? `standard output holds ${held}` : `${excerpt(out, 'end')} is not written`;
    const done = `stopped after ${of} in ${path}`;
    return new Interrupted(signal, `${done}: ${fate ?? where}`);
  }
  if (fate === undefined) return error;
  const message = `${error instanceof Error ? error.message : error}; ${fate}`;
  return error instanceof InputError ? new InputError(message) : new Error(message);
}

function radiusSource(given: Arguments): RadiusSource {
  const names = [RADIUS.name, RADII.name, RADIUS_COLUMN.name].filter((name) => given.has(name));
  if (names.length !== 1)
    throw new InputError(
      names.length === 0
        ? `--${CENTRES.name} needs --${RADIUS.name}, --${RADII.name} or --${RADIUS_COLUMN.name}`
        : `--${names[0]} and --${names[1]} do not go together`,
    );
  if (names[0] === RADIUS.name) return { radius: given.positive(RADIUS.name) };
  const text = given.text(names[0]);
  return names[0] === RADII.name ? { file: text } : { column: text };
}

export function formatOf(given: Arguments, out: string | undefined): Format {
  const names = formats.map(({ name }) => name) as [string, ...string[]];
  const extension = out === undefined ? '' : extname(out).slice(1).toLowerCase();
  const name =
    given.has(FORMAT.name) || out === undefined ? given.choice(FORMAT.name, names) : extension;
  const format = formats.find((known) => known.name === name);
  if (!format)
    throw new InputError(
      `--${OUT.name} ${excerpt(out ?? '', 'end')}: the extension names no format; use .${names.join(' or .')}, or give --${FORMAT.name}`,
    );
  return format;
}
