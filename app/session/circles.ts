import { WorkerGoneError } from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Context } from './context.ts';
import type { Circle, CircleResults } from './state.ts';
import { isGone } from './troubles.ts';

/** While a person drags, a count that takes no longer than this is worth seeing although the circle has moved on. */
const WORTH_MS = 250;
/** A bound waits so long for the exact count; then it is shown alone. */
const PATIENCE_MS = 400;

/** Bounds are worth showing where nobody counts. */
function withoutCounts(error: unknown): null {
  if (!(error instanceof WorkerGoneError)) throw error;
  return null;
}

/** Bound and exact count of every circle. */
export function createMeasuring(context: Context) {
  const { compute, discs } = context.services;
  const patience = context.pause();
  let began = Number.POSITIVE_INFINITY;

  /** Whether nothing is shown of these circles yet; what is shown while a network trains stays until all is known. */
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

  const measure = async (): Promise<void> => {
    const { frame, circles } = context.state;
    if (!frame) return;
    if (circles.length === 0) {
      context.set({ circleResults: null });
      return;
    }
    const { net, run, step } = frame;
    began = performance.now();
    const bounding = compute.circles(net, circles);
    const counting = discs.count(net, circles).catch(withoutCounts);
    const both = Promise.all([bounding, counting]);
    const late = patience.wait(PATIENCE_MS);
    const show = (bounds: CircleResults['bounds'], exact: CircleResults['exact']) =>
      context.set({ circleResults: { run, net, step, circles, bounds, exact } });
    const showAlone = (bounds: CircleResults['bounds']) => {
      if (isNews(run, circles)) show(bounds, knownCounts(net, circles));
    };
    try {
      const [early, counted] = await Promise.race([both, Promise.all([bounding, late])]);
      if (counted === undefined) showAlone(early);
      const [bounds, exact] = await both;
      began = Number.POSITIVE_INFINITY;
      if (exact) show(bounds, exact);
      else if (isGone(context.state.troubles, 'discs')) show(bounds, knownCounts(net, circles));
      // A hand that drags a large circle calls off one count after the other, and wants to read something.
      else showAlone(bounds);
    } finally {
      patience.end();
    }
  };

  const follower = context.latest(measure, (error) =>
    context.notifyError('The circles could not be measured', error),
  );

  return {
    /** The network has learnt: brings bound and exact count of every circle up to date when the count at work is done. */
    follow(): void {
      if (!isGone(context.state.troubles, 'compute')) follower.request();
    },

    /** A person changed circles or network: the same, but a long count of what is no more gives way. */
    measure(): void {
      if (performance.now() - began > WORTH_MS) void discs.callOffCount();
      follower.request();
    },
  };
}
