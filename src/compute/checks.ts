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
  for (let i = 0; i < points.length; i++)
    if (!Number.isFinite(points[i]))
      throw new InputError(
        `coordinate ${(i % d) + 1} of point ${Math.floor(i / d) + 1} is not a finite number`,
      );
  return points.length / d;
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
