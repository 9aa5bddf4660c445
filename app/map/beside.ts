/** In CSS pixels of the map. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What should stay in sight, and how much a covered pixel of it counts. */
export interface Obstacle extends Rect {
  readonly weight: number;
}

/** Pixels between the pointer and what is said beside it, and least distance from the edges of the map. */
const GAP = 14;
const MARGIN = 4;

/** Sides of the pointer: to the right or left of it, below or above, or beside it in one direction only. */
const SIDES = [
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

const covered = (a: Rect, b: Rect): number =>
  Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));

/**
 * Where a box of a size stands beside the pointer: inside the map, never under the pointer if there is room, and over as
 * little of the obstacles as can be. It stays on its side, `before`, unless another is clearly better, so that it does not jump.
 *
 * @returns place, and index into `SIDES`
 */
export function placeBeside(
  pointer: { readonly px: number; readonly py: number },
  size: { readonly width: number; readonly height: number },
  map: { readonly width: number; readonly height: number },
  obstacles: readonly Obstacle[],
  before: number | null,
): { readonly left: number; readonly top: number; readonly side: number } {
  const along = (at: number, sign: number, own: number, room: number) => {
    const free = sign > 0 ? at + GAP : sign < 0 ? at - GAP - own : at - own / 2;
    return Math.max(MARGIN, Math.min(free, room - MARGIN - own));
  };
  const hand: Obstacle = {
    left: pointer.px - GAP / 2,
    top: pointer.py - GAP / 2,
    width: GAP,
    height: GAP,
    weight: 1e3,
  };
  const places = SIDES.map(([across, down], side) => {
    const left = along(pointer.px, across, size.width, map.width);
    const top = along(pointer.py, down, size.height, map.height);
    const box = { left, top, ...size };
    const cost = [hand, ...obstacles].reduce((sum, o) => sum + o.weight * covered(box, o), 0);
    return { left, top, side, cost };
  });
  const best = places.reduce((a, b) => (b.cost < a.cost ? b : a));
  const same = before === null ? best : places[before];
  return same.cost <= 1.25 * best.cost ? same : best;
}
