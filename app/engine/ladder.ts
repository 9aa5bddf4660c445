import { BOUND_METHODS, boundMethods, workPerBall } from '../../src/bounds/methods.ts';
import { notifyError, type State, useStore } from '../store/store.ts';
import { Latest } from './latest.ts';
import { placeOf } from './measured.ts';
import { Pause } from './pause.ts';
import { compute } from './workers.ts';

/** Multiply-adds that a method may take to follow the hand: some tens of milliseconds. */
const MOST_QUICK_WORK = 5e7;
/** The others, half a second each for the largest network, wait until nothing has changed for this long. */
const REST_MS = 300;

/** What the ladder is about: the circle as it was measured, so that the neurons that do switch are known beside it. */
function subject({ circleResults, selected, ladderOpen }: State) {
  const at = placeOf(circleResults, selected);
  if (!ladderOpen || !circleResults || at < 0) return null;
  return { results: circleResults, circle: circleResults.circles[at] };
}

const pause = new Pause();
let version = 0;

async function measure(): Promise<void> {
  const mine = version;
  const about = subject(useStore.getState());
  if (!about) return;
  const { results, circle } = about;
  const { net } = results;
  const quick = boundMethods.filter((method) => workPerBall(net, method) <= MOST_QUICK_WORK);
  const known = new Map(
    (await compute.ladder(net, circle, quick)).map((row, i) => [quick[i], row]),
  );
  const show = () => {
    const rows = boundMethods.map((method) => ({
      name: BOUND_METHODS[method].name,
      ...(known.get(method) ?? { C: null, zaslavsky: null }),
    }));
    useStore.setState({ ladder: { results, circle, rows } });
  };
  show();
  for (const method of boundMethods) {
    if (known.has(method)) continue;
    await pause.wait(REST_MS);
    if (version !== mine) return;
    const [row] = await compute.ladder(net, circle, [method]);
    known.set(method, row);
    if (version !== mine) return;
    show();
  }
}

const follower = new Latest(measure, (error) =>
  notifyError('The tighter bounds could not be worked out', error),
);

/** Works them out again: who did has been lost. */
export const repeatLadder = (): void => follower.request();

/** Keeps the tighter bounds of the selected circle true as long as somebody looks at them. */
export function keepLadder(): void {
  let shown = subject(useStore.getState());
  useStore.subscribe(subject, (next) => {
    if (next?.results.net === shown?.results.net && next?.circle === shown?.circle) return;
    shown = next;
    version++;
    pause.end();
    follower.request();
  });
}
