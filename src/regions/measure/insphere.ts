import { BORDER, type RegionComplex } from '../complex/complex.ts';
import { orientation } from '../exact/orientation.ts';
import { convexCorners } from './corners.ts';
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

/** Rounded corners may change a radius by this share of the largest coordinate of the face. */
const ROUNDING = 2 ** -48;
/** Rounding error of a distance from a side, in units of the face. */
const NOISE = 2 ** -50;
/** Share of the radius by which centres are distinguished. */
const RESOLUTION = 2 ** -20;

/**
 * The insphere of a face: Chebyshev centre and radius (Zhang & Wu 2020), max r over n_i · p + r ≤ c_i. The radius is
 * unique. Between parallel sides the centre is not: it is the middle of all centres whose radius cannot be
 * distinguished from the largest, given that corners are rounded. The face is the part inside the domain of the
 * complex; `clipped` says when that matters. The radius is 0 only where the rounded corners span no area.
 *
 * The face shrinks, with all sides moving inwards at equal speed, until three sides remain, which determine the circle:
 * a few steps, and no tolerance decides which.
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
  // Relative to a corner and in units of the face, so that neither position nor size matters.
  const unit = 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(extent))));
  const sides = sidesOf(complex, ring, x0, y0, unit);
  const found = onBisector(sides, lastSides(sides), (ROUNDING * largest) / unit);
  const [least, most] = limits(complex, ring, sides, unit);
  const r = Math.min(most, Math.max(least, found.r));
  const reach = found.r + 2 * found.slack;
  const touching = sides.filter((side) => distance(side, found.x, found.y) <= reach);
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

/** Distance of a point inside from a side itself, not from the line it lies on: two sides may nearly share one. */
function distance(side: Side, x: number, y: number): number {
  const along = side.nx * (y - side.y) - side.ny * (x - side.x);
  const beyond = Math.max(0, -along, along - side.length);
  return Math.hypot(clearance(side, x, y), beyond);
}

/**
 * The best centre on the bisector of the two of three sides that are most opposite: where they are parallel all
 * centres lie on it, where they nearly are it is the one direction in which rounding could have moved the centre far.
 */
function onBisector(sides: readonly Side[], three: readonly Side[], rounding: number): Centre {
  const pairs = three.map((s, i) => [s, three[(i + 1) % 3]] as const);
  const opposite = ([p, q]: readonly [Side, Side]) => p.nx * q.nx + p.ny * q.ny;
  const [p, q] = pairs.sort((s, t) => opposite(s) - opposite(t))[0];
  const size = Math.hypot(p.nx - q.nx, p.ny - q.ny);
  const [mx, my] = [(p.nx - q.nx) / size, (p.ny - q.ny) / size];
  const [ux, uy] = [-my, mx];
  // The point of the bisector nearest to the middle of the corners: stable however sharp the angle.
  const x0 = sides.reduce((sum, { x }) => sum + x, 0) / sides.length;
  const y0 = sides.reduce((sum, { y }) => sum + y, 0) / sides.length;
  const off = (p.c - q.c) / size - mx * x0 - my * y0;
  const start = { x: x0 + off * mx, y: y0 + off * my };
  const room = sides.map((side) => clearance(side, start.x, start.y));
  const loss = sides.map(({ nx, ny }) => nx * ux + ny * uy);
  const corners = sides.map(({ x, y }) => (x - start.x) * ux + (y - start.y) * uy);
  const [first, last] = [Math.min(...corners), Math.max(...corners)];
  const { best, t } = highest(room, loss, first, last);
  const radius = Math.abs(best);
  const slack = Math.min(rounding, Math.max(radius * RESOLUTION, NOISE), radius / 4);
  let [low, high] = [first, last];
  loss.forEach((b, k) => {
    const end = (room[k] - best + slack) / b;
    if (b > 0) high = Math.min(high, end);
    else if (b < 0) low = Math.max(low, end);
  });
  const unique = high - low <= RESOLUTION * radius;
  const along = unique ? t : (low + high) / 2;
  const [x, y] = [start.x + along * ux, start.y + along * uy];
  const r = Math.min(...sides.map((side) => clearance(side, x, y)));
  return { x, y, r, slack };
}

/**
 * The maximum over t ∈ [first, last] of the least of room[k] − t · loss[k], and a t where it is. Every candidate is
 * tried: the computed intersection of two nearly parallel sides may be anywhere, but then another candidate is as good.
 */
function highest(
  room: readonly number[],
  loss: readonly number[],
  first: number,
  last: number,
): { best: number; t: number } {
  const level = (t: number) => Math.min(...room.map((distance, k) => distance - t * loss[k]));
  let [best, t] = [level(first), first];
  const attempt = (at: number) => {
    if (!(at >= first && at <= last)) return;
    const reached = level(at);
    if (reached > best) [best, t] = [reached, at];
  };
  attempt(last);
  loss.forEach((b, k) => {
    if (b > 0)
      loss.forEach((d, l) => {
        if (d < 0) attempt((room[k] - room[l]) / (b - d));
      });
  });
  return { best, t };
}

/**
 * Area / perimeter ≤ radius ≤ 2 · area / perimeter in any convex polygon: also holds where the face is smaller than the
 * rounding errors.
 */
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
