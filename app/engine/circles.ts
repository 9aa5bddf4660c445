import { notifyError, useStore } from '../store/store.ts';
import { Latest } from './latest.ts';
import { compute, discs } from './workers.ts';

async function measure(): Promise<void> {
  const { frame, circles } = useStore.getState();
  if (!frame) return;
  if (circles.length === 0) {
    useStore.setState({ circleResults: null });
    return;
  }
  const { net, run } = frame;
  const [bounds, exact] = await Promise.all([
    compute.circles(net, circles),
    discs.count(net, circles),
  ]);
  useStore.setState({ circleResults: { run, net, circles, bounds, exact } });
}

const follower = new Latest(measure, (error) =>
  notifyError('The circles could not be measured', error),
);

/** Brings bound and exact count of every circle up to date. */
export const measureCircles = (): void => follower.request();
