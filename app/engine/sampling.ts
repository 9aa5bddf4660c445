import type { Network } from '../../src/network/network.ts';
import type { Circle } from '../store/circles.ts';
import { notifyError, type State, useStore } from '../store/store.ts';
import { Latest } from './latest.ts';
import { placeOf } from './measured.ts';
import { Pause } from './pause.ts';
import { sampleSteps } from './sampleSteps.ts';
import { compute } from './workers.ts';

/** More points are drawn when nothing has changed for this long. */
const REST_MS = 300;
/** The same circle always shows the same points. */
const SEED = 1;

interface Target {
  readonly run: number;
  readonly net: Network;
  readonly circle: Circle;
}

const pause = new Pause();
let target: Target | null = null;
/** Whether more points are being drawn for a circle that has a number already. */
let refining = false;

/** The circle of which samples are to tell, as it was measured: somebody asks, or the exact count is not there. */
function wanted({ circleResults, selected, ladderOpen }: State): Target | null {
  const at = placeOf(circleResults, selected);
  if (!circleResults || at < 0) return null;
  const { run, net, circles, exact } = circleResults;
  return ladderOpen || !exact[at]?.complete ? { run, net, circle: circles[at] } : null;
}

async function measure(): Promise<void> {
  const mine = target;
  if (!mine) return;
  const { net, circle } = mine;
  for (const [i, samples] of sampleSteps(net).entries()) {
    if (i > 0) await pause.wait(REST_MS);
    if (target !== mine) return;
    refining = i > 0;
    try {
      const found = await compute.sample(net, circle, { samples, seed: SEED }, i === 0);
      if (found === null) return;
      useStore.setState({ sampled: { ...mine, ...found } });
    } finally {
      refining = false;
    }
  }
}

const follower = new Latest(measure, (error) =>
  notifyError('The regions in the circle could not be sampled', error),
);

/** Draws the points again: who did has been lost. */
export const repeatSampling = (): void => follower.request();

/** Keeps up a number of regions that the selected circle meets at least. */
export function keepSampling(): void {
  useStore.subscribe(wanted, (next) => {
    if (next?.net === target?.net && next?.circle === target?.circle) return;
    target = next;
    pause.end();
    if (refining) void compute.callOffSampling();
    if (next) follower.request();
  });
}
