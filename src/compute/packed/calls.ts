import type { Radii } from '../compute.ts';
import { type KernelName, kernelNamed } from './kernels.ts';
import type { PackedNetwork } from './layout.ts';

/** Runs one task after another, in the order of the calls. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * The result of `work`, run in its turn. Rejects immediately, without doing any work, if the signal is aborted before
   * that; afterwards the work itself must listen to the signal.
   */
  next<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
      const turn = this.#last.then(async () => {
        signal?.removeEventListener('abort', leave);
        signal?.throwIfAborted();
        return work();
      });
      turn.then(resolve, reject);
      // The next task runs however this one ended.
      this.#last = turn.catch(() => {});
    });
  }
}

/** Remembers the last work of kernels whose time depends on the ball, so that it does not predict different work. */
export class Familiar {
  readonly #last = new Map<KernelName, { packed: PackedNetwork; radius: Radii | undefined }>();

  /** Whether the kernel's work depends on the balls, and the network or the radius is not that of the call before. */
  isNew(kernel: KernelName, packed: PackedNetwork, radius: Radii | undefined): boolean {
    if (!kernelNamed(kernel).dependsOnBall) return false;
    const last = this.#last.get(kernel);
    this.#last.set(kernel, { packed, radius });
    return last?.packed !== packed || last.radius !== radius;
  }
}
