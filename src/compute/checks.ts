import { checkRadius } from '../bounds/algorithmOne.ts';
import { InputError } from '../errors.ts';
import { inputSize, type Network } from '../network/network.ts';
import type { Radii } from './compute.ts';

/** The network of the calls, or a sentence about the missing `load`. */
export function requireNetwork(net: Network | undefined): Network {
  if (!net) throw new Error('no network is loaded: call load() first');
  return net;
}

/** Number of points in `[n × d]`. Throws `InputError` for a ragged list or a coordinate that is not finite. */
export function pointCount(net: Network, points: Float64Array): number {
  const d = inputSize(net);
  if (points.length % d !== 0)
    throw new InputError(`${points.length} numbers do not make points with ${d} coordinates`);
  if (!allFinite(points)) {
    const i = points.findIndex((value) => !Number.isFinite(value));
    throw new InputError(
      `coordinate ${(i % d) + 1} of point ${Math.floor(i / d) + 1} is not a finite number`,
    );
  }
  return points.length / d;
}

/**
 * A finite number times 0 is 0, any other is not a number. Four sums side by side: over the points of images, asking one
 * number after the other took as long as the network.
 */
function allFinite(values: Float64Array): boolean {
  const whole = values.length & ~3;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += 0 * values[i];
    b += 0 * values[i + 1];
    c += 0 * values[i + 2];
    d += 0 * values[i + 3];
  }
  for (let i = whole; i < values.length; i++) a += 0 * values[i];
  return a + b + c + d === 0;
}

/** The largest absolute value, 0 of none; four side by side as above, and compared, which is quicker than `Math.max`. */
export function largest(values: Float64Array): number {
  const whole = values.length & ~3;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    const p = Math.abs(values[i]);
    const q = Math.abs(values[i + 1]);
    const r = Math.abs(values[i + 2]);
    const s = Math.abs(values[i + 3]);
    if (p > a) a = p;
    if (q > b) b = q;
    if (r > c) c = r;
    if (s > d) d = s;
  }
  for (let i = whole; i < values.length; i++) a = Math.max(a, Math.abs(values[i]));
  return Math.max(a, b, c, d);
}

/** Throws `InputError` unless `centre` is one point. */
export function checkOnePoint(net: Network, centre: Float64Array): void {
  if (pointCount(net, centre) !== 1)
    throw new InputError(
      `a centre has ${inputSize(net)} coordinates here, and ${centre.length} are given`,
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
