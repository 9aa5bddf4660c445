import type { RegionComplex } from '../../src/regions/complex/complex.ts';

/** Radius by trying the circle about every three sides. */
export function byTriples(polygon: readonly [number, number][]): number {
  const sides = polygon.flatMap(([x, y], i) => {
    const [u, v] = polygon[(i + 1) % polygon.length];
    const length = Math.hypot(u - x, v - y);
    // Two corners that rounding has made one.
    if (length === 0) return [];
    const n = [(v - y) / length, (x - u) / length];
    return [{ n, c: n[0] * x + n[1] * y }];
  });
  let best = 0;
  for (const p of sides)
    for (const q of sides)
      for (const s of sides) {
        const [a1, b1, c1] = [q.n[0] - p.n[0], q.n[1] - p.n[1], q.c - p.c];
        const [a2, b2, c2] = [s.n[0] - p.n[0], s.n[1] - p.n[1], s.c - p.c];
        const w = a1 * b2 - a2 * b1;
        if (w === 0) continue;
        const [x, y] = [(c1 * b2 - c2 * b1) / w, (a1 * c2 - a2 * c1) / w];
        best = Math.max(best, Math.min(...sides.map(({ n, c }) => c - n[0] * x - n[1] * y)));
      }
  return best;
}

/** Distance of a point from an edge of a face. */
export const edgeDistance = (
  complex: RegionComplex,
  face: number,
  h: number,
  x: number,
  y: number,
) => {
  const { origin, coordinates, faceStart } = complex;
  const next = h + 1 < faceStart[face + 1] ? h + 1 : faceStart[face];
  const [ax, ay] = coordinates.subarray(2 * origin[h], 2 * origin[h] + 2);
  const [bx, by] = coordinates.subarray(2 * origin[next], 2 * origin[next] + 2);
  const t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  // Ends that rounding has made one leave no direction.
  const s = Number.isNaN(t) ? 0 : Math.min(1, Math.max(0, t));
  return Math.hypot(ax + s * (bx - ax) - x, ay + s * (by - ay) - y);
};
