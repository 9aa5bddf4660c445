import { BORDER, type RegionComplex } from './complex.ts';
import { convexCorners } from './corners.ts';
import { orientation } from './exact/orientation.ts';
import { lastSides, type Side } from './shrink.ts';

/** The largest circle that fits into a face. */
export interface Insphere {
  readonly x: number;
  readonly y: number;
  /** Radius, in the units of the input plane. */
  readonly r: number;
  /** Half-edges that the circle touches, one per side of the face: the one that holds the point of contact. */
  readonly touches: readonly number[];
  /** Whether it touches the border: without the border there might be room for more. */
  readonly clipped: boolean;
}

/** Share of the largest coordinate of a face by which its rounded corners may move a radius without meaning. */
const ROUNDING = 2 ** -48;
/** Share of the radius along which centres are told apart. */
const RESOLUTION = 2 ** -20;

/**
 * The insphere of a face: Chebyshev centre and radius (Zhang & Wu 2020), max r over n_i · p + r ≤ c_i. The radius is
 * unique. Between parallel sides the centre is not: it is the middle of all centres whose radius cannot be told from
 * the largest, given that corners are rounded. The face is what lies in the domain of the complex; `clipped` tells
 * when that matters. The radius is 0 only where the rounded corners span no area.
 *
 * The face shrinks, all its sides moving inwards at one speed, until three sides remain that hold the circle: a few
 * steps, and no tolerance decides which.
 */
export function insphere(complex: RegionComplex, face: number): Insphere {
  const ring = convexCorners(complex, face);
  const { origin, coordinates, halfEdgeNeuron } = complex;
  if (ring.length < 3) return flat(complex, face);
  const x0 = coordinates[2 * origin[ring[0]]];
  const y0 = coordinates[2 * origin[ring[0]] + 1];
  let extent = 0;
  let largest = 0;
  for (const h of ring) {
    const [x, y] = [coordinates[2 * origin[h]], coordinates[2 * origin[h] + 1]];
    extent = Math.max(extent, Math.abs(x - x0), Math.abs(y - y0));
    largest = Math.max(largest, Math.abs(x), Math.abs(y));
  }
  // About a corner and in units of the face, so that neither the place nor the size matters.
  const unit = 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(extent))));
  const sides = sidesOf(complex, ring, x0, y0, unit);
  const last = lastSides(sides);
  const found = alongPair(sides, last, meeting(last), (ROUNDING * largest) / unit);
  const [least, most] = limits(complex, ring, sides, unit);
  const r = Math.min(most, Math.max(least, found.r));
  const reach = found.r + 2 * found.slack;
  const touching = sides.filter((side) => clearance(side, found.x, found.y) <= reach);
  const touches = touching.map((side) => touched(complex, face, side, found, unit));
  return {
    x: x0 + found.x * unit,
    y: y0 + found.y * unit,
    r: Math.max(r * unit, Number.MIN_VALUE),
    touches,
    clipped: touches.some((h) => halfEdgeNeuron[h] <= BORDER),
  };
}

interface Centre {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  /** Radii closer than this count as equal. */
  readonly slack: number;
}

/** A face without area has the middle of its longest extent for a centre. */
function flat({ faceStart, origin, coordinates }: RegionComplex, face: number): Insphere {
  const corners = Array.from(origin.subarray(faceStart[face], faceStart[face + 1]));
  const xs = corners.map((v) => coordinates[2 * v]);
  const ys = corners.map((v) => coordinates[2 * v + 1]);
  const middle = (values: readonly number[]) => {
    const least = Math.min(...values);
    return least + (Math.max(...values) - least) / 2;
  };
  return { x: middle(xs), y: middle(ys), r: 0, touches: [], clipped: false };
}

function sidesOf(
  { origin, coordinates }: RegionComplex,
  ring: readonly number[],
  x0: number,
  y0: number,
  unit: number,
): Side[] {
  return ring.map((h, i) => {
    const end = ring[(i + 1) % ring.length];
    const p = 2 * origin[h];
    const q = 2 * origin[end];
    const dx = (coordinates[q] - coordinates[p]) / unit;
    const dy = (coordinates[q + 1] - coordinates[p + 1]) / unit;
    const length = Math.hypot(dx, dy);
    const [nx, ny] = [dy / length, -dx / length];
    const x = (coordinates[p] - x0) / unit;
    const y = (coordinates[p + 1] - y0) / unit;
    return { from: h, to: end, nx, ny, c: nx * x + ny * y, x, y, length };
  });
}

/** Distance of a point from a side, inwards. */
const clearance = ({ c, nx, ny }: Side, x: number, y: number): number => c - nx * x - ny * y;

/** The point that is equally far from three sides. */
function meeting([p, q, s]: readonly Side[]): { x: number; y: number } {
  const [a1, b1, c1] = [q.nx - p.nx, q.ny - p.ny, q.c - p.c];
  const [a2, b2, c2] = [s.nx - p.nx, s.ny - p.ny, s.c - p.c];
  const w = a1 * b2 - a2 * b1;
  const [x, y] = [(c1 * b2 - c2 * b1) / w, (a1 * c2 - a2 * c1) / w];
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : { x: q.x, y: q.y };
}

/**
 * The best centre on the bisector of the two of three sides that are most opposite: where they are parallel all
 * centres lie on it, where they nearly are it is the one direction in which rounding could have moved the centre far.
 */
function alongPair(
  sides: readonly Side[],
  last: readonly Side[],
  start: { x: number; y: number },
  rounding: number,
): Centre {
  const pairs = last.map((s, i) => [s, last[(i + 1) % 3]] as const);
  const opposite = ([p, q]: readonly [Side, Side]) => p.nx * q.nx + p.ny * q.ny;
  const [p, q] = pairs.sort((s, t) => opposite(s) - opposite(t))[0];
  const size = Math.hypot(p.nx - q.nx, p.ny - q.ny);
  const [ux, uy] = [-(p.ny - q.ny) / size, (p.nx - q.nx) / size];
  const room = sides.map((side) => clearance(side, start.x, start.y));
  const loss = sides.map(({ nx, ny }) => nx * ux + ny * uy);
  let best = Number.POSITIVE_INFINITY;
  loss.forEach((b, k) => {
    if (b === 0) best = Math.min(best, room[k]);
    if (!(b > 0)) return;
    loss.forEach((d, l) => {
      if (d < 0) best = Math.min(best, (room[l] * b - room[k] * d) / (b - d));
    });
  });
  const slack = Math.min(rounding, Math.abs(best) * RESOLUTION);
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  loss.forEach((b, k) => {
    const t = (room[k] - best + slack) / b;
    if (b > 0) high = Math.min(high, t);
    else if (b < 0) low = Math.max(low, t);
  });
  const wide = high - low > RESOLUTION * Math.abs(best) || low > 0 || high < 0;
  const t = wide && Number.isFinite(low + high) ? (low + high) / 2 : 0;
  const [x, y] = [start.x + t * ux, start.y + t * uy];
  const r = Math.min(...sides.map((side) => clearance(side, x, y)));
  return { x, y, r, slack };
}

/** Area / perimeter ≤ radius ≤ 2 · area / perimeter in any convex polygon: holds where the face is all rounding. */
function limits(
  { origin, coordinates }: RegionComplex,
  ring: readonly number[],
  sides: readonly Side[],
  unit: number,
): [number, number] {
  const x = (i: number) => coordinates[2 * origin[ring[i]]] / unit;
  const y = (i: number) => coordinates[2 * origin[ring[i]] + 1] / unit;
  let twice = 0;
  for (let i = 1; i + 1 < ring.length; i++)
    twice += orientation(x(0), y(0), x(i), y(i), x(i + 1), y(i + 1));
  const perimeter = sides.reduce((sum, { length }) => sum + length, 0);
  return [twice / 2 / perimeter, twice / perimeter];
}

/** The half-edge of a side that holds the foot of the perpendicular from the centre. */
function touched(
  { faceStart, origin, coordinates }: RegionComplex,
  face: number,
  side: Side,
  centre: Centre,
  unit: number,
): number {
  const along = (x: number, y: number) => -side.ny * x + side.nx * y;
  const foot = along(centre.x, centre.y);
  let found = side.from;
  const first = 2 * origin[side.from];
  const start = along(side.x, side.y);
  const advance = (h: number) => (h + 1 < faceStart[face + 1] ? h + 1 : faceStart[face]);
  for (let h = advance(side.from); h !== side.to; h = advance(h)) {
    const v = 2 * origin[h];
    const dx = coordinates[v] - coordinates[first];
    const dy = coordinates[v + 1] - coordinates[first + 1];
    if (start + along(dx, dy) / unit > foot) break;
    found = h;
  }
  return found;
}
