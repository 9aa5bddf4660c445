import { type BoundMethod, boundMethods } from '../../../src/bounds/methods.ts';
import type { OwnBackend } from './contenders.ts';
import { type Entrant, type Result, race } from './forwardPass.ts';
import { type Patience, warmUp } from './measure.ts';
import { expectedCounts, requireSameCounts } from './recursion.ts';
import { pointsFor, type Subject } from './subjects.ts';

/** Larger batches give no more information, and the slowest methods would take an hour. */
const MOST_POINTS = 100_000;
/** 32 bits may give another count where decisions depend on rounding. */
const MOST_APART = 0.02;
/** Methods that can only count more; the others may differ either way. */
const ISOTONIC: readonly BoundMethod[] = ['algorithm1plus', 'ibp'];

/** One backend with one method, and how many neurons of every hidden layer that leaves unstable, in the mean. */
export interface LadderResult extends Result {
  readonly method: BoundMethod;
  readonly unstable: readonly number[];
}

/** The tighter bounds by every backend on every subject. Throws when counts differ. */
export async function ladders(
  subjects: readonly Subject[],
  own: readonly OwnBackend[],
  patience: Patience,
): Promise<LadderResult[]> {
  const results: LadderResult[] = [];
  for (const subject of largestOf(subjects))
    for (const method of boundMethods) {
      if (method === 'algorithm1') continue;
      const { net, radius } = subject;
      const expected = await expectedCounts(subject, method);
      const entrants: Entrant[] = [];
      for (const { name, compute, clock } of own) {
        const few = pointsFor(subject, expected.length / net.widths.length);
        const { C } = await compute.bounds(net, few, radius, { method });
        const apart = compute.backend === 'reference' ? 0 : MOST_APART;
        const what = `${name}, ${method}`;
        requireSameCounts(what, subject, C, expected, apart, !ISOTONIC.includes(method));
        const prepare = (count: number) => {
          const points = pointsFor(subject, count);
          return () => compute.bounds(net, points, radius, { method });
        };
        entrants.push({ name, clock, ...(await warmUp(subject.points, prepare, patience)) });
      }
      const unstable = meansOf(expected, net.widths.length);
      for (const result of await race(subject, entrants, patience))
        results.push({ ...result, method, unstable });
    }
  return results;
}

/** Every network once, with as many points as are reasonable. */
const largestOf = (subjects: readonly Subject[]): Subject[] =>
  subjects.filter(
    ({ name, points }) =>
      points <= MOST_POINTS &&
      !subjects.some(
        (other) => other.name === name && other.points > points && other.points <= MOST_POINTS,
      ),
  );

/** The mean count of every layer. */
function meansOf(counts: Uint32Array, layers: number): number[] {
  const sums = new Array<number>(layers).fill(0);
  counts.forEach((count, i) => {
    sums[i % layers] += count;
  });
  return sums.map((sum) => (sum * layers) / counts.length);
}
