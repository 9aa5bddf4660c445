import type { Compute } from '../compute.ts';
import { PackedCompute } from '../packed/packedCompute.ts';
import type { BatchLimits } from './batches.ts';
import { openDevice } from './device.ts';

export interface WebGpuOptions {
  /** Take a software adapter too. Default: false. */
  readonly allowSoftware?: boolean | undefined;
  /** How batches are cut up; by default as the device allows, in chunks of about 30 ms. */
  readonly limits?: Partial<BatchLimits>;
}

/**
 * Kernels are long texts and loaded separately: the first picture does not need them. Loading them again costs nothing.
 */
export const loadWebGpuRunner = () => import('./runner.ts');

/**
 * The WebGPU backend on the adapter that `gpu` offers (`navigator.gpu` in a page or worker). Throws an `Error` whose
 * message is one sentence for the user when there is no adapter, or only a software one and that is not allowed.
 */
export async function createWebGpuCompute(
  gpu: GPU | undefined,
  { allowSoftware = false, limits = {} }: WebGpuOptions = {},
): Promise<Compute> {
  const device = await openDevice(gpu, allowSoftware);
  const { WebGpuRunner } = await loadWebGpuRunner();
  return new PackedCompute(new WebGpuRunner(device, limits));
}
