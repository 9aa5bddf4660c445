import { notifyError, useStore } from '../store/store.ts';
import { Latest } from './latest.ts';
import { compute, discs } from './workers.ts';

/** While a person drags, a count that takes no longer than this is worth seeing although the circle has moved on. */
const WORTH_MS = 250;
let began = Number.POSITIVE_INFINITY;

async function measure(): Promise<void> {
  const { frame, circles } = useStore.getState();
  if (!frame) return;
  if (circles.length === 0) {
    useStore.setState({ circleResults: null });
    return;
  }
  const { net, run } = frame;
  began = performance.now();
  const [bounds, exact] = await Promise.all([
    compute.circles(net, circles),
    discs.count(net, circles),
  ]);
  began = Number.POSITIVE_INFINITY;
  if (exact === null) return;
  useStore.setState({ circleResults: { run, net, circles, bounds, exact } });
}

const follower = new Latest(measure, (error) =>
  notifyError('The circles could not be measured', error),
);

/** The network has learnt: brings bound and exact count of every circle up to date when the count at work is done. */
export const followCircles = (): void => follower.request();

/** A person changed circles or network: the same, but a long count of what is no more gives way. */
export function measureCircles(): void {
  if (performance.now() - began > WORTH_MS) void discs.callOffCount();
  follower.request();
}
