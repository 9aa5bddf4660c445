import { nextTask } from '../../nextTask.ts';

/** How long a slice blocks the thread before messages are handled. */
const SLICE_MS = 8;

/**
 * What a generator returns that yields every fraction of a millisecond: it is run in slices, and rejects with the
 * signal's reason when that is aborted.
 */
export async function inSteps<T>(
  steps: Generator<void, T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  for (let sliceEnd = performance.now() + SLICE_MS; ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() < sliceEnd) continue;
    await nextTask();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + SLICE_MS;
  }
}
