import { inSlices as slices } from '../../jobs/slices.ts';
import type { Model } from '../../model/model.ts';
import type { Steps } from '../../steps.ts';
import type { ComputeOptions } from '../compute.ts';

/** Multiply-adds between two looks at the clock. */
const WORK_PER_LOOK = 50_000;

/** Calls `work` for every point; `weight` is its cost in forward passes. */
export async function inSlices(
  net: Model,
  n: number,
  weight: number,
  options: ComputeOptions | undefined,
  work: (i: number) => void,
): Promise<void> {
  const stride = Math.max(1, Math.floor(WORK_PER_LOOK / (weight * net.work)));
  let done = 0;
  const steps = function* (): Steps<void> {
    while (done < n) {
      for (const end = Math.min(n, done + stride); done < end; done++) work(done);
      if (done < n) yield;
    }
  };
  await slices(steps(), { signal: options?.signal }, () => options?.onProgress?.(done / n));
  if (n > 0) options?.onProgress?.(1);
}
