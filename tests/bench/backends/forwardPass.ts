import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import type { Rival } from '../rivals/rival.ts';
import type { OwnBackend } from './contenders.ts';
import { type Measurement, measure, type Patience } from './measure.ts';
import { pointsFor, type Subject } from './subjects.ts';

/** One contender on one subject. */
export interface Result extends Measurement {
  readonly subject: Subject;
  readonly contender: string;
  /** Of our backend on WebGPU: what the kernels took of one more call, on the device's clock. */
  readonly kernelMs?: number | undefined;
}

/** Points on which contenders must agree before they are timed, and how well. */
const COMPARED = 300;
const TOLERANCE = 1e-4;

/** The forward pass of every contender on every subject. Throws when outputs differ: fast and wrong is no result. */
export async function forwardPasses(
  subjects: readonly Subject[],
  own: readonly OwnBackend[],
  rivals: readonly Rival[],
  patience: Patience,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const subject of subjects) {
    const expected = await expectedOutputs(subject);
    for (const { name, compute, clock } of own) {
      compute.load(subject.net);
      requireAgreement(
        name,
        subject,
        await compute.forward(pointsFor(subject, COMPARED)),
        expected,
      );
      const timed = await measure(
        subject.points,
        (count) => {
          const points = pointsFor(subject, count);
          return () => compute.forward(points);
        },
        patience,
      );
      await clock?.take();
      if (clock) await compute.forward(pointsFor(subject, timed.points));
      results.push({ subject, contender: name, ...timed, kernelMs: await clock?.take() });
    }
    for (const rival of rivals) {
      const loaded = await rival.load(subject.net);
      const few = Float32Array.from(pointsFor(subject, COMPARED));
      requireAgreement(rival.name, subject, await loaded.forward(few, COMPARED), expected);
      const timed = await measure(
        subject.points,
        (count) => {
          const points = Float32Array.from(pointsFor(subject, count));
          return () => loaded.forward(points, count);
        },
        patience,
      );
      await loaded.dispose();
      results.push({ subject, contender: rival.name, ...timed });
    }
  }
  return results;
}

async function expectedOutputs(subject: Subject): Promise<Float32Array> {
  const reference = createReferenceCompute();
  reference.load(subject.net);
  return reference.forward(pointsFor(subject, COMPARED));
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
