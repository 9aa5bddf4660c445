import type { Box } from '../../src/regions/complex/complex.ts';
import { DATA_VIEW } from '../../src/settings/schema.ts';
import {
  type BoxCount,
  type CircleResults,
  notifyError,
  type Picture,
  type State,
  useStore,
} from '../store/store.ts';
import { Latest } from './latest.ts';
import { Pause } from './pause.ts';
import { MOST_REGIONS, mapSize } from './pictures.ts';
import { recordCount } from './record.ts';
import { isGone } from './troubles.ts';
import { atLinkView, boxOf, sameBox, squareOf } from './view.ts';
import { discs } from './workers.ts';

/** While a network trains, a count is followed by a rest of so many times what it took: training and map come first. */
const REST = 3;

const DATA_SQUARE = squareOf(DATA_VIEW);

/** The box that an embed counts: the link's square, whatever the shape of the frame; elsewhere what is in view. */
function embeddedBox({ settings, linkView }: State): Box {
  return atLinkView({ settings, linkView })
    ? squareOf(linkView)
    : boxOf(settings.view, mapSize.width, mapSize.height);
}

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
 * the link's square in an embed. A picture of that very box tells it; otherwise it is counted apart.
 */
export function keepCounting(embedded: boolean): void {
  const wanted = embedded ? embeddedTarget : chartTarget;
  const boxNow = embedded ? embeddedBox : () => DATA_SQUARE;
  const pause = new Pause();

  const keep = (count: BoxCount) => {
    useStore.setState({ boxCount: count });
    if (!embedded) recordCount(count);
  };

  const measure = async (): Promise<void> => {
    const s = useStore.getState();
    const target = wanted(s);
    if (!target || mapSize.width === 0) return;
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
    // The picture at work tells it.
    const drawn = boxOf(s.settings.view, mapSize.width, mapSize.height);
    if (target.beside === null && sameBox(drawn, box)) return;
    if (isGone(s.troubles, 'discs')) return;
    const began = performance.now();
    const found = await discs.countBox(target.net, box, MOST_REGIONS);
    if (found) keep({ ...target, box, ...found });
    if (useStore.getState().frame?.status === 'playing')
      await pause.wait(REST * (performance.now() - began));
  };
  const follower = new Latest(measure, (error) =>
    notifyError('The regions could not be counted', error),
  );

  /** What is being counted is of no use any more. */
  const dropped = () => {
    void discs.callOffBox();
    pause.end();
    follower.request();
  };

  // Once the worker is there again.
  useStore.subscribe((s) => s.troubles.discs, follower.request.bind(follower));
  useStore.subscribe((s) => s.frame?.run, dropped);
  useStore.subscribe((s) => s.frame?.status, pause.end.bind(pause));
  useStore.subscribe((s) => s.frame, follower.request.bind(follower));
  useStore.subscribe((s) => s.circleResults, follower.request.bind(follower));
  useStore.subscribe((s) => s.settings.view, embedded ? dropped : follower.request.bind(follower));
  useStore.subscribe(
    (s) => s.picture,
    (picture) => {
      const s = useStore.getState();
      const fits =
        picture?.run === s.frame?.run && picture && sameBox(picture.complex.box, boxNow(s));
      if (fits && !wanted(s)?.beside) {
        const { run, net, step } = picture;
        keep({ run, net, step, beside: null, box: boxNow(s), ...numbersOf(picture) });
      } else follower.request();
    },
  );
}
