import { BackendError, type ComputeOptions } from '../compute.ts';
import type { PackedNetwork } from '../packed/layout.ts';
import type { PackedBatch, PackedRunner } from '../packed/packedRunner.ts';
import { type BatchLimits, BatchRunner } from './batches.ts';
import { Buffers, type OpenDevice } from './buffers.ts';
import { groupingFor, Kernels } from './kernels.ts';

/** Runs packed batches on one WebGPU device. */
export class WebGpuRunner implements PackedRunner {
  readonly backend = 'webgpu';
  readonly description: string;
  readonly #open: OpenDevice;
  readonly #kernels: Kernels;
  readonly #buffers: Buffers;
  readonly #batches: BatchRunner;
  #layers: GPUBuffer | undefined;
  #parameters: GPUBuffer | undefined;

  constructor(open: OpenDevice, limits: Partial<BatchLimits>) {
    this.description = open.description;
    this.#open = open;
    this.#kernels = new Kernels(open.device);
    this.#buffers = new Buffers(open);
    this.#batches = new BatchRunner(open, this.#kernels, this.#buffers, {
      chunkMs: 30,
      maxGroupsPerDimension: open.device.limits.maxComputeWorkgroupsPerDimension,
      maxPointsPerChunk: 2 ** 20,
      ...limits,
    });
  }

  async upload({ layers, parameters }: PackedNetwork): Promise<void> {
    this.#layers = await this.#buffers.holding(this.#layers, layers);
    this.#parameters = await this.#buffers.holding(this.#parameters, parameters);
  }

  async run(batch: PackedBatch, options: ComputeOptions | undefined): Promise<void> {
    const [layers, parameters] = [this.#layers, this.#parameters];
    if (!layers || !parameters) throw new Error('no network is uploaded');
    const grouping = groupingFor(batch.layout, this.#open.device.limits);
    const pipeline = await this.#pipeline(batch.kernel, batch.layout, grouping);
    await this.#batches.run({ ...batch, layers, parameters, grouping, pipeline }, options);
  }

  dispose(): void {
    this.#open.device.destroy();
  }

  async #pipeline(...shape: Parameters<Kernels['pipeline']>): Promise<GPUComputePipeline> {
    const made = this.#kernels.pipeline(...shape);
    try {
      return await Promise.race([this.#open.lost, made]);
    } catch (error) {
      if (this.#open.isLost()) return this.#open.lost;
      throw new BackendError(`WebGPU does not compile the kernel: ${(error as Error).message}`);
    }
  }
}
