import type { Box } from '../../src/regions/complex/complex.ts';
import type { View } from '../../src/settings/compound.ts';
import type { State } from './state.ts';

/** Factor of one press of a zoom button or key. */
export const ZOOM_STEP = 1.5;

/** The square that every map of a view shows, whatever its shape. */
export const squareOf = ({ x, y, half }: View): Box => ({
  xMin: x - half,
  xMax: x + half,
  yMin: y - half,
  yMax: y + half,
});

/**
 * Box of the plane that fills a map of `width × height` pixels when half its shorter side is `view.half`: on a square
 * map, bit for bit, `squareOf(view)`.
 */
export function boxOf(view: View, width: number, height: number): Box {
  const shorter = Math.min(width, height);
  const halfWidth = view.half * (width / shorter);
  const halfHeight = view.half * (height / shorter);
  return {
    xMin: view.x - halfWidth,
    xMax: view.x + halfWidth,
    yMin: view.y - halfHeight,
    yMax: view.y + halfHeight,
  };
}

export const sameBox = (a: Box, b: Box): boolean =>
  a.xMin === b.xMin && a.xMax === b.xMax && a.yMin === b.yMin && a.yMax === b.yMax;

/** Whether the map stands where the link put it. */
export const atLinkView = ({ settings, opened }: Pick<State, 'settings' | 'opened'>): boolean =>
  sameBox(squareOf(settings.view), squareOf(opened.view));

/** The box that fills the map. */
export const boxInView = ({ settings, mapSize }: Pick<State, 'settings' | 'mapSize'>): Box =>
  boxOf(settings.view, mapSize.width, mapSize.height);
