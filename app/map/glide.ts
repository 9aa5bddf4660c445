import { interpolateZoom } from 'd3';
import { tidyView } from '../../src/settings/compound.ts';
import type { Travel } from '../session/travel.ts';

/** Least and greatest duration, in milliseconds: far journeys take longer, but none is slow. */
const QUICKEST = 250;
const SLOWEST = 1100;

/** Moves the view along the smoothest path of zoom and pan (van Wijk & Nuij 2003), unless motion is not wanted. */
export const glide: Travel = (from, to, show) => {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
    show(to);
    return () => {};
  }
  const path = interpolateZoom([from.x, from.y, 2 * from.half], [to.x, to.y, 2 * to.half]);
  const duration = Math.min(SLOWEST, Math.max(QUICKEST, path.duration / 3));
  let began: number | null = null;
  let frame = 0;
  const step = (now: number) => {
    began ??= now;
    const t = Math.min(1, (now - began) / duration);
    const [x, y, width] = path(t * t * (3 - 2 * t));
    const arrived = t >= 1;
    if (show(arrived ? to : tidyView({ x, y, half: width / 2 })) && !arrived)
      frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
};
