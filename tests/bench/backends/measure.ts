import { performance } from 'node:perf_hooks';

export interface Measurement {
  /** Points per call: all, or as many as a call of reasonable length takes. */
  readonly points: number;
  readonly runs: number;
  readonly medianMs: number;
  readonly bestMs: number;
  /** Processor time of the cheapest call, all threads together: what other programs do hardly touches it. */
  readonly cpuMs: number;
}

export interface Patience {
  /** Of one call: what takes longer is measured on fewer points. */
  readonly callMs: number;
  /** Of all calls together; at least three are made. */
  readonly totalMs: number;
}

const FEWEST_RUNS = 3;
const MOST_RUNS = 50;
const GROWTH = 8;

/**
 * Median and best time of a call on `points` points, or on fewer where it is slow. The batch grows to its size call by
 * call: that warms up the compiler, the caches and the pipelines.
 */
export async function measure(
  points: number,
  prepare: (count: number) => () => unknown,
  patience: Patience,
): Promise<Measurement> {
  let count = Math.min(points, 64);
  let call = prepare(count);
  let ms = await timeOf(call);
  ms = Math.min(ms, await timeOf(call));
  while (count < points && ms < patience.callMs / 2) {
    const affordable = Math.floor((count * patience.callMs) / Math.max(ms, 0.01));
    count = Math.min(points, count * GROWTH, Math.max(affordable, count + 1));
    call = prepare(count);
    ms = await timeOf(call);
  }
  const times: number[] = [];
  let spent = 0;
  let cpuMs = Number.POSITIVE_INFINITY;
  while (times.length < FEWEST_RUNS || (spent < patience.totalMs && times.length < MOST_RUNS)) {
    const before = process.cpuUsage();
    const time = await timeOf(call);
    const { user, system } = process.cpuUsage(before);
    cpuMs = Math.min(cpuMs, (user + system) / 1000);
    times.push(time);
    spent += time;
  }
  times.sort((a, b) => a - b);
  const middle = times.length >> 1;
  const medianMs = times.length % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  return { points: count, runs: times.length, medianMs, bestMs: times[0], cpuMs };
}

async function timeOf(call: () => unknown): Promise<number> {
  const start = performance.now();
  await call();
  return performance.now() - start;
}
