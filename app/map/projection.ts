import type * as d3 from 'd3';
import {
  clampView,
  minHalfAt,
  tidyView,
  VIEW_LIMITS,
  type View,
} from '../../src/settings/compound.ts';

/** Plane to pixels of a map: x to the right, y upwards, one scale for both. */
export interface Projection {
  readonly view: View;
  readonly width: number;
  readonly height: number;
  /** Pixels per unit of the plane. */
  readonly scale: number;
  px(x: number): number;
  py(y: number): number;
  x(px: number): number;
  y(py: number): number;
}

/** About the centre of the view, whose difference to a point nearby is exact: pixels hold at any depth. */
export function projection(view: View, width: number, height: number): Projection {
  const scale = Math.min(width, height) / (2 * view.half);
  return {
    view,
    width,
    height,
    scale,
    px: (x) => width / 2 + (x - view.x) * scale,
    py: (y) => height / 2 - (y - view.y) * scale,
    x: (px) => view.x + (px - width / 2) / scale,
    y: (py) => view.y - (py - height / 2) / scale,
  };
}

/**
 * The view after a d3 zoom transform that began as the identity at the view `base`. Transforms are never told from a
 * fixed view: at a depth of 10¹² their translations would be so large that a pixel is lost in their rounding.
 */
export function movedView(base: View, t: d3.ZoomTransform, width: number, height: number): View {
  const perPixel = (2 * base.half) / Math.min(width, height);
  // Distance, in pixels of the base view, between its middle and what stands in the middle now.
  const [dx, dy] = [(width / 2 - t.x) / t.k - width / 2, (height / 2 - t.y) / t.k - height / 2];
  return clampView(
    tidyView({ x: base.x + dx * perPixel, y: base.y - dy * perPixel, half: base.half / t.k }),
  );
}

/** How far a gesture that starts at `base` may zoom. */
export const zoomExtent = (base: View): [number, number] => [
  base.half / VIEW_LIMITS.maxHalf,
  base.half / minHalfAt(base.x, base.y),
];
