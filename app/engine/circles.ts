import type { Network } from '../../src/network/network.ts';
import type { Circle } from '../store/circles.ts';
import { type CircleResults, notifyError, useStore } from '../store/store.ts';
import { WorkerGoneError } from '../workers/supervised.ts';
import { Latest } from './latest.ts';
import { isGone } from './troubles.ts';
import { compute, discs } from './workers.ts';

/** While a person drags, a count that takes no longer than this is worth seeing although the circle has moved on. */
const WORTH_MS = 250;
/** A bound waits so long for the exact count; then it is shown alone. */
const PATIENCE_MS = 400;
let began = Number.POSITIVE_INFINITY;

/** Whether nothing is shown of these circles yet; what is shown while a network trains stays until all is known. */
function isNews(run: number, circles: readonly Circle[]): boolean {
  const { circleResults } = useStore.getState();
  return circleResults?.run !== run || circleResults.circles !== circles;
}

/** The counts of those circles that were counted before and have not changed since, nor the network. */
function knownCounts(net: Network, circles: readonly Circle[]): CircleResults['exact'] {
  const { circleResults } = useStore.getState();
  return circles.map((circle) => {
    const at = circleResults?.net === net ? circleResults.circles.indexOf(circle) : -1;
    return circleResults?.exact[at] ?? null;
  });
}

/** Bounds are worth showing where nobody counts. */
function withoutCounts(error: unknown): null {
  if (!(error instanceof WorkerGoneError)) throw error;
  return null;
}

async function measure(): Promise<void> {
  const { frame, circles } = useStore.getState();
  if (!frame) return;
  if (circles.length === 0) {
    useStore.setState({ circleResults: null });
    return;
  }
  const { net, run, step } = frame;
  began = performance.now();
  const bounding = compute.circles(net, circles);
  const counting = discs.count(net, circles).catch(withoutCounts);
  const both = Promise.all([bounding, counting]);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const show = (bounds: CircleResults['bounds'], exact: CircleResults['exact']) =>
    useStore.setState({ circleResults: { run, net, step, circles, bounds, exact } });
  const showAlone = (bounds: CircleResults['bounds']) => {
    if (isNews(run, circles)) show(bounds, knownCounts(net, circles));
  };
  const [early, counted] = await Promise.race([both, Promise.all([bounding, late])]);
  if (counted === undefined) showAlone(early);
  const [bounds, exact] = await both;
  began = Number.POSITIVE_INFINITY;
  if (exact) show(bounds, exact);
  else if (isGone(useStore.getState().troubles, 'discs')) show(bounds, knownCounts(net, circles));
  // A hand that drags a large circle calls off one count after the other, and wants to read something.
  else showAlone(bounds);
}

const follower = new Latest(measure, (error) =>
  notifyError('The circles could not be measured', error),
);

/** The network has learnt: brings bound and exact count of every circle up to date when the count at work is done. */
export function followCircles(): void {
  if (!isGone(useStore.getState().troubles, 'compute')) follower.request();
}

/** A person changed circles or network: the same, but a long count of what is no more gives way. */
export function measureCircles(): void {
  if (performance.now() - began > WORTH_MS) void discs.callOffCount();
  follower.request();
}
