import { type SamplingOptions, sampleRegions } from '../../../src/bounds/sampling.ts';
import type { Compute } from '../../../src/compute/compute.ts';
import { InputError } from '../../../src/errors.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Balls, Centres } from './centres.ts';
import { Interrupted } from './interruption.ts';

export type Sampling = Pick<SamplingOptions, 'samples' | 'seed'>;

interface SampleTask {
  readonly net: Model;
  readonly compute: Compute;
  readonly centres: Centres;
  readonly signal: AbortSignal;
}

/** A lower bound on the activation regions that meet each ball; every ball has the same seed, as if it were alone. */
export async function sampleBalls(
  { net, compute, centres, signal }: SampleTask,
  sampling: Sampling,
  { count, points, radii }: Balls,
  onProgress: (share: number) => void,
): Promise<number[]> {
  const d = net.inputs;
  const found: number[] = [];
  for (let i = 0; i < count; i++)
    try {
      const centre = points.slice(i * d, (i + 1) * d);
      const radius = typeof radii === 'number' ? radii : radii[i];
      const { atLeast } = await sampleRegions(compute, net, centre, radius, {
        ...sampling,
        signal,
        onProgress: (done) => onProgress((i + done) / count),
      });
      found.push(atLeast);
    } catch (error) {
      if (signal.aborted) throw new Interrupted(signal);
      if (error instanceof InputError)
        throw new InputError(`${centres.path}: ${centres.place(i)}: ${error.message}`);
      throw error;
    }
  return found;
}
