import { BackendError } from '../compute.ts';

/** A device with the data that the backend needs. */
export interface OpenDevice {
  readonly device: GPUDevice;
  /** The adapter in words for a person. */
  readonly description: string;
  /** Rejects when the device is lost; never resolves. */
  readonly lost: Promise<never>;
  readonly isLost: () => boolean;
}

/**
 * Numbers from the WebGPU specification; the globals of the same names are missing where the GPU object came from a
 * package.
 */
export const Usage = {
  mapRead: 0x1,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
} as const;

export const MAP_READ = 0x1;
export const STAGE_COMPUTE = 0x4;

/**
 * Buffers of one device that are reused from chunk to chunk. One that is too small is replaced by one of the next power
 * of two above the requested size, so that a batch with growing chunks creates few.
 */
export class Buffers {
  readonly #open: OpenDevice;
  /** A slot still holds its old buffer when there was no memory for a larger one. */
  readonly #destroyed = new WeakSet<GPUBuffer>();

  constructor(open: OpenDevice) {
    this.#open = open;
  }

  /** `old` if it has room for so many bytes, otherwise a new one. Work that uses `old` may be running. */
  async grown(old: GPUBuffer | undefined, bytes: number, usage: number): Promise<GPUBuffer> {
    if (old && !this.#destroyed.has(old)) {
      if (old.size >= bytes) return old;
      old.destroy();
      this.#destroyed.add(old);
    }
    return this.#allocate(Math.max(16, bytes), usage);
  }

  /** A storage buffer that begins with these words; `old` where it has the room. */
  async holding(
    old: GPUBuffer | undefined,
    words: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  ): Promise<GPUBuffer> {
    const buffer = await this.grown(old, words.byteLength, Usage.storage | Usage.copyTarget);
    this.#open.device.queue.writeBuffer(buffer, 0, words);
    return buffer;
  }

  async #allocate(bytes: number, usage: number): Promise<GPUBuffer> {
    const { device, lost } = this.#open;
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    if (bytes > maxBufferSize)
      throw new BackendError(`The GPU has buffers of ${maxBufferSize} bytes, ${bytes} are needed.`);
    const binding = (usage & Usage.storage) !== 0 ? maxStorageBufferBindingSize : maxBufferSize;
    if (bytes > binding)
      throw new BackendError(`The GPU binds buffers of ${binding} bytes, ${bytes} are needed.`);
    const size = Math.min(2 ** Math.ceil(Math.log2(bytes)), whole(maxBufferSize), whole(binding));
    device.pushErrorScope('out-of-memory');
    const buffer = device.createBuffer({ size, usage });
    // It rejects when the device is lost; `lost` may report that later, with a better message.
    const popped = device.popErrorScope().catch(() => lost);
    const error = await Promise.race([lost, popped]);
    if (error) {
      buffer.destroy();
      throw new BackendError('The GPU is out of memory.');
    }
    return buffer;
  }
}

/** Copies and mappings need whole words. */
const whole = (bytes: number): number => bytes - (bytes % 4);
