import type { View } from '../../src/settings/compound.ts';

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
