import type { Radii } from '../compute.ts';
import type { KernelName } from './kernelName.ts';
import type { PackedNetwork } from './layout.ts';

/**
 * Kernels that take much longer for a ball with many unstable neurons than for one with few, fifty times as long in
 * wide networks.
 */
const DEPENDS_ON_BALL: ReadonlySet<KernelName> = new Set<KernelName>(['zonotope', 'crown']);

/** Remembers the last work of such kernels, so that its time is not used to predict different work. */
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
