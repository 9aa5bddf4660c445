import { extname } from 'node:path';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import type { Compute } from '../../../src/compute/compute.ts';
import { InputError } from '../../../src/errors.ts';
import { inputSize, type Network } from '../../../src/network/network.ts';
import { BatchProgress } from '../batch/batchProgress.ts';
import { type Balls, type Centres, openCentres, type RadiusSource } from '../batch/centres.ts';
import { type Format, formats } from '../batch/formats.ts';
import { Interrupted } from '../batch/interruption.ts';
import { COMPUTE_CHOICES, openCompute } from '../batch/openCompute.ts';
import { openTableWriter, type TableWriter } from '../batch/tableWriter.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import { QUIET } from '../progress.ts';
import type { Batch } from './verb.ts';

const CENTRES = { name: 'centres', value: 'FILE', help: 'bound many balls: CSV or .npy, (n, d)' };
const RADIUS = { name: 'radius', value: 'R', help: 'one radius for all of them' };
const RADII = { name: 'radii', value: 'FILE', help: 'or a radius for each, CSV or .npy' };
const RADIUS_COLUMN = {
  name: 'radius-column',
  value: 'TITLE|N',
  help: 'or the column of the file of centres that holds the radii',
};
const COMPUTE = {
  name: 'compute',
  value: COMPUTE_CHOICES.join('|'),
  help: 'what computes; auto: a GPU where there is one',
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
const PROGRESS = {
  name: 'progress',
  help: 'say how far the work is, also where standard error is no terminal',
};

export const BATCH_OPTIONS: readonly OptionSpec[] = [
  CENTRES,
  RADIUS,
  RADII,
  RADIUS_COLUMN,
  COMPUTE,
  FORMAT,
  OUT,
  PROGRESS,
  QUIET,
];

/** Numbers in flight: enough to keep a GPU busy, and few enough that a file of any length fits the memory. */
const MOST_NUMBERS = 2 ** 21;
const MOST_CENTRES = 2 ** 16;

/** Algorithm 1 (guarded) in a ball around every centre of a file; one row each, written as they come. */
export const boundBatch: Batch = {
  option: CENTRES.name,
  prints:
    'a table with a row per centre: index, C of every layer, C, zaslavsky, log2_zaslavsky; at most 2^C regions',
  async run(net, given, io) {
    for (const name of ['at', 'r', 'variant'])
      if (given.has(name)) throw new InputError(`--${name} does not go with --${CENTRES.name}`);
    const radius = radiusSource(given);
    const path = given.text(CENTRES.name);
    const out = given.has(OUT.name) ? given.text(OUT.name) : undefined;
    const format = formatOf(given, out);
    const choice = given.choice(COMPUTE.name, COMPUTE_CHOICES);
    const quiet = given.has(QUIET.name) || !(io.terminal || given.has(PROGRESS.name));
    const progress = new BatchProgress(io, quiet);
    const inputs = [path, ...('file' in radius ? [radius.file] : [])];
    if (out !== undefined && inputs.includes(out))
      throw new InputError(`--${OUT.name} is the file ${out} that is read`);
    const centres = await openCentres(path, inputSize(net), radius, io);
    try {
      const compute = await openCompute(choice, (message) => {
        progress.clear();
        io.error(`reluscope: ${message}\n`);
      });
      try {
        compute.load(net);
        const table = await openTableWriter(net, format, out, io);
        try {
          await run(net, centres, compute, table, progress, io.interruption());
        } catch (error) {
          progress.clear();
          throw error instanceof Interrupted ? partly(table.rows, centres, out) : error;
        } finally {
          await table.close();
        }
        progress.end(table.rows, compute.description);
      } finally {
        compute.dispose();
      }
    } finally {
      await centres.close();
    }
  },
};

async function run(
  net: Network,
  centres: Centres,
  compute: Compute,
  table: TableWriter,
  progress: BatchProgress,
  signal: AbortSignal,
): Promise<void> {
  const most = Math.min(MOST_CENTRES, Math.max(1, Math.floor(MOST_NUMBERS / inputSize(net))));
  for (;;) {
    if (signal.aborted) throw new Interrupted();
    const before = centres.fraction();
    const balls = await centres.next(most);
    if (balls.count === 0) return;
    const after = centres.fraction();
    const onProgress = (share: number) => {
      const fraction =
        before === undefined || after === undefined ? undefined : before + share * (after - before);
      progress.at(table.rows + Math.floor(share * balls.count), fraction);
    };
    const C = await boundsOf(net, balls, centres, compute, onProgress, signal);
    await table.write(C, balls.count);
  }
}

async function boundsOf(
  net: Network,
  balls: Balls,
  centres: Centres,
  compute: Compute,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uint32Array> {
  try {
    return (await compute.bounds(balls.points, balls.radii, { signal, onProgress })).C;
  } catch (error) {
    if (signal.aborted) throw new Interrupted();
    if (error instanceof InputError) nameCulprit(net, balls, centres);
    throw error;
  }
}

/** A batch fails as a whole; who has to mend the file wants to know the row. */
function nameCulprit(net: Network, { count, points, radii }: Balls, centres: Centres): void {
  const d = inputSize(net);
  for (let i = 0; i < count; i++)
    try {
      const radius = typeof radii === 'number' ? radii : radii[i];
      algorithmOne(net, points.subarray(i * d, (i + 1) * d), radius);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(`${centres.path}: ${centres.place(i)}: ${error.message}`);
    }
}

function partly(rows: number, { path, total }: Centres, out: string | undefined): Interrupted {
  const of = total === undefined ? '' : `${total} `;
  return new Interrupted(
    `stopped: ${out ?? 'the output'} holds the first ${rows} of the ${of}centres in ${path}`,
  );
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
      `--${OUT.name} ${out}: the extension names no format; use .${names.join(' or .')}, or give --${FORMAT.name}`,
    );
  return format;
}
