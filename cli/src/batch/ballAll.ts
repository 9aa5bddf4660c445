import { InputError } from '../../../src/errors.ts';
import type { TableRow } from '../../../src/export/formats.ts';
import { pass } from '../../../src/jobs/slices.ts';
import type { Model } from '../../../src/model/model.ts';
import { BallCount, type BallRegions } from '../../../src/regions/ball/ball.ts';
import type { Io } from '../io.ts';
import { GRACE_MS, Interrupted, unlessStopped } from './interruption.ts';
import type { BallTask } from './tableOfBalls.ts';

/** Centres read at a time. */
const MOST_CENTRES = 256;
/** Rows wait no longer than this to be written. */
const WRITE_MS = 500;
const SLICE_MS = 50;

export const ballTitles: readonly string[] = [
  'index',
  'C',
  'at_least',
  'at_most',
  'exact',
  'nodes',
];

function rowOf(index: number, { C, atLeast, atMost, exact, nodes }: BallRegions): TableRow {
  const most = String(atMost);
  return {
    cells: [index, C, atLeast, most, exact ? 1 : 0, nodes],
    members: { index, C, atLeast, atMost: most, exact, nodes },
  };
}

/**
 * Reads centres and counts the regions that meet the ball around each, for at most `budgetMs`, and writes the rows as
 * they come. Rejects with `Interrupted` when the signal is aborted.
 */
export async function ballAll(
  { net, centres, table, progress, signal }: BallTask,
  budgetMs: number,
  io: Pick<Io, 'now'>,
): Promise<void> {
  const d = net.inputs;
  for (;;) {
    if (signal.aborted) throw new Interrupted(signal);
    const before = centres.fraction();
    const { count, points, radii } = await unlessStopped(centres.next(MOST_CENTRES), signal);
    if (count === 0) return;
    const after = centres.fraction();
    let found: BallRegions[] = [];
    let written = io.now();
    for (let i = 0; i < count; i++) {
      const centre = points.subarray(i * d, (i + 1) * d);
      const radius = typeof radii === 'number' ? radii : radii[i];
      try {
        found.push(await counted(net, centre, radius, budgetMs, io, signal));
      } catch (error) {
        if (signal.aborted) throw new Interrupted(signal);
        if (error instanceof InputError)
          throw new InputError(`${centres.path}: ${centres.place(i)}: ${error.message}`);
        throw error;
      }
      const share =
        before === undefined || after === undefined
          ? undefined
          : before + ((i + 1) / count) * (after - before);
      progress.at(table.rows + found.length, share);
      if (i + 1 < count && io.now() < written + WRITE_MS) continue;
      const rows = found;
      found = [];
      const write = table.write(rows.length, (at, index) => rowOf(index, rows[at]));
      await unlessStopped(write, signal, GRACE_MS);
      written = io.now();
    }
  }
}

/** What is known of one ball after the time, or before. */
async function counted(
  net: Model,
  centre: Float64Array,
  radius: number,
  budgetMs: number,
  io: Pick<Io, 'now'>,
  signal: AbortSignal,
): Promise<BallRegions> {
  const until = io.now() + budgetMs;
  const work = new BallCount(net, centre, radius);
  while (!work.run(Math.min(SLICE_MS, budgetMs))) {
    if (io.now() >= until) break;
    await pass({ signal });
  }
  return work.sofar();
}
