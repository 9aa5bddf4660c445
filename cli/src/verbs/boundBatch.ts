import { boundMethods } from '../../../src/bounds/methods.ts';
import { boundAll } from '../batch/boundAll.ts';
import { boundTitles } from '../batch/boundRows.ts';
import { unlessStopped } from '../batch/interruption.ts';
import { COMPUTE_CHOICES, openCompute } from '../batch/openCompute.ts';
import { BALL_OPTIONS, CENTRES, TABLE_OPTIONS, tableOfBalls } from '../batch/tableOfBalls.ts';
import type { OptionSpec } from '../options.ts';
import { samplingOf } from './sampling.ts';
import type { Batch } from './verb.ts';

const COMPUTE = {
  name: 'compute',
  value: COMPUTE_CHOICES.join('|'),
  help: 'the backend; auto: a GPU if there is one',
};
const METHOD = {
  name: 'method',
  value: boundMethods.join('|'),
  help: 'how neurons that may switch are found (algorithm1)',
};
export const BATCH_OPTIONS: readonly OptionSpec[] = [
  ...BALL_OPTIONS,
  METHOD,
  COMPUTE,
  ...TABLE_OPTIONS,
];

/** Algorithm 1 (guarded), or another method, in a ball around every centre of a file; one row each, written as they come. */
export const boundBatch: Batch = {
  option: CENTRES.name,
  prints:
    'a table with a row per centre: index, C of every layer, C, zaslavsky, log2_zaslavsky; at most 2^C regions; with --samples also at_least',
  async run(net, given, io) {
    const sampling = samplingOf(given);
    const choice = given.choice(COMPUTE.name, COMPUTE_CHOICES);
    const method = given.choice(METHOD.name, boundMethods);
    const titles = boundTitles(net, sampling !== undefined);
    const single = ['at', 'r', 'variant'];
    await tableOfBalls(net, given, io, single, titles, async (progress, signal) => {
      const choosing = openCompute(choice, (message) => {
        progress.clear();
        io.error(`reluscope: ${message}\n`);
      });
      const compute = await unlessStopped(choosing, signal);
      return {
        run: (task) => boundAll({ ...task, method, sampling, compute }),
        // A backend may say more of itself once it has worked.
        get description() {
          return compute.description;
        },
        dispose: () => compute.dispose(),
      };
    });
  },
};
