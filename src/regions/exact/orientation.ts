import { dyadics, quotient } from './dyadic.ts';

/** Relative error of the difference of two products, in terms of their sizes (Shewchuk 1997). */
const FILTER = (3 + 16 * 2 ** -53) * 2 ** -53;
/** Below this a product may have lost digits to underflow. */
const TINY = 2 ** -900;

/**
 * Twice the signed area of the triangle a, b, c: positive where it runs counter-clockwise. The sign is exact, including
 * 0: what rounding leaves open is decided in integers.
 */
export function orientation(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
): number {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const twice = left - right;
  const size = Math.abs(left) + Math.abs(right);
  if (size > TINY && Math.abs(twice) > FILTER * size && Math.abs(twice) < Number.POSITIVE_INFINITY)
    return twice;
  const { mantissas, exponent } = dyadics([ax, ay, bx, by, cx, cy]);
  const [px, py, qx, qy, rx, ry] = mantissas;
  const exact = (px - rx) * (qy - ry) - (py - ry) * (qx - rx);
  if (exact === 0n) return 0;
  const power = BigInt(2 * Math.abs(exponent));
  const value = exponent < 0 ? quotient(exact, 1n << power) : quotient(exact << power, 1n);
  return value !== 0 ? value : exact > 0n ? Number.MIN_VALUE : -Number.MIN_VALUE;
}
