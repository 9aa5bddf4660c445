import type { RegionComplex } from '../complex/complex.ts';
import { orientation } from '../exact/orientation.ts';

/**
 * The corners of a face as a strictly convex polygon: half-edges that start at them, counter-clockwise, with every turn
 * exactly to the left in the given coordinates. Vertices within a straight side are left out, and so are corners that
 * rounding has pushed inside; no direction of a very short side can then contradict the others. Fewer than three where
 * the rounded corners span no area.
 */
export function convexCorners(complex: RegionComplex, face: number): number[] {
  const { faceStart, origin, coordinates, halfEdgeNeuron } = complex;
  const from = faceStart[face];
  const to = faceStart[face + 1];
  const x = (h: number) => coordinates[2 * origin[h]];
  const y = (h: number) => coordinates[2 * origin[h] + 1];
  const corners: number[] = [];
  for (let h = from; h < to; h++)
    if (halfEdgeNeuron[h > from ? h - 1 : to - 1] !== halfEdgeNeuron[h]) corners.push(h);
  if (leftTurnsOnly(corners, x, y)) return corners;
  return hull(corners, x, y);
}

type Coordinate = (h: number) => number;

/** Whether all turns of a loop that goes around once are to the left: then it is its own hull. */
function leftTurnsOnly(ring: readonly number[], x: Coordinate, y: Coordinate): boolean {
  const n = ring.length;
  if (n < 3) return false;
  for (let i = 0; i < n; i++) {
    const [a, b, c] = [ring[i], ring[(i + 1) % n], ring[(i + 2) % n]];
    if (!(orientation(x(a), y(a), x(b), y(b), x(c), y(c)) > 0)) return false;
  }
  return true;
}

/** Andrew's monotone chain. */
function hull(points: readonly number[], x: Coordinate, y: Coordinate): number[] {
  const sorted = [...points].sort((a, b) => x(a) - x(b) || y(a) - y(b) || a - b);
  const chain = (order: readonly number[]) => {
    const kept: number[] = [];
    for (const p of order) {
      while (kept.length > 1) {
        const [a, b] = [kept[kept.length - 2], kept[kept.length - 1]];
        if (orientation(x(a), y(a), x(b), y(b), x(p), y(p)) > 0) break;
        kept.pop();
      }
      if (kept.length === 1 && x(kept[0]) === x(p) && y(kept[0]) === y(p)) continue;
      kept.push(p);
    }
    kept.pop();
    return kept;
  };
  return [...chain(sorted), ...chain([...sorted].reverse())];
}
