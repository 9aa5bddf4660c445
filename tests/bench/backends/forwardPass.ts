import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import type { Rival } from '../rivals/rival.ts';
import type { OwnBackend } from './contenders.ts';
import type { GpuClock } from './gpuClock.ts';
import {
  type Measurement,
  measureInTurns,
  type Patience,
  type Prepared,
  warmUp,
} from './measure.ts';
import { pointsFor, type Subject } from './subjects.ts';

/** One contender on one subject. */
export interface Result extends Measurement {
  readonly subject: Subject;
  readonly contender: string;
  /** For our WebGPU backend: the time of the kernels in one more call, on the device's clock. */
  readonly kernelMs?: number | undefined;
}

/** Points on which contenders must agree before they are timed, and how well. */
const COMPARED = 300;
const TOLERANCE = 1e-4;

/**
 * The forward pass of every contender on every subject. Throws when outputs differ: a fast wrong answer is not a
 * result.
 */
export async function forwardPasses(
  subjects: readonly Subject[],
  own: readonly OwnBackend[],
  rivals: readonly Rival[],
  patience: Patience,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const subject of subjects) {
    const expected = await expectedOutputs(subject);
    const entrants: Entrant[] = [];
    for (const { name, compute, clock } of own) {
      requireAgreement(
        name,
        subject,
        await compute.forward(subject.net, pointsFor(subject, COMPARED)),
        expected,
      );
      const prepare = (count: number) => {
        // In 32 bits, like those that the libraries are given.
        const points = Float32Array.from(pointsFor(subject, count));
        return () => compute.forward(subject.net, points);
      };
      entrants.push({ name, clock, ...(await warmUp(subject.points, prepare, patience)) });
    }
    const loaded = await Promise.all(rivals.map((rival) => rival.load(subject.net)));
    for (const [i, { forward }] of loaded.entries()) {
      const { name } = rivals[i];
      const few = Float32Array.from(pointsFor(subject, COMPARED));
      requireAgreement(name, subject, await forward(few, COMPARED), expected);
      const prepare = (count: number) => {
        const points = Float32Array.from(pointsFor(subject, count));
        return () => forward(points, count);
      };
      entrants.push({ name, ...(await warmUp(subject.points, prepare, patience)) });
    }
    results.push(...(await race(subject, entrants, patience)));
    for (const { dispose } of loaded) await dispose();
  }
  return results;
}

/** Who takes part in one measurement. */
export interface Entrant extends Prepared {
  readonly name: string;
  readonly clock?: GpuClock | undefined;
}

/** Times all entrants alternately, and then the kernels of one more call each, where there is a clock for them. */
export async function race(
  subject: Subject,
  entrants: readonly Entrant[],
  patience: Patience,
): Promise<Result[]> {
  const timed = await measureInTurns(entrants, patience);
  const results: Result[] = [];
  for (const [i, { name, clock, call }] of entrants.entries()) {
    await clock?.take();
    if (clock) await call();
    results.push({ subject, contender: name, ...timed[i], kernelMs: await clock?.take() });
  }
  return results;
}

async function expectedOutputs(subject: Subject): Promise<Float32Array> {
  const reference = createReferenceCompute();
  return reference.forward(subject.net, pointsFor(subject, COMPARED));
}

function requireAgreement(
  name: string,
  subject: Subject,
  given: ArrayLike<number>,
  expected: Float32Array,
): void {
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const apart = expected.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - given[i])),
    given.length === expected.length ? 0 : Number.POSITIVE_INFINITY,
  );
  if (!(apart <= TOLERANCE * scale))
    throw new Error(
      `${name} on ${subject.name}: outputs are off by ${apart}, of values up to ${scale}`,
    );
}
