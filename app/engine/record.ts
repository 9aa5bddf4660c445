import { amendHistory, appendHistory, type Sample } from '../charts/history.ts';
import { type BoxCount, type CircleResults, useStore } from '../store/store.ts';
import type { Frame } from '../workers/training.worker.ts';

/** What is measured of a step later than its loss goes to that step, and nowhere where the charts do not show it. */
function amend(step: number, sample: Sample): void {
  useStore.setState(({ history }) => ({ history: amendHistory(history, step, sample) }));
}

/** A step of which loss and accuracy are known: the charts have those, and only those. */
export function recordFrame({ step, evaluatedStep, train, test }: Frame): void {
  if (evaluatedStep !== step) return;
  useStore.setState(({ history }) => ({
    history: appendHistory(history, step, {
      trainLoss: train.loss,
      testLoss: test.loss,
      trainAccuracy: train.accuracy,
      testAccuracy: test.accuracy,
    }),
  }));
}

/** The regions in the charts' box; a count that stopped at its limit is no number of regions, and leaves a gap. */
export function recordCount({ run, step, activationRegions, linearRegions, complete }: BoxCount) {
  if (useStore.getState().frame?.run !== run) return;
  amend(step, { activationRegions: complete ? activationRegions : null, linearRegions });
}

/** The mean bound of the circles that stand. */
export function recordCircles(results: CircleResults | null): void {
  const { frame } = useStore.getState();
  if (!frame) return;
  if (!results) amend(frame.step, { meanC: null });
  else if (results.run === frame.run) {
    const C = results.bounds.map((bound) => bound.C);
    amend(results.step, { meanC: C.reduce((a, b) => a + b, 0) / C.length });
  }
}
