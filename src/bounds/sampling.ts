import type { Compute } from '../compute/compute.ts';
import { InputError } from '../errors.ts';
import { inSlices, pass } from '../jobs/slices.ts';
import type { Model } from '../model/model.ts';
import { createRandom } from '../random.ts';
import type { Steps } from '../steps.ts';
import { checkCentre, checkRadius } from './algorithmOne.ts';
import { ballPoints } from './ballPoints.ts';
import { CertainPattern } from './certainPattern.ts';

/** What sampling a ball shows. */
export interface SampledRegions {
  /** At least so many activation regions meet the open ball. */
  readonly atLeast: number;
  readonly samples: number;
}

/** How a ball is sampled: M points drawn from the seed. */
export interface SamplingOptions {
  /** M, a whole number ≥ 1. */
  readonly samples: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Called with the fraction done, in (0, 1], and the result so far. */
  readonly onProgress?: (done: number, atLeast: number) => void;
}

const STREAM = 11;
const BATCH_NUMBERS = 2 ** 18;
const LARGEST_BATCH = 2 ** 14;
/** Samples between two looks at the clock. */
const PER_LOOK = 64;

/**
 * A lower bound, in any dimension, on the activation regions that meet the ball of radius r around x (`[d]`): distinct
 * patterns among M points drawn uniformly from it. The hashes of `compute` pick out points that may show something new,
 * and only for those is the pattern found again in 64 bits, with bounds on rounding, so that what counts is
 * certainly the pattern of a region with an interior, at a point certainly in the ball. Two patterns with the same
 * 64-bit hash, and bits that a backend rounds to the wrong side, can therefore only lower the count. Linear regions
 * may be fewer: several activation regions can make up one.
 *
 * Rejects with `InputError` for a centre, radius or number of samples that cannot be used, and with the signal's reason.
 */
export async function sampleRegions(
  compute: Pick<Compute, 'hashes'>,
  net: Model,
  x: Float64Array,
  r: number,
  { samples, seed, signal, onProgress }: SamplingOptions,
): Promise<SampledRegions> {
  checkCentre(net, x);
  checkRadius(r);
  if (!Number.isSafeInteger(samples) || samples < 1)
    throw new InputError('the number of samples must be a whole number, at least 1');
  const d = net.inputs;
  const fill = ballPoints(x, r, createRandom(seed, STREAM));
  const certain = new CertainPattern(net);
  /** Hashes of regions that were found already, and the regions. */
  const settled = new Set<bigint>();
  const regions = new Set<string>();
  // Whatever the ball, a neighbourhood of its centre meets some region.
  const atLeast = () => Math.max(1, regions.size);
  const batch = Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_NUMBERS / d)));
  for (let done = 0; done < samples; ) {
    signal?.throwIfAborted();
    const count = Math.min(batch, samples - done);
    const points = new Float64Array(count * d);
    fill(points);
    const hashes = await compute.hashes(net, points, signal ? { signal } : {});
    let i = 0;
    const look = function* (): Steps<void> {
      let looked = false;
      for (; i < count; i++) {
        // Finding a certain pattern is slow, everything else is fast.
        if (looked || i % PER_LOOK === 0) yield;
        looked = false;
        const hash = (BigInt(hashes[2 * i + 1]) << 32n) | BigInt(hashes[2 * i]);
        if (settled.has(hash) || !certain.isInside(points, i * d, x, r)) continue;
        const pattern = certain.at(points, i * d);
        looked = true;
        if (!pattern) continue;
        settled.add(hash);
        regions.add(pattern.join());
      }
    };
    await inSlices(look(), { signal }, () => onProgress?.((done + i) / samples, atLeast()));
    done += count;
    if (done === samples) break;
    // A batch may be done within one slice, which says nothing and lets no message in.
    onProgress?.(done / samples, atLeast());
    await pass({ signal });
  }
  onProgress?.(1, atLeast());
  return { atLeast: atLeast(), samples };
}
