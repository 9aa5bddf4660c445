import type { BoundMethod } from '../../../src/bounds/methods.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import type { OwnBackend } from './contenders.ts';
import { type Entrant, type Result, race } from './forwardPass.ts';
import { type Patience, warmUp } from './measure.ts';
import { plainRecursion } from './plainRecursion.ts';
import { pointsFor, type Subject } from './subjects.ts';

const COMPARED = 300;
/** 32 bits may count one neuron more where a decision depends on rounding, never one less. */
const MOST_EXTRA = 0.02;

/** Straightforward implementations, in the order of precision. */
const PLAIN = [
  { name: 'plain loop, f64', Kind: Float64Array, is32Bit: false },
  { name: 'plain loop, f32', Kind: Float32Array, is32Bit: true },
];

/** The U/P/S recursion of every backend on every subject, beside plain loops. Throws when counts differ. */
export async function recursions(
  subjects: readonly Subject[],
  own: readonly OwnBackend[],
  patience: Patience,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const subject of subjects) {
    const { net, radius } = subject;
    const expected = await expectedCounts(subject, 'algorithm1');
    const entrants: Entrant[] = [];
    for (const { name, Kind, is32Bit } of PLAIN) {
      const given = plainRecursion(net, pointsFor(subject, COMPARED), radius, Kind);
      // Without inflation 32 bits may err to either side.
      requireSameCounts(name, subject, given, expected, is32Bit ? 0.01 : 0, is32Bit);
      const prepare = (count: number) => {
        const points = pointsFor(subject, count);
        return () => plainRecursion(net, points, radius, Kind);
      };
      entrants.push({ name, ...(await warmUp(subject.points, prepare, patience)) });
    }
    for (const { name, compute, clock } of own) {
      const { C } = await compute.bounds(net, pointsFor(subject, COMPARED), radius);
      const extra = compute.backend === 'reference' ? 0 : MOST_EXTRA;
      requireSameCounts(name, subject, C, expected, extra, false);
      const prepare = (count: number) => {
        const points = pointsFor(subject, count);
        return () => compute.bounds(net, points, radius);
      };
      entrants.push({ name, clock, ...(await warmUp(subject.points, prepare, patience)) });
    }
    results.push(...(await race(subject, entrants, patience)));
  }
  return results;
}

/** C of every layer at the points that contenders are compared on, in 64 bits. */
export async function expectedCounts(subject: Subject, method: BoundMethod): Promise<Uint32Array> {
  const reference = createReferenceCompute();
  return (
    await reference.bounds(subject.net, pointsFor(subject, COMPARED), subject.radius, { method })
  ).C;
}

/** Throws when counts are off by more than a share of them all, or too small where they may not be. */
export function requireSameCounts(
  name: string,
  subject: Subject,
  given: Uint32Array,
  expected: Uint32Array,
  tolerance: number,
  mayMiss: boolean,
): void {
  const total = expected.reduce((sum, count) => sum + count, 0);
  let apart = given.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  let missed = false;
  expected.forEach((count, i) => {
    apart += Math.abs(given[i] - count);
    missed ||= given[i] < count;
  });
  if (apart > tolerance * total || (missed && !mayMiss))
    throw new Error(
      `${name} on ${subject.name}: counts are off by ${apart} of ${total}${missed ? ', some too small' : ''}`,
    );
}
