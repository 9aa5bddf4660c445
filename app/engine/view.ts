import type { Box } from '../../src/regions/complex/complex.ts';
import type { View } from '../../src/settings/compound.ts';

/** Box of the plane that fills a map of `width × height` pixels when half its shorter side is `view.half`. */
export function boxOf(view: View, width: number, height: number): Box {
  const perPixel = (2 * view.half) / Math.min(width, height);
  const halfWidth = (width / 2) * perPixel;
  const halfHeight = (height / 2) * perPixel;
  return {
    xMin: view.x - halfWidth,
    xMax: view.x + halfWidth,
    yMin: view.y - halfHeight,
    yMax: view.y + halfHeight,
  };
}
