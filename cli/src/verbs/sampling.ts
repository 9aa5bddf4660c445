import { InputError } from '../../../src/errors.ts';
import type { Sampling } from '../batch/sampleBalls.ts';
import type { Arguments, OptionSpec } from '../options.ts';

const SAMPLES = {
  name: 'samples',
  value: 'M',
  help: 'draw M points from each ball, for a lower bound on the activation regions that meet it',
};
const SEED = { name: 'seed', value: 'S', help: 'seed of the samples (1)' };

/** What `samplingOf` reads. */
export const SAMPLING: readonly OptionSpec[] = [SAMPLES, SEED];

/** What the user asks for; undefined without samples. */
export function samplingOf(given: Arguments): Sampling | undefined {
  if (given.has(SAMPLES.name))
    return { samples: given.limit(SAMPLES.name, 1), seed: given.limit(SEED.name, 1) };
  if (given.has(SEED.name)) throw new InputError(`--${SEED.name} goes with --${SAMPLES.name}`);
  return undefined;
}
