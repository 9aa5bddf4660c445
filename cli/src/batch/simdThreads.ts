import { availableParallelism } from 'node:os';
import {
  isMainThread,
  type MessagePort,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import type { SimdOptions } from '../../../src/compute/simd/backend.ts';
import { serveSimd } from '../../../src/compute/simd/threads.ts';
import type { Port } from '../../../src/jobs/port.ts';

/** Marks a thread as started for the SIMD kernels. */
const MARK = 'reluscope-simd';

/** More threads than this would wait for the one that hands out the work. */
const MOST_THREADS = 32;

/** One end of the channel between Node's threads. */
function nodePort(end: Worker | MessagePort): Port {
  return {
    post: (message, transfer) => end.postMessage(message, transfer),
    listen(onMessage, onFailure) {
      end.on('message', onMessage);
      end.on('messageerror', onFailure);
      end.on('error', onFailure);
      if (end instanceof Worker) end.on('exit', () => onFailure(new Error('the thread has ended')));
    },
    close: () => void (end instanceof Worker ? end.terminate() : end.close()),
  };
}

/** SIMD on every core; `script` is a file that calls `serveIfThread` when it runs. */
export const allCores = (script: URL): SimdOptions => ({
  threads: Math.min(MOST_THREADS, availableParallelism()) - 1,
  spawn: () => nodePort(new Worker(script, { workerData: MARK })),
});

/** Turns the current thread into one for the SIMD kernels, if it was started for that. */
export function serveIfThread(): void {
  if (!isMainThread && parentPort && workerData === MARK) serveSimd(nodePort(parentPort));
}
