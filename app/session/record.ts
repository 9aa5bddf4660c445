import type { Frame } from '../../src/jobs/services.ts';
import type { Context } from './context.ts';
import { amendHistory, appendHistory, type Sample } from './history.ts';
import type { BoxCount, CircleResults } from './state.ts';

export type Records = ReturnType<typeof createRecords>;

/** Records measurements for the charts. */
export function createRecords(context: Pick<Context, 'state' | 'set'>) {
  /** A value measured after the loss of its step is added to that step, or dropped if the charts do not show the step. */
  const amend = (step: number, sample: Sample): void =>
    context.set({ history: amendHistory(context.state.history, step, sample) });

  return {
    /** A step of which loss and accuracy are known: the charts have those, and only those. */
    frame({ step, evaluatedStep, train, test }: Frame): void {
      if (evaluatedStep !== step) return;
      const sample = {
        trainLoss: train.loss,
        testLoss: test.loss,
        trainAccuracy: train.accuracy,
        testAccuracy: test.accuracy,
      };
      context.set({ history: appendHistory(context.state.history, step, sample) });
    },

    /** The regions in the charts' box; a count that stopped at its limit is no number of regions, and leaves a gap. */
    count({ run, step, activationRegions, linearRegions, complete }: BoxCount): void {
      if (context.state.frame?.run !== run) return;
      amend(step, { activationRegions: complete ? activationRegions : null, linearRegions });
    },

    /** The mean bound of the circles that stand. */
    circles(results: CircleResults | null): void {
      const { frame } = context.state;
      if (!frame) return;
      if (!results) amend(frame.step, { meanC: null });
      else if (results.run === frame.run) {
        const C = results.bounds.map((bound) => bound.C);
        amend(results.step, { meanC: C.reduce((a, b) => a + b, 0) / C.length });
      }
    },
  };
}
