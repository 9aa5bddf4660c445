const MOST_PASSES = 1024;

/** Sums the times of a device's compute passes, on the device's own clock. */
export interface GpuClock {
  /** Milliseconds of all passes since the last call; `undefined` where the device has no clock or there were too many passes. */
  take(): Promise<number | undefined>;
}

/** `gpu`, whose devices record when their compute passes begin and end. */
export function clockedGpu(gpu: GPU): { gpu: GPU; clock: GpuClock } {
  let stopwatch: Stopwatch | undefined;
  const clocked = {
    async requestAdapter(options?: GPURequestAdapterOptions) {
      const adapter = await gpu.requestAdapter(options);
      if (!adapter?.features.has('timestamp-query')) return adapter;
      return new Proxy(adapter, {
        get(target, key) {
          const value = Reflect.get(target, key, target);
          if (key !== 'requestDevice')
            return typeof value === 'function' ? value.bind(target) : value;
          return async (descriptor?: GPUDeviceDescriptor) => {
            const device = await target.requestDevice({
              ...descriptor,
              requiredFeatures: [...(descriptor?.requiredFeatures ?? []), 'timestamp-query'],
            });
            stopwatch = new Stopwatch(device);
            return device;
          };
        },
      });
    },
  };
  return {
    gpu: clocked as unknown as GPU,
    clock: { take: async () => stopwatch?.take() },
  };
}

class Stopwatch {
  readonly #device: GPUDevice;
  readonly #times: GPUQuerySet;
  readonly #encode: GPUDevice['createCommandEncoder'];
  #passes = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#times = device.createQuerySet({ type: 'timestamp', count: 2 * MOST_PASSES });
    this.#encode = device.createCommandEncoder.bind(device);
    device.createCommandEncoder = (descriptor) => {
      const encoder = this.#encode(descriptor);
      const begin = encoder.beginComputePass.bind(encoder);
      encoder.beginComputePass = (pass) => begin({ ...pass, ...this.#next() });
      return encoder;
    };
  }

  #next(): GPUComputePassDescriptor {
    const at = 2 * this.#passes++;
    if (this.#passes > MOST_PASSES) return {};
    return {
      timestampWrites: {
        querySet: this.#times,
        beginningOfPassWriteIndex: at,
        endOfPassWriteIndex: at + 1,
      },
    };
  }

  async take(): Promise<number | undefined> {
    const passes = this.#passes;
    this.#passes = 0;
    if (passes === 0 || passes > MOST_PASSES) return undefined;
    const size = 16 * passes;
    const device = this.#device;
    const resolved = device.createBuffer({
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    const staging = device.createBuffer({
      size,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const encoder = this.#encode();
    encoder.resolveQuerySet(this.#times, 0, 2 * passes, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(staging.getMappedRange());
    let total = 0n;
    for (let i = 0; i < times.length; i += 2) total += times[i + 1] - times[i];
    staging.destroy();
    resolved.destroy();
    return total > 0n ? Number(total) / 1e6 : undefined;
  }
}
