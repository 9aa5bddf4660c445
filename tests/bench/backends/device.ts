import type { Patience } from './measure.ts';

/** WebGPU in this process: Dawn's object, and what its adapter calls itself. */
export interface Gpu {
  readonly gpu: GPU;
  readonly name: string;
  /** Computed by the CPU: its times say nothing about graphics cards. */
  readonly software: boolean;
}

/**
 * Dawn on whatever driver the environment offers; `undefined` if there is none. Defines the globals of WebGPU, where
 * libraries made for browsers look for them.
 */
export async function findGpu(): Promise<Gpu | undefined> {
  const { create, globals } = await import('webgpu');
  // Timestamps in steps of 100 µs would be too coarse for kernels.
  const gpu = create(['disable-dawn-features=timestamp_quantization']);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return undefined;
  Object.assign(globalThis, globals);
  allowSharedMemory();
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu, userAgent: 'node', hardwareConcurrency: 1 },
    configurable: true,
  });
  const { description, device, vendor, architecture, isFallbackAdapter } = adapter.info;
  const name = description || device || [vendor, architecture].filter(Boolean).join(' ');
  const software = isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${name} ${architecture}`);
  return { gpu, name: software ? `${name}, a software adapter` : name, software };
}

/** Browsers take shared memory for `writeBuffer`; this Dawn does not, so a copy goes in its place. */
function allowSharedMemory(): void {
  const { prototype } = GPUQueue;
  const { writeBuffer } = prototype;
  prototype.writeBuffer = function (buffer, offset, data, from = 0, size) {
    const given: ArrayBufferView | ArrayBufferLike = data;
    const bytes = ArrayBuffer.isView(given)
      ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
      : new Uint8Array(given);
    if (!(bytes.buffer instanceof SharedArrayBuffer))
      return writeBuffer.call(this, buffer, offset, data as GPUAllowSharedBufferSource, from, size);
    const unit = (data as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
    const end = size === undefined ? bytes.length : (from + size) * unit;
    return writeBuffer.call(this, buffer, offset, bytes.slice(from * unit, end));
  };
}

/**
 * How long to measure: a short look at everything, or enough for every section to be done within ten minutes. Slow
 * contenders are measured on fewer points, which does not change their result; fast ones, for which batch size matters,
 * get whole batches.
 */
export const patienceFor = (full: boolean): Patience =>
  full ? { callMs: 1500, totalMs: 4000 } : { callMs: 150, totalMs: 400 };
