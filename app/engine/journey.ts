import { interpolateZoom } from 'd3';
import type { View } from '../../src/settings/compound.ts';
import { tidyView } from '../../src/settings/compound.ts';
import { useStore } from '../store/store.ts';
import type { ListedRegion } from './overview.ts';
import { change } from './run.ts';

/** Least and greatest duration, in milliseconds: far journeys take longer, but none takes patience. */
const QUICKEST = 250;
const SLOWEST = 1100;

const still = window.matchMedia('(prefers-reduced-motion: reduce)');

let journey = 0;

/** Moves the view along the smoothest path of zoom and pan (van Wijk & Nuij 2003); a gesture on the way ends it. */
function travel(to: View): void {
  const mine = ++journey;
  const from = useStore.getState().settings.view;
  if (still.matches) {
    change({ view: to });
    return;
  }
  const path = interpolateZoom([from.x, from.y, 2 * from.half], [to.x, to.y, 2 * to.half]);
  const duration = Math.min(SLOWEST, Math.max(QUICKEST, path.duration / 3));
  let began: number | null = null;
  let last = from;
  const step = (now: number) => {
    if (mine !== journey || useStore.getState().settings.view !== last) return;
    began ??= now;
    const t = Math.min(1, (now - began) / duration);
    if (t < 1) {
      const [x, y, width] = path(t * t * (3 - 2 * t));
      last = tidyView({ x, y, half: width / 2 });
      requestAnimationFrame(step);
    } else last = to;
    change({ view: last });
  };
  requestAnimationFrame(step);
}

/** Goes to a region and marks it; the first time the view left behind is remembered. */
export function goTo({ x, y, view }: ListedRegion): void {
  const { leftView, settings } = useStore.getState();
  useStore.setState({ leftView: leftView ?? settings.view, focus: { x, y }, hoverFace: null });
  travel(view);
}

/** Back to the view from which the first journey began. */
export function goBack(): void {
  const { leftView } = useStore.getState();
  if (!leftView) return;
  useStore.setState({ focus: null, leftView: null });
  travel(leftView);
}
