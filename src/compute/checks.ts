import { InputError } from '../errors.ts';
import { inputSize, type Network } from '../network/network.ts';

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
