import type { Radii } from '../compute.ts';
import type { KernelName } from './kernelName.ts';
import type { PackedNetwork } from './layout.ts';

/**
 * Kernels of which a ball with many unstable neurons takes many times as long as one with few, fifty times in wide
 * networks.
 */
const DEPENDS_ON_BALL: ReadonlySet<KernelName> = new Set<KernelName>(['zonotope', 'crown']);

/** Remembers what such kernels had to do last, so that the time it took is not taken for that of something else. */
export class Familiar {
  readonly #last = new Map<KernelName, { packed: PackedNetwork; radius: Radii | undefined }>();

  /** Whether the kernel's work depends on the balls, and the network or the radius is not that of the call before. */
  isNew(kernel: KernelName, packed: PackedNetwork, radius: Radii | undefined): boolean {
    if (!DEPENDS_ON_BALL.has(kernel)) return false;
    const last = this.#last.get(kernel);
    this.#last.set(kernel, { packed, radius });
    return last?.packed !== packed || last.radius !== radius;
  }
}
