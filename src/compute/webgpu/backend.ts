import { type Compute, DeviceLostError } from '../compute.ts';
import { PackedCompute } from '../packed/packedCompute.ts';
import type { BatchLimits } from './batches.ts';
import type { OpenDevice } from './buffers.ts';

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

/**
 * Asks for an adapter and a device with the adapter's own limits. Throws an `Error` whose message is one sentence for
 * a person when there is none, or when the only adapter is a software one and that is not allowed.
 */
async function openDevice(gpu: GPU | undefined, allowSoftware: boolean): Promise<OpenDevice> {
  if (!gpu) throw new Error('WebGPU is not available here.');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('WebGPU finds no graphics adapter here.');
  const { info, limits } = adapter;
  if (isSoftware(info) && !allowSoftware)
    throw new Error(
      'WebGPU finds only a software adapter here, which is slower than the CPU code.',
    );
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    },
  });
  let gone = false;
  const lost = device.lost.then(({ message }): never => {
    gone = true;
    throw new DeviceLostError(message || 'the graphics device was lost');
  });
  // Callers that wait for work get this error; there may be none.
  lost.catch(() => {});
  return { device, description: describe(info), lost, isLost: () => gone };
}

/** `isFallbackAdapter` where the implementation says so; SwiftShader and Mesa's llvmpipe by name elsewhere. */
const isSoftware = (info: GPUAdapterInfo): boolean =>
  info.isFallbackAdapter ||
  /swiftshader|llvmpipe/i.test(`${info.architecture} ${info.description}`);

function describe(info: GPUAdapterInfo): string {
  const name = info.description || info.device;
  const maker = [info.vendor, info.architecture].filter(Boolean).join(' ');
  return name || maker || 'graphics adapter';
}
