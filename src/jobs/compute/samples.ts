import { type SampledRegions, type SamplingOptions, sampleRegions } from '../../bounds/sampling.ts';
import type { Compute, Points } from '../../compute/compute.ts';
import type { Model } from '../../model/model.ts';
import type { Disc } from '../../settings/compound.ts';
import { Bands } from './pacing.ts';

/** Multiply-adds of a forward pass in a millisecond, before anything was measured. */
const GUESSED_SPEED = 1e6;

/** Makes a call on a backend in turn with other work; rejects when it is cancelled. */
type InTurn = <T>(call: (compute: Compute) => Promise<T>) => Promise<T>;

/** `sampleRegions` in a circle, in calls so short that other work need not wait; rejects when the signal says so. */
export function sampleCircle(
  inTurn: InTurn,
  net: Model,
  { x, y, r }: Disc,
  options: SamplingOptions & { readonly signal: AbortSignal },
): Promise<SampledRegions> {
  const { signal } = options;
  const bands = new Bands(net.work / GUESSED_SPEED);
  const hashes = async (of: Model, points: Points): Promise<Uint32Array> => {
    // Two coordinates a point, and two words a hash.
    const all = new Uint32Array(points.length);
    for (let from = 0; from < points.length; ) {
      const part = points.slice(from, from + 2 * bands.size);
      const found = await inTurn(async (compute) => {
        const began = performance.now();
        const words = await compute.hashes(of, part, { signal });
        bands.took(words.length / 2, performance.now() - began);
        return words;
      });
      all.set(found, from);
      from += part.length;
    }
    return all;
  };
  return sampleRegions({ hashes }, net, Float64Array.of(x, y), r, options);
}
