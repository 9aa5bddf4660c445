import type { Attempt } from '../../src/jobs/latest.ts';
import type { Box } from '../../src/regions/complex/complex.ts';
import { DATA_VIEW } from '../../src/settings/schema.ts';
import type { Context } from './context.ts';
import { MOST_REGIONS } from './pictures.ts';
import type { Records } from './record.ts';
import type { BoxCount, CircleResults, Picture, State } from './state.ts';
import type { Cause } from './superseding.ts';
import { isGone } from './troubles.ts';
import { atLinkView, boxInView, sameBox, squareOf } from './view.ts';

/** While a network trains, a count is followed by a rest of so many times what it took: training and map come first. */
const REST = 3;

const DATA_SQUARE = squareOf(DATA_VIEW);

/** The box that an embed counts: the link's square, whatever the shape of the frame; elsewhere what is in view. */
const embeddedBox = (state: State): Box =>
  atLinkView(state) ? squareOf(state.opened.view) : boxInView(state);

/** The network whose regions are wanted, and the circles measured in it that stand beside the count. */
type Target = Pick<BoxCount, 'run' | 'net' | 'step' | 'beside'>;

/** In the charts: the newest step that they have. */
function chartTarget({ frame }: State): Target | null {
  if (!frame || frame.evaluatedStep !== frame.step) return null;
  return { run: frame.run, net: frame.net, step: frame.step, beside: null };
}

/** In an embed: the network of the bound that stands beside the count, so that both are of one step. */
function embeddedTarget({ frame, circles, circleResults }: State): Target | null {
  if (!frame || frame.status === 'replaying') return null;
  const beside: CircleResults | null =
    circles.length > 0 && circleResults?.run === frame.run ? circleResults : null;
  const { run, net, step } = beside ?? frame;
  return { run, net, step, beside };
}

const numbersOf = ({ complex, linearCount }: Picture) => ({
  activationRegions: complex.faceCount,
  linearRegions: complex.complete ? linearCount : null,
  complete: complex.complete,
});

/**
 * Keeps up the number of regions in a box that does not depend on what the map shows: the data's square for the charts,
 * the link's square in an embed. A picture of exactly that box gives it; otherwise it is counted separately.
 */
export function keepCounting(context: Context, records: Records, embedded: boolean): void {
  const { discs } = context.workers;
  const wanted = embedded ? embeddedTarget : chartTarget;
  const boxNow = embedded ? embeddedBox : () => DATA_SQUARE;

  const keep = (count: BoxCount) => {
    context.set({ boxCount: count });
    if (!embedded) records.count(count);
  };

  const measure = async (attempt: Attempt<Cause>): Promise<void> => {
    const s = context.state;
    const target = wanted(s);
    if (!target || s.mapSize.width === 0) return;
    const box = boxNow(s);
    const { boxCount: known, picture } = s;
    if (known?.net === target.net && sameBox(known.box, box)) {
      if (known.beside !== target.beside) keep({ ...known, beside: target.beside });
      return;
    }
    if (picture?.net === target.net && sameBox(picture.complex.box, box)) {
      keep({ ...target, box, ...numbersOf(picture) });
      return;
    }
    // The picture being computed will give it.
    if (target.beside === null && sameBox(boxInView(s), box)) return;
    if (isGone(s.troubles, 'discs')) return;
    const began = performance.now();
    const asked = { net: target.net, box, maxRegions: MOST_REGIONS };
    keep({ ...target, box, ...(await discs.job('box', asked, { signal: attempt.signal })) });
    if (context.state.frame?.status === 'playing')
      await attempt.rest(REST * (performance.now() - began));
  };
  const follower = context.latest('boxCount', measure, (error) =>
    context.notifyError('The regions could not be counted', error),
  );
  const follow = () => follower.request('training');
  /** The current count is out of date. */
  const dropped = () => follower.request('change');

  // When the worker has been started again.
  context.watch((s) => s.troubles.discs, follow);
  context.watch((s) => s.frame?.run, dropped);
  context.watch(
    (s) => s.frame?.status,
    () => follower.wake(),
  );
  context.watch((s) => s.frame, follow);
  context.watch((s) => s.circleResults, follow);
  context.watch((s) => s.settings.view, embedded ? dropped : follow);
  context.watch(
    (s) => s.picture,
    (picture) => {
      const s = context.state;
      const fits =
        picture?.run === s.frame?.run && picture && sameBox(picture.complex.box, boxNow(s));
      if (fits && !wanted(s)?.beside) {
        const { run, net, step } = picture;
        keep({ run, net, step, beside: null, box: boxNow(s), ...numbersOf(picture) });
      } else follow();
    },
  );
}
