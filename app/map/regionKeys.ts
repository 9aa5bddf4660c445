import { neighbours } from '../../src/regions/complex/neighbours.ts';
import type { View } from '../../src/settings/compound.ts';
import { faceAt, surroundings } from '../engine/describe.ts';
import { change } from '../engine/run.ts';
import { type Picture, useStore } from '../store/store.ts';

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
/** Share of the view it moves by where no region lies in the asked direction. */
const PAN = 0.5;
/** A neighbour lies in a direction when its centre does to within 60°. */
const COSINE = 0.5;

/** The place inside the neighbour that lies most in the direction (u, v) of the face, or null. */
function neighbourTowards(
  picture: Picture,
  face: number,
  u: number,
  v: number,
): { x: number; y: number } | null {
  const { complex } = picture;
  const from = surroundings(picture, face).insphere;
  let best = COSINE;
  let found: { x: number; y: number } | null = null;
  for (const side of neighbours(complex, face)) {
    const { x, y } = surroundings(picture, side.face).insphere;
    const [dx, dy] = [x - from.x, y - from.y];
    const cosine = (dx * u + dy * v) / Math.hypot(dx, dy);
    if (cosine <= best) continue;
    best = cosine;
    found = { x, y };
  }
  return found;
}

const shifted = (view: View, u: number, v: number): View => ({
  ...view,
  x: view.x + u * PAN * view.half,
  y: view.y + v * PAN * view.half,
});

/** Arrow keys go from region to region, Escape ends it; true when the key was meant. */
export function regionKey(key: string): boolean {
  const { picture, focus, settings } = useStore.getState();
  if (key === 'Escape') {
    useStore.setState({ focus: null });
    return true;
  }
  const direction = DIRECTIONS[key];
  if (!direction || !picture) return false;
  const [u, v] = direction;
  const { view } = settings;
  const face = focus ? faceAt(picture, focus.x, focus.y) : -1;
  if (face < 0) {
    useStore.setState({ focus: { x: view.x, y: view.y } });
    return true;
  }
  const next = neighbourTowards(picture, face, u, v);
  if (next) useStore.setState({ focus: next });
  else change({ view: shifted(view, u, v) });
  return true;
}
