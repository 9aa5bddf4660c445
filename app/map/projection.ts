import type { Box } from '../../src/regions/complex.ts';

/** Plane to pixels of a map: x to the right, y upwards, one scale for both. */
export interface Projection {
  readonly box: Box;
  readonly width: number;
  readonly height: number;
  /** Pixels per unit of the plane. */
  readonly scale: number;
  px(x: number): number;
  py(y: number): number;
  x(px: number): number;
  y(py: number): number;
}

export function projection(box: Box, width: number, height: number): Projection {
  const scale = width / (box.xMax - box.xMin);
  return {
    box,
    width,
    height,
    scale,
    px: (x) => (x - box.xMin) * scale,
    py: (y) => (box.yMax - y) * scale,
    x: (px) => box.xMin + px / scale,
    y: (py) => box.yMax - py / scale,
  };
}
