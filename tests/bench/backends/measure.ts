import { performance } from 'node:perf_hooks';

export interface Measurement {
  /** Points per call: all, or as many as a call of reasonable length takes. */
  readonly points: number;
  readonly runs: number;
  readonly medianMs: number;
  readonly bestMs: number;
  /** CPU time of the cheapest call, all threads together: other programs hardly affect it. */
  readonly cpuMs: number;
}

export interface Patience {
  /** Of one call: slower contenders are measured on fewer points. */
  readonly callMs: number;
  /** Of all calls together; at least five are made. */
  readonly totalMs: number;
}

/** How long to wait for a process that is busy with itself, and for how long it has to be idle. */
const SETTLING_MS = 20_000;
const IDLE_MS = 200;
const TURNS = 5;
const MOST_RUNS = 200;
const GROWTH = 8;

/** A call that is ready to be timed. */
export interface Prepared {
  readonly points: number;
  readonly call: () => unknown;
}

/**
 * A call on `points` points, or on fewer where it is slow. The batch grows to its size call by call: that warms up the
 * compiler, the caches and the pipelines.
 */
export async function warmUp(
  points: number,
  prepare: (count: number) => () => unknown,
  { callMs }: Patience,
): Promise<Prepared> {
  let count = Math.min(points, 64);
  let call = prepare(count);
  let ms = await quickest(call);
  while (count < points && ms < callMs / 2) {
    const affordable = Math.floor((count * callMs) / Math.max(ms, 0.01));
    count = Math.min(points, count * GROWTH, Math.max(affordable, count + 1));
    call = prepare(count);
    ms = await quickest(call);
  }
  return { points: count, call };
}

/**
 * Times calls alternately, a few of each at a time, so that other work on the machine affects all of them alike.
 * One measurement per call, in their order.
 */
export async function measureInTurns(
  calls: readonly Prepared[],
  { totalMs }: Patience,
): Promise<Measurement[]> {
  await settled();
  const tallies = calls.map(() => ({ times: [] as number[], cpuMs: Number.POSITIVE_INFINITY }));
  for (let turn = 0; turn < TURNS; turn++)
    for (const [i, { call }] of calls.entries()) {
      const tally = tallies[i];
      let spent = 0;
      do {
        const before = process.cpuUsage();
        const time = await timeOf(call);
        const { user, system } = process.cpuUsage(before);
        tally.cpuMs = Math.min(tally.cpuMs, (user + system) / 1000);
        tally.times.push(time);
        spent += time;
      } while (spent < totalMs / TURNS && tally.times.length < MOST_RUNS);
    }
  return tallies.map(({ times, cpuMs }, i) => {
    times.sort((a, b) => a - b);
    const middle = times.length >> 1;
    const medianMs = times.length % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    return { points: calls[i].points, runs: times.length, medianMs, bestMs: times[0], cpuMs };
  });
}

/**
 * Waits until this process has nothing else to do: runtimes of several megabytes are still compiled for seconds after
 * loading, on a core that a single-threaded contender shares.
 */
async function settled(): Promise<void> {
  for (const end = performance.now() + SETTLING_MS; performance.now() < end; ) {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 < IDLE_MS / 10) return;
  }
}

/** Of three: one may have been delayed, and a delayed contender must not get fewer points than its rivals. */
async function quickest(call: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) best = Math.min(best, await timeOf(call));
  return best;
}

async function timeOf(call: () => unknown): Promise<number> {
  const start = performance.now();
  await call();
  return performance.now() - start;
}
