import { useStore } from '../store/store.ts';
import { compute, geometry } from './workers.ts';

function fetchAll(): void {
  // What does not come is not missed yet: whoever needs it tries again, and says so.
  geometry.prepare().catch(() => {});
  compute.prepare(navigator.hardwareConcurrency).catch(() => {});
}

function fetchWhenIdle(): void {
  // Safari has no idle callbacks.
  if (window.requestIdleCallback) window.requestIdleCallback(fetchAll, { timeout: 2000 });
  else setTimeout(fetchAll, 200);
}

/**
 * Fetches, when the first picture stands, what only some views and settings need: the workers for large views and large
 * batches are started, and the kernels for WebGPU loaded. From then on the site is asked for nothing more, and may be out
 * of reach.
 */
export function fetchTheRest(): void {
  if (useStore.getState().picture !== null) {
    fetchWhenIdle();
    return;
  }
  const stop = useStore.subscribe(
    (s) => s.picture !== null,
    () => {
      stop();
      fetchWhenIdle();
    },
  );
}
