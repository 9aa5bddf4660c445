import type { Attempt } from '../../src/jobs/latest.ts';
import { WorkerGoneError } from '../../src/jobs/protocol.ts';
import type { Model } from '../../src/model/model.ts';
import type { Context } from './context.ts';
import type { Circle, CircleResults } from './state.ts';
import type { Cause } from './superseding.ts';
import { isGone } from './troubles.ts';

/** A bound waits so long for the exact count; then it is shown alone. */
const PATIENCE_MS = 400;

/** Bound and exact count of every circle. */
export function createMeasuring(context: Context) {
  const { compute, discs } = context.workers;

  /** Whether nothing is shown of these circles yet; while a network trains, the old numbers stay until all new ones are known. */
  const isNews = (run: number, circles: readonly Circle[]): boolean => {
    const { circleResults } = context.state;
    return circleResults?.run !== run || circleResults.circles !== circles;
  };

  /** The counts of those circles that were counted before and have not changed since, nor the network. */
  const knownCounts = (net: Model, circles: readonly Circle[]): CircleResults['exact'] => {
    const { circleResults } = context.state;
    return circles.map((circle) => {
      const at = circleResults?.net === net ? circleResults.circles.indexOf(circle) : -1;
      return circleResults?.exact[at] ?? null;
    });
  };

  const measure = async (attempt: Attempt<Cause>): Promise<void> => {
    const { frame, circles } = context.state;
    if (!frame) return;
    if (circles.length === 0) {
      context.set({ circleResults: null });
      return;
    }
    const { net, run, step } = frame;
    const { signal } = attempt;
    const bounding = compute.job('circles', { net, discs: circles });
    // Bounds are worth showing without a count: where the counting worker is gone, and where the count was cancelled.
    const counting = discs
      .job('discs', { net, discs: circles }, { signal })
      .catch((error: unknown) => {
        if (signal.aborted || error instanceof WorkerGoneError) return null;
        throw error;
      });
    const both = Promise.all([bounding, counting]);
    const late = attempt.rest(PATIENCE_MS).catch(() => {});
    const show = (bounds: CircleResults['bounds'], exact: CircleResults['exact']) =>
      context.set({ circleResults: { run, net, step, circles, bounds, exact } });
    const showAlone = (bounds: CircleResults['bounds']) => {
      if (isNews(run, circles)) show(bounds, knownCounts(net, circles));
    };
    try {
      const [early, counted] = await Promise.race([both, Promise.all([bounding, late])]);
      if (counted === undefined) showAlone(early);
      const [bounds, exact] = await both;
      if (exact) show(bounds, exact);
      else if (isGone(context.state.troubles, 'discs')) show(bounds, knownCounts(net, circles));
      // Dragging a large circle cancels one count after another, and there should be something to read.
      else showAlone(bounds);
    } finally {
      attempt.wake();
    }
  };

  const follower = context.latest('circles', measure, (error) =>
    context.notifyError('The circles could not be measured', error),
  );

  return {
    /** The network has learnt: brings bound and exact count of every circle up to date when the current count is done. */
    follow(): void {
      if (!isGone(context.state.troubles, 'compute')) follower.request('training');
    },

    /** A person changed circles or network: the same, but a long count that is out of date is cancelled. */
    measure: (): void => follower.request('change'),
  };
}
