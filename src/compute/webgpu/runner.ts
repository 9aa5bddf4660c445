import { BackendError, type ComputeOptions } from '../compute.ts';
import type { PackedNetwork } from '../layout.ts';
import type { PackedBatch, PackedRunner } from '../packedRunner.ts';
import { type BatchLimits, BatchRunner } from './batches.ts';
import type { OpenDevice } from './device.ts';
import { groupingFor, Kernels } from './kernels.ts';

/** Runs packed batches on one WebGPU device. */
export class WebGpuRunner implements PackedRunner {
  readonly backend = 'webgpu';
  readonly description: string;
  readonly #open: OpenDevice;
  readonly #kernels: Kernels;
  readonly #batches: BatchRunner;
  #network: { readonly layers: GPUBuffer; readonly parameters: GPUBuffer } | undefined;

  constructor(open: OpenDevice, limits: Partial<BatchLimits>) {
    this.description = open.description;
    this.#open = open;
    this.#kernels = new Kernels(open.device);
    this.#batches = new BatchRunner(open, this.#kernels, {
      chunkMs: 30,
      maxGroupsPerDimension: open.device.limits.maxComputeWorkgroupsPerDimension,
      maxPointsPerChunk: 2 ** 20,
      ...limits,
    });
  }

  async upload({ layers, parameters }: PackedNetwork): Promise<void> {
    this.#network?.layers.destroy();
    this.#network?.parameters.destroy();
    this.#network = undefined;
    this.#network = {
      layers: await this.#batches.upload(layers),
      parameters: await this.#batches.upload(parameters),
    };
  }

  async run(batch: PackedBatch, options: ComputeOptions | undefined): Promise<void> {
    if (!this.#network) throw new Error('no network is uploaded');
    const grouping = groupingFor(batch.layout, this.#open.device.limits);
    const pipeline = await this.#pipeline(batch.kernel, batch.layout, grouping, batch.detail);
    await this.#batches.run({ ...batch, ...this.#network, grouping, pipeline }, options);
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
