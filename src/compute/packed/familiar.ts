import type { Radii } from '../compute.ts';
import { type KernelName, kernelNamed } from './kernels.ts';
import type { PackedNetwork } from './layout.ts';

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
