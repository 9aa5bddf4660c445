import { allCores } from '../../../cli/src/batch/simdThreads.ts';
import type { Compute } from '../../../src/compute/compute.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../../src/compute/simd/backend.ts';
import { createWebGpuCompute } from '../../../src/compute/webgpu/backend.ts';
import type { Gpu } from './device.ts';
import { clockedGpu, type GpuClock } from './gpuClock.ts';

/** One of our backends. */
export interface OwnBackend {
  readonly name: string;
  readonly compute: Compute;
  /** What its kernels took on the device itself, where that can be asked. */
  readonly clock?: GpuClock;
}

/** Every backend that runs here; `script` is a file that serves as a SIMD thread. */
export async function ownBackends(gpu: Gpu | undefined, script: URL): Promise<OwnBackend[]> {
  const threads = allCores(script);
  const own: OwnBackend[] = [
    { name: 'reference', compute: createReferenceCompute() },
    { name: 'simd, 1 thread', compute: await createSimdCompute() },
  ];
  if (threads.threads)
    own.push({
      name: `simd, ${threads.threads + 1} threads`,
      compute: await createSimdCompute(threads),
    });
  if (gpu) {
    const { gpu: clocked, clock } = clockedGpu(gpu.gpu);
    const compute = await createWebGpuCompute(clocked, { allowSoftware: true });
    own.push({ name: gpu.software ? 'webgpu (software adapter)' : 'webgpu', compute, clock });
  }
  return own;
}
