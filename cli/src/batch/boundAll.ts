import { localBounds } from '../../../src/bounds/ladder.ts';
import type { BoundMethod } from '../../../src/bounds/methods.ts';
import type { Compute } from '../../../src/compute/compute.ts';
import { InputError } from '../../../src/errors.ts';
import { inSlices } from '../../../src/jobs/slices.ts';
import type { Steps } from '../../../src/steps.ts';
import { BoundRows } from './boundRows.ts';
import type { Balls } from './centres.ts';
import { GRACE_MS, Interrupted, unlessStopped } from './interruption.ts';
import { type Sampling, sampleBalls } from './sampleBalls.ts';
import type { BallTask } from './tableOfBalls.ts';

/** Numbers in flight: enough to keep a GPU busy, and few enough that a file of any length fits the memory. */
const MOST_NUMBERS = 2 ** 21;
const MOST_CENTRES = 2 ** 16;
/** Samples between two pieces of the table: if the work is stopped, the rows before are kept. */
const MOST_SAMPLES = 2 ** 18;

export interface BoundTask extends BallTask {
  readonly method: BoundMethod;
  /** Undefined without samples. */
  readonly sampling: Sampling | undefined;
  readonly compute: Compute;
}

/**
 * Reads centres, bounds their balls and writes the rows, a piece at a time. Rejects with `Interrupted` when the signal
 * is aborted.
 */
export async function boundAll(task: BoundTask): Promise<void> {
  const { net, sampling, centres, table, progress, signal } = task;
  const rows = new BoundRows(net);
  const most = Math.min(
    MOST_CENTRES,
    atLeastOne(MOST_NUMBERS / net.inputs),
    sampling ? atLeastOne(MOST_SAMPLES / sampling.samples) : MOST_CENTRES,
  );
  for (;;) {
    if (signal.aborted) throw new Interrupted(signal);
    const before = centres.fraction();
    const balls = await unlessStopped(centres.next(most), signal);
    if (balls.count === 0) return;
    const after = centres.fraction();
    const tell = (share: number) => {
      const fraction =
        before === undefined || after === undefined ? undefined : before + share * (after - before);
      progress.at(table.rows + Math.floor(share * balls.count), fraction);
    };
    // Beside sampling, bounding so few balls takes no time.
    const C = await boundsOf(task, balls, sampling ? () => {} : tell);
    const atLeast = sampling && (await sampleBalls(task, sampling, balls, tell));
    const write = table.write(balls.count, (i, index) => rows.of(C, i, index, atLeast?.[i]));
    await unlessStopped(write, signal, GRACE_MS);
  }
}

const atLeastOne = (n: number): number => Math.max(1, Math.floor(n));

async function boundsOf(
  task: BoundTask,
  balls: Balls,
  onProgress: (share: number) => void,
): Promise<Uint32Array> {
  const { compute, method, signal } = task;
  try {
    return (
      await compute.bounds(task.net, balls.points, balls.radii, { method, signal, onProgress })
    ).C;
  } catch (error) {
    if (signal.aborted) throw new Interrupted(signal);
    if (error instanceof InputError) await nameCulprit(task, balls);
    throw error;
  }
}

/** A batch fails as a whole; to fix the file, the user needs the row. */
async function nameCulprit(
  { net, method, centres, signal }: BoundTask,
  { count, points, radii }: Balls,
): Promise<void> {
  const d = net.inputs;
  const look = function* (): Steps<void> {
    for (let i = 0; i < count; i++) {
      try {
        const radius = typeof radii === 'number' ? radii : radii[i];
        localBounds(net, points.subarray(i * d, (i + 1) * d), radius, method);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        throw new InputError(`${centres.path}: ${centres.place(i)}: ${error.message}`);
      }
      yield;
    }
  };
  try {
    await inSlices(look(), { signal });
  } catch (error) {
    if (signal.aborted) throw new Interrupted(signal);
    throw error;
  }
}
