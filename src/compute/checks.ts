import { checkRadius } from '../bounds/algorithmOne.ts';
import { InputError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { Points, Radii } from './compute.ts';

/** The number of points `[n × d]`, and the largest absolute value of a coordinate or slightly more. */
export interface Extent {
  readonly n: number;
  readonly largest: number;
}

/**
 * Throws `InputError` for a ragged list or a coordinate that is not finite. `quick` finds the largest coordinate like
 * `largest`, or NaN where it cannot.
 */
export function extentOf(net: Model, points: Points, quick?: (values: Points) => number): Extent {
  const d = net.inputs;
  if (points.length % d !== 0)
    throw new InputError(`${points.length} numbers do not make points with ${d} coordinates`);
  let size = quick?.(points) ?? Number.NaN;
  if (Number.isNaN(size)) size = largest(points);
  if (Number.isNaN(size)) {
    const i = points.findIndex((value) => !Number.isFinite(value));
    throw new InputError(
      `coordinate ${(i % d) + 1} of point ${Math.floor(i / d) + 1} is not a finite number`,
    );
  }
  return { n: points.length / d, largest: size };
}

/** Number of points in `[n × d]`. Throws `InputError` as `extentOf` does. */
export const pointCount = (net: Model, points: Points): number => extentOf(net, points).n;

/**
 * The largest absolute value, 0 if there is none; NaN if one is not finite. Four side by side, with comparisons, which
 * is faster than `Math.max`: on images this took longer than the network.
 */
export const largest = (values: Points): number =>
  values instanceof Float32Array ? largest32(values) : largest64(values);

const INFINITE = 0x7f800000;

/** By the bits: without the sign they are in the order of the numbers, and infinities and NaN come last. */
function largest32(values: Float32Array): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const whole = bits.length & ~3;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    const p = bits[i] & 0x7fffffff;
    const q = bits[i + 1] & 0x7fffffff;
    const r = bits[i + 2] & 0x7fffffff;
    const s = bits[i + 3] & 0x7fffffff;
    if (p > a) a = p;
    if (q > b) b = q;
    if (r > c) c = r;
    if (s > d) d = s;
  }
  for (let i = whole; i < bits.length; i++) a = Math.max(a, bits[i] & 0x7fffffff);
  const most = Math.max(a, b, c, d);
  return most >= INFINITE ? Number.NaN : new Float32Array(Int32Array.of(most).buffer)[0];
}

/** 0 times a number that is not finite is not 0. */
function largest64(values: Float64Array): number {
  const whole = values.length & ~3;
  let [a, b, c, d] = [0, 0, 0, 0];
  let [e, f, g, h] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    const p = Math.abs(values[i]);
    const q = Math.abs(values[i + 1]);
    const r = Math.abs(values[i + 2]);
    const s = Math.abs(values[i + 3]);
    if (p > a) a = p;
    if (q > b) b = q;
    if (r > c) c = r;
    if (s > d) d = s;
    e += 0 * p;
    f += 0 * q;
    g += 0 * r;
    h += 0 * s;
  }
  for (let i = whole; i < values.length; i++) {
    a = Math.max(a, Math.abs(values[i]));
    e += 0 * values[i];
  }
  return Math.max(a, b, c, d) + (e + f + g + h);
}

/** Throws `InputError` unless `centre` is one point. */
export function checkOnePoint(net: Model, centre: Float64Array): void {
  if (pointCount(net, centre) !== 1)
    throw new InputError(
      `a centre has ${net.inputs} coordinates here, and ${centre.length} are given`,
    );
}

/** Throws `InputError` unless `r` can be the radius, or the radii, of n balls. */
export function checkRadii(r: Radii, n: number): void {
  const radii = typeof r === 'number' ? [r] : r;
  if (typeof r !== 'number' && r.length !== n)
    throw new InputError(`${r.length} radii do not go with ${n} points`);
  for (const radius of radii) checkRadius(radius);
}

/** The radius of the ball around point i. */
export const radiusAt = (r: Radii, i: number): number => (typeof r === 'number' ? r : r[i]);
