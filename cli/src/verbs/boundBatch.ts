import { extname } from 'node:path';
import { boundMethods } from '../../../src/bounds/methods.ts';
import { counted, excerpt, InputError } from '../../../src/errors.ts';
import { BatchProgress } from '../batch/batchProgress.ts';
import { boundAll } from '../batch/boundAll.ts';
import { type Centres, openCentres, type RadiusSource } from '../batch/centres.ts';
import { type Format, formats } from '../batch/formats.ts';
import { Interrupted, unlessStopped } from '../batch/interruption.ts';
import { COMPUTE_CHOICES, openCompute } from '../batch/openCompute.ts';
import { openTableWriter, type TableWriter } from '../batch/tableWriter.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import { QUIET } from '../progress.ts';
import { reason } from '../reason.ts';
import { samplingOf } from './sampling.ts';
import type { Batch } from './verb.ts';

const CENTRES = {
  name: 'centres',
  value: 'FILE',
  help: 'bound many balls: text (CSV, tabs, spaces) or .npy, (n, d)',
};
const RADIUS = { name: 'radius', value: 'R', help: 'one radius for all of them' };
const RADII = { name: 'radii', value: 'FILE', help: 'or a radius for each, text or .npy' };
const RADIUS_COLUMN = {
  name: 'radius-column',
  value: 'TITLE|N',
  help: 'or the column of the file of centres that holds the radii',
};
const COMPUTE = {
  name: 'compute',
  value: COMPUTE_CHOICES.join('|'),
  help: 'the backend; auto: a GPU if there is one',
};
const METHOD = {
  name: 'method',
  value: boundMethods.join('|'),
  help: 'how neurons that may switch are found (algorithm1)',
};
const FORMAT = {
  name: 'format',
  value: formats.map(({ name }) => name).join('|'),
  help: 'of the table (by the extension of --out, else csv)',
};
const OUT = {
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

export const BATCH_OPTIONS: readonly OptionSpec[] = [
  CENTRES,
  RADIUS,
  RADII,
  RADIUS_COLUMN,
  METHOD,
  COMPUTE,
  FORMAT,
  OUT,
  KEEP_PARTIAL,
  PROGRESS,
  QUIET,
];

/** Algorithm 1 (guarded), or another method, in a ball around every centre of a file; one row each, written as they come. */
export const boundBatch: Batch = {
  option: CENTRES.name,
  prints:
    'a table with a row per centre: index, C of every layer, C, zaslavsky, log2_zaslavsky; at most 2^C regions; with --samples also at_least',
  async run(net, given, io) {
    for (const name of ['at', 'r', 'variant'])
      if (given.has(name)) throw new InputError(`--${name} does not go with --${CENTRES.name}`);
    const radius = radiusSource(given);
    const sampling = samplingOf(given);
    const path = given.text(CENTRES.name);
    const out = given.has(OUT.name) ? given.text(OUT.name) : undefined;
    const format = formatOf(given, out);
    const choice = given.choice(COMPUTE.name, COMPUTE_CHOICES);
    const method = given.choice(METHOD.name, boundMethods);
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
      const choosing = openCompute(choice, (message) => {
        progress.clear();
        io.error(`reluscope: ${message}\n`);
      });
      const compute = await unlessStopped(choosing, signal);
      try {
        const opening = openTableWriter(net, format, out, io, {
          inputs,
          keepPartial,
          sampled: sampling !== undefined,
        });
        // A pipe waits for its reader.
        const table = await unlessStopped(opening, signal);
        try {
          await boundAll({ net, method, sampling, centres, compute, table, progress, signal });
          await table.finish();
        } catch (error) {
          progress.clear();
          throw await brokenOff(error, table, centres, out, signal, keepPartial);
        }
        progress.end(table.rows, compute.description);
      } finally {
        compute.dispose();
      }
    } finally {
      const closed = centres.close();
      // Not while it waits for an empty pipe.
      if (!signal.aborted) await closed;
    }
  },
};

/** The error, and what happened to the rows so far. */
async function brokenOff(
  error: unknown,
  table: TableWriter,
  { path, total }: Centres,
  out: string | undefined,
  signal: AbortSignal,
  keepPartial: boolean,
): Promise<unknown> {
  const rows = counted(table.rows, 'row');
  const fate = await table.abandon(keepPartial).then(
    (kept) => {
      if (kept !== undefined) return `${excerpt(kept, 'end')} holds the first ${rows}`;
      return keepPartial ? 'there is no whole row to keep' : undefined;
    },
    (failure) => `the ${rows} so far cannot be kept (${reason(failure)})`,
  );
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

function formatOf(given: Arguments, out: string | undefined): Format {
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
