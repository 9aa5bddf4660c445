import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { powerOfTwo, zaslavsky } from '../../../src/bounds/regionBounds.ts';
import { sampleRegions } from '../../../src/bounds/sampling.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Sampling } from '../batch/sampleBalls.ts';
import { type Progress, QUIET } from '../progress.ts';
import { BATCH_OPTIONS, boundBatch } from './boundBatch.ts';
import { AT } from './options.ts';
import { SAMPLING, samplingOf } from './sampling.ts';
import type { Verb } from './verb.ts';

const RADIUS = { name: 'r', value: 'R', help: 'radius of the ball, greater than 0' };

const VARIANT = {
  name: 'variant',
  value: 'guarded|printed',
  help: 'guarded: neurons that are zero on the whole ball do not count (default); printed: as in the paper',
};

/** The result of sampling: in any dimension a lower bound beside the upper bound. */
async function sampled(
  net: Model,
  point: readonly number[],
  radius: number,
  sampling: Sampling,
  progress: Progress,
): Promise<object> {
  const compute = createReferenceCompute();
  const options = {
    ...sampling,
    onProgress: (done: number, atLeast: number) =>
      progress.show(() => `at least ${atLeast} regions, ${Math.floor(100 * done)} % done`),
  };
  try {
    return await sampleRegions(compute, net, Float64Array.from(point), radius, options);
  } finally {
    compute.dispose();
  }
}

export const bound: Verb = {
  name: 'bound',
  summary:
    'bound the regions that meet a ball (Zhu, Lin & Tang 2020, Algorithm 1); any number of inputs',
  options: [AT, RADIUS, VARIANT, ...SAMPLING, ...BATCH_OPTIONS],
  prints:
    '{layers: [{A, U, P, S, C}], C, bound, zaslavsky}; bound = 2^C and zaslavsky are decimal strings; with --samples also atLeast, samples',
  batch: boundBatch,
  async run(net, given, progress) {
    const sampling = samplingOf(given);
    const only = BATCH_OPTIONS.filter((option) => !(sampling && option === QUIET));
    given.refuse(only, boundBatch.option);
    const dimension = net.inputs;
    const point = given.point(AT.name, dimension);
    const radius = given.positive(RADIUS.name);
    const variant = given.choice(VARIANT.name, ['guarded', 'printed']);
    const { layers, C: total } = algorithmOne(net, point, radius, variant);
    const counts = layers.map(({ C }) => C);
    return {
      layers: layers.map(({ A, U, P, S, C }) => ({ A, U, P, S, C })),
      C: total,
      bound: String(powerOfTwo(total)),
      zaslavsky: String(zaslavsky(counts, dimension)),
      ...(sampling ? await sampled(net, point, radius, sampling, progress) : {}),
    };
  },
};
