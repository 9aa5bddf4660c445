import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import type { Box } from '../complex/complex.ts';
import { dyadics, signOf } from '../exact/dyadic.ts';

/** A convex polygon by its corners, clockwise or counter-clockwise. */
export interface ConvexPolygon {
  readonly polygon: readonly (readonly [number, number])[];
}

/** The part of the plane that is cut into regions: its corners are exactly the given 64-bit numbers. */
export type Domain = Box | ConvexPolygon;

/** Throws `InputError` unless the network's input is a point of the plane. */
export function checkPlane(net: Model): void {
  if (net.inputs !== 2)
    throw new InputError(
      `regions are found in the plane: this needs a network with 2 inputs, but the network has ${net.inputs}`,
    );
}

/**
 * The corners x, y of a domain, counter-clockwise, and its bounding box. Corners of a polygon that repeat the one
 * before, or lie exactly within a side, are left out.
 *
 * @throws InputError for a box or polygon that is empty or not finite, and for a polygon that is not convex
 */
export function outline(domain: Domain): { border: Float64Array; box: Box } {
  if (!('polygon' in domain)) {
    const { xMin, xMax, yMin, yMax } = domain;
    checkBox(domain);
    return { border: Float64Array.of(xMin, yMin, xMax, yMin, xMax, yMax, xMin, yMax), box: domain };
  }
  const border = convex(domain.polygon);
  const box = boxAround(border);
  if (!Number.isFinite(box.xMax - box.xMin) || !Number.isFinite(box.yMax - box.yMin))
    throw new InputError('the polygon is too large for 64-bit numbers');
  return { border, box };
}

/** The bounding box of corners x, y. */
export function boxAround(border: Float64Array): Box {
  const box = { xMin: border[0], xMax: border[0], yMin: border[1], yMax: border[1] };
  for (let i = 0; i < border.length; i += 2) {
    box.xMin = Math.min(box.xMin, border[i]);
    box.xMax = Math.max(box.xMax, border[i]);
    box.yMin = Math.min(box.yMin, border[i + 1]);
    box.yMax = Math.max(box.yMax, border[i + 1]);
  }
  return box;
}

function checkBox({ xMin, xMax, yMin, yMax }: Box): void {
  if (![xMin, xMax, yMin, yMax].every(Number.isFinite))
    throw new InputError('the box needs four finite numbers');
  if (!(xMin < xMax && yMin < yMax))
    throw new InputError(
      `the box [${xMin}, ${xMax}] × [${yMin}, ${yMax}] is empty: its minima must be below its maxima`,
    );
  if (!Number.isFinite(xMax - xMin) || !Number.isFinite(yMax - yMin))
    throw new InputError('the box is too large for 64-bit numbers');
}

/** The corners of a convex polygon, counter-clockwise; every turn is decided in integers. */
function convex(given: ConvexPolygon['polygon']): Float64Array {
  if (given.length < 3)
    throw new InputError(`a polygon needs at least 3 corners, this one has ${given.length}`);
  for (const [x, y] of given)
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new InputError('the corners of the polygon must be made of finite numbers');
  const points = given.filter(([x, y], i) => {
    const [u, v] = given[i === 0 ? given.length - 1 : i - 1];
    return x !== u || y !== v;
  });
  const n = points.length;
  const { mantissas } = dyadics(points.flat());
  const turns = points.map((_, i) => {
    const p = 2 * ((i + n - 1) % n);
    const q = 2 * i;
    const r = 2 * ((i + 1) % n);
    return signOf(
      (mantissas[q] - mantissas[p]) * (mantissas[r + 1] - mantissas[q + 1]) -
        (mantissas[q + 1] - mantissas[p + 1]) * (mantissas[r] - mantissas[q]),
    );
  });
  if (turns.every((turn) => turn === 0))
    throw new InputError('the polygon is empty: its corners lie on one line');
  const corners = points.filter((_, i) => turns[i] !== 0);
  const backwards = points.some((q, i) => {
    const p = points[(i + n - 1) % n];
    const r = points[(i + 1) % n];
    return turns[i] === 0 && !(between(p[0], q[0], r[0]) && between(p[1], q[1], r[1]));
  });
  if (backwards || (turns.includes(1) && turns.includes(-1)) || !onceRound(corners))
    throw new InputError('the corners of the polygon do not go round a convex polygon');
  if (turns.includes(-1)) corners.reverse();
  return Float64Array.from(corners.flat());
}

const between = (a: number, b: number, c: number): boolean =>
  (a <= b && b <= c) || (a >= b && b >= c);

/** Whether sides that all turn the same way turn by 360° in total: a star turns by more. */
function onceRound(corners: ConvexPolygon['polygon']): boolean {
  const upper = corners.map(([x, y], i) => {
    const [u, v] = corners[(i + 1) % corners.length];
    return v > y || (v === y && u > x);
  });
  return upper.filter((up, i) => up && !upper[(i + 1) % upper.length]).length === 1;
}
