import type { Model } from '../../model/model.ts';
import { nextTask } from '../../nextTask.ts';
import type { ComputeOptions } from '../compute.ts';

/** How long a slice blocks the thread before messages are handled. */
const SLICE_MS = 8;
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
  options?.signal?.throwIfAborted();
  const stride = Math.max(1, Math.floor(WORK_PER_LOOK / (weight * net.work)));
  let sliceEnd = performance.now() + SLICE_MS;
  for (let i = 0; i < n; ) {
    for (const end = Math.min(n, i + stride); i < end; i++) work(i);
    if (i < n && performance.now() >= sliceEnd) {
      options?.onProgress?.(i / n);
      await nextTask();
      options?.signal?.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
  if (n > 0) options?.onProgress?.(1);
}
