import { checkRadius } from '../../bounds/algorithmOne.ts';
import {
  hiddenWidths,
  inputSize,
  type Network,
  neuronCount,
  outputSize,
} from '../../network/network.ts';
import { pointCount, requireNetwork } from '../checks.ts';
import { BackendError, type Bounds, type Compute, type ComputeOptions } from '../compute.ts';
import { createCpuCompute } from '../cpu.ts';
import {
  BoundsReader,
  batchLayout,
  type KernelName,
  type PackedNetwork,
  packBalls,
  packJob,
  packNetwork,
  packPoints,
} from '../layout.ts';
import {
  coveringBall,
  etaFor,
  largestRadius,
  layerConstants,
  type Range,
  rangeOf,
  staysInRange,
} from '../soundness.ts';
import { type Batch, type BatchLimits, BatchRunner } from './batches.ts';
import { type OpenDevice, openDevice } from './device.ts';
import { groupingFor, Kernels } from './kernels.ts';

export interface WebGpuOptions {
  /** Take a software adapter too. Default: false. */
  readonly allowSoftware?: boolean | undefined;
  /** How batches are cut up; by default as the device allows, in chunks of about 30 ms. */
  readonly limits?: Partial<BatchLimits>;
}

/** A network as `load` found it, with what is known about it in 32 bits. */
interface Loaded {
  readonly net: Network;
  readonly packed: PackedNetwork;
  readonly range: Range;
}

/**
 * The WebGPU backend on the adapter that `gpu` offers (`navigator.gpu` in a page or worker). Networks and points that
 * 32 bits cannot hold are computed on the CPU in 64. Throws an `Error` whose message is one sentence for a person when
 * there is no adapter, or only a software one and that is not allowed.
 */
export async function createWebGpuCompute(
  gpu: GPU | undefined,
  { allowSoftware = false, limits = {} }: WebGpuOptions = {},
): Promise<Compute> {
  return new WebGpuCompute(await openDevice(gpu, allowSoftware), limits);
}

class WebGpuCompute implements Compute {
  readonly backend = 'webgpu';
  readonly description: string;
  readonly #open: OpenDevice;
  readonly #kernels: Kernels;
  readonly #runner: BatchRunner;
  readonly #cpu = createCpuCompute();
  #loaded: Loaded | undefined;
  #uploaded: { packed: PackedNetwork; layers: GPUBuffer; parameters: GPUBuffer } | undefined;
  /** Calls take turns: they share buffers, and each works on the network of its own time. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(open: OpenDevice, limits: Partial<BatchLimits>) {
    this.description = open.description;
    this.#open = open;
    this.#kernels = new Kernels(open.device);
    this.#runner = new BatchRunner(open, this.#kernels, {
      chunkMs: 30,
      maxGroupsPerDimension: open.device.limits.maxComputeWorkgroupsPerDimension,
      maxPointsPerChunk: 2 ** 20,
      ...limits,
    });
  }

  load(net: Network): void {
    this.#loaded = { net, packed: packNetwork(net, layerConstants(net)), range: rangeOf(net) };
    this.#cpu.load(net);
  }

  async forward(points: Float64Array, options?: ComputeOptions): Promise<Float32Array> {
    const { net, range } = this.#current();
    const n = pointCount(net, points);
    if (!staysInRange(range, inputSize(net), largest(points), 0))
      return this.#cpu.forward(points, options);
    const outputs = outputSize(net);
    const results = new Float32Array(n * outputs);
    await this.#run('forward', n, 0, this.#plainPoints(points), options, (words, from) => {
      const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
      results.set(floats, from * outputs);
    });
    return results;
  }

  async patterns(points: Float64Array, options?: ComputeOptions): Promise<Uint32Array> {
    const { net, range } = this.#current();
    const n = pointCount(net, points);
    if (net.layers.length === 1 || !staysInRange(range, inputSize(net), largest(points), 0))
      return this.#cpu.patterns(points, options);
    const words = batchLayout(net, 'patterns', false).resultWords;
    const results = new Uint32Array(n * words);
    await this.#run('patterns', n, 0, this.#plainPoints(points), options, (part, from) => {
      results.set(part, from * words);
    });
    return results;
  }

  /**
   * In 32 bits C is never below the 64-bit one, and above it only by neurons within rounding of unstable. A person who
   * asks for detail reads numbers, and those are to be the 64-bit ones: a point keeps the GPU's answer where every
   * neuron clears its bound by so much that 64 bits decide the same, and its numbers agree to four places; it is computed
   * again in 64 bits where one does not.
   */
  async bounds(
    points: Float64Array,
    r: number,
    options?: ComputeOptions & { readonly detail?: boolean },
  ): Promise<Bounds> {
    checkRadius(r);
    const { net, range } = this.#current();
    const n = pointCount(net, points);
    const d = inputSize(net);
    if (net.layers.length === 1 || !staysInRange(range, d, largest(points), r))
      return this.#cpu.bounds(points, r, options);
    const detail = options?.detail ?? false;
    const reader = new BoundsReader(net, n, batchLayout(net, 'bounds', detail), detail);
    const balls = (from: number, to: number) =>
      packBalls(points, d, from, to, (x, copy) => coveringBall(x, copy, r));
    await this.#run(
      'bounds',
      n,
      largestRadius(d, largest(points), r),
      balls,
      options,
      (words, from) => reader.read(words, from),
      detail,
    );
    if (reader.unclear.length > 0)
      await recompute(net, points, r, reader.unclear, reader.bounds, options?.signal);
    return reader.bounds;
  }

  dispose(): void {
    this.#open.device.destroy();
    this.#cpu.dispose();
  }

  #current(): Loaded {
    requireNetwork(this.#loaded?.net);
    return this.#loaded!;
  }

  #plainPoints(points: Float64Array): Batch['points'] {
    const d = inputSize(this.#current().net);
    return (from, to) => packPoints(points, d, from, to);
  }

  #run(
    kernel: KernelName,
    n: number,
    radius: number,
    points: Batch['points'],
    options: ComputeOptions | undefined,
    take: Batch['take'],
    detail = false,
  ): Promise<void> {
    const loaded = this.#current();
    const work = this.#queue.then(async () => {
      options?.signal?.throwIfAborted();
      if (n === 0) return;
      const { net, packed, range } = loaded;
      const layout = batchLayout(net, kernel, detail);
      const grouping = groupingFor(layout, this.#open.device.limits);
      const pipeline = await this.#pipeline(kernel, layout, grouping, detail);
      const { layers, parameters } = await this.#upload(packed);
      const eta = etaFor(net, range.largestWeight, radius);
      const job = (count: number) => packJob(net, layout, count, eta);
      await this.#runner.run(
        { n, layout, grouping, pipeline, layers, parameters, job, points, take },
        options,
      );
    });
    this.#queue = work.catch(() => {});
    return work;
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

  async #upload(packed: PackedNetwork) {
    if (this.#uploaded?.packed === packed) return this.#uploaded;
    this.#uploaded?.layers.destroy();
    this.#uploaded?.parameters.destroy();
    this.#uploaded = undefined;
    const layers = await this.#runner.upload(packed.layers);
    const parameters = await this.#runner.upload(packed.parameters);
    this.#uploaded = { packed, layers, parameters };
    return this.#uploaded;
  }
}

function largest(points: Float64Array): number {
  let size = 0;
  for (const value of points) size = Math.max(size, Math.abs(value));
  return size;
}

/** Puts Algorithm 1 in 64 bits in the place of these points' results. */
async function recompute(
  net: Network,
  points: Float64Array,
  r: number,
  which: readonly number[],
  bounds: Bounds,
  signal: AbortSignal | undefined,
): Promise<void> {
  const d = inputSize(net);
  const chosen = new Float64Array(which.length * d);
  which.forEach((i, at) => {
    chosen.set(points.subarray(i * d, i * d + d), at * d);
  });
  // A backend of its own: the network may not be the one loaded last.
  const cpu = createCpuCompute();
  cpu.load(net);
  const exact = await cpu.bounds(chosen, r, { detail: true, ...(signal ? { signal } : {}) });
  const K = hiddenWidths(net).length;
  const N = neuronCount(net);
  which.forEach((i, at) => {
    bounds.C.set(exact.C.subarray(at * K, (at + 1) * K), i * K);
    for (const key of ['A', 'U', 'rawU', 'P', 'S'] as const)
      bounds.detail?.[key].set(exact.detail![key].subarray(at * N, (at + 1) * N), i * N);
  });
}
