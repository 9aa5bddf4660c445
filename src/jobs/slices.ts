import { Sliced, type Steps } from '../steps.ts';
import type { Hold } from './hold.ts';

/** How long a slice blocks its thread: short enough that a cancellation takes effect within a frame. */
const SLICE_MS = 8;

/** What can cancel or hold long work between two slices. */
export interface Controls {
  readonly signal?: AbortSignal | undefined;
  readonly hold?: Hold;
}

/**
 * Lets waiting messages be handled. A message to oneself arrives immediately after those that were waiting; a timer
 * would be delayed to 4 ms.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** A pause in long work: messages are handled, and it waits while it is held. Rejects with the signal's reason. */
export async function pass({ signal, hold }: Controls): Promise<void> {
  await nextTask();
  await hold?.opened(signal);
  signal?.throwIfAborted();
}

/**
 * The result of long work, done in slices with a pause after each. Rejects with the signal's reason when that is aborted.
 * @param onSlice called after every slice that was not the last
 */
export async function inSlices<T>(
  steps: Steps<T> | Sliced<T>,
  controls: Controls,
  onSlice?: () => void | Promise<void>,
  budgetMs = SLICE_MS,
): Promise<T> {
  controls.signal?.throwIfAborted();
  const work = steps instanceof Sliced ? steps : new Sliced(steps);
  while (!work.run(budgetMs)) {
    await onSlice?.();
    await pass(controls);
  }
  return work.result();
}
