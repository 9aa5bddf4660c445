import { BackendError, type ComputeOptions } from '../compute.ts';
import type { PackedBatch } from '../packedRunner.ts';
import { JOB, wordsOf } from '../structs.ts';
import type { OpenDevice } from './device.ts';
import { MAP_READ, Usage } from './flags.ts';
import type { Grouping, Kernels } from './kernels.ts';

/** A packed batch with what the device needs for it. */
export interface DeviceBatch extends PackedBatch {
  readonly grouping: Grouping;
  readonly pipeline: GPUComputePipeline;
  readonly layers: GPUBuffer;
  readonly parameters: GPUBuffer;
}

/** How batches are cut up. */
export interface BatchLimits {
  /** What a chunk should take, so that the GPU stays free for the page and a signal is heard soon. */
  readonly chunkMs: number;
  readonly maxGroupsPerDimension: number;
  readonly maxPointsPerChunk: number;
}

const IN_FLIGHT = 2;
/** Multiply-adds per millisecond of an unknown device: a software adapter's, so that the first chunk is never long. */
const FIRST_GUESS = 50_000;
const LONGEST_LATENCY = 10;
const LARGEST_BUFFER = 64 * 2 ** 20;

interface Slot {
  job: GPUBuffer;
  points: GPUBuffer;
  results: GPUBuffer;
  staging: GPUBuffer;
}

/**
 * Runs batches on one device in chunks of which two are in flight, one at work while the other is read. One batch at
 * a time.
 */
export class BatchRunner {
  readonly #open: OpenDevice;
  readonly #kernels: Kernels;
  readonly #limits: BatchLimits;
  readonly #slots: (Slot | undefined)[] = new Array(IN_FLIGHT).fill(undefined);
  #scratch: GPUBuffer | undefined;
  #rate = FIRST_GUESS;
  /** The least that a chunk took, as far as that can be the way there and back. */
  #latency = LONGEST_LATENCY;

  constructor(open: OpenDevice, kernels: Kernels, limits: BatchLimits) {
    this.#open = open;
    this.#kernels = kernels;
    this.#limits = limits;
  }

  async run(batch: DeviceBatch, options: ComputeOptions | undefined): Promise<void> {
    const waiting: Promise<void>[] = [];
    let lastDone = 0;
    try {
      for (let from = 0, turn = 0; from < batch.n; turn++) {
        if (waiting.length === IN_FLIGHT) await waiting.shift();
        options?.signal?.throwIfAborted();
        const count = Math.min(batch.n - from, this.#chunkSize(batch));
        const to = from + count;
        const slot = await this.#slot(turn % IN_FLIGHT, batch, count);
        const begun = performance.now();
        const read = this.#submit(batch, slot, from, to).then(() => {
          const now = performance.now();
          this.#learn(count * batch.layout.work, now - Math.max(begun, lastDone));
          lastDone = now;
          if (!options?.signal?.aborted) options?.onProgress?.(to / batch.n);
        });
        // Rejections are met where the chunk is waited for.
        read.catch(() => {});
        waiting.push(read);
        from = to;
      }
      while (waiting.length > 0) await waiting.shift();
      options?.signal?.throwIfAborted();
    } catch (error) {
      // The next batch uses the same buffers: none may still be at work.
      await Promise.allSettled(waiting);
      throw error;
    }
  }

  /** A storage buffer with these contents. */
  async upload(words: Uint32Array | Float32Array): Promise<GPUBuffer> {
    const buffer = await this.#allocate(words.byteLength, Usage.storage | Usage.copyTarget);
    this.#open.device.queue.writeBuffer(buffer, 0, words as Uint32Array<ArrayBuffer>);
    return buffer;
  }

  #chunkSize({ layout, grouping }: DeviceBatch): number {
    const { limits } = this.#open.device;
    const room = Math.min(LARGEST_BUFFER, limits.maxBufferSize, limits.maxStorageBufferBindingSize);
    const perPoint = [layout.pointWords, layout.resultWords];
    if (grouping.inStorage) perPoint.push(layout.tileWords);
    const fits = Math.floor(room / (4 * Math.max(...perPoint)));
    if (fits < 1) throw new BackendError('One point of this network is too large for the GPU.');
    const groups = this.#limits.maxGroupsPerDimension;
    const wanted = Math.max(1, Math.floor((this.#rate * this.#limits.chunkMs) / layout.work));
    // Folding rounds the number of groups up to full rows; a quarter of the room is kept for that.
    const folded = grouping.inStorage ? Math.max(1, Math.floor(fits * 0.75)) : fits;
    return Math.min(
      wanted,
      folded,
      grouping.pointsPerGroup * groups * groups,
      this.#limits.maxPointsPerChunk,
    );
  }

  /**
   * Chunks may grow fourfold or shrink by half at a time: a single hiccup says little. The way to the GPU and back
   * takes its time however small the chunk is; left in, it would make slow chunks ever smaller.
   */
  #learn(work: number, ms: number): void {
    this.#latency = Math.min(this.#latency, ms);
    const rate = work / Math.max(ms - this.#latency, ms / 8);
    this.#rate = Math.min(4 * this.#rate, Math.max(this.#rate / 2, rate));
  }

  async #slot(at: number, { layout, grouping }: DeviceBatch, count: number): Promise<Slot> {
    const old = this.#slots[at];
    const storage = Usage.storage | Usage.copyTarget;
    const points = 4 * layout.pointWords * count;
    const results = 4 * layout.resultWords * count;
    const slot: Slot = {
      job: await this.#grown(old?.job, 4 * wordsOf(JOB), Usage.uniform | Usage.copyTarget),
      points: await this.#grown(old?.points, points, storage),
      results: await this.#grown(old?.results, results, storage | Usage.copySource),
      staging: await this.#grown(old?.staging, results, Usage.mapRead | Usage.copyTarget),
    };
    this.#slots[at] = slot;
    const [x, y] = this.#fold(count, grouping);
    const tiles = grouping.inStorage ? x * y * layout.tileWords * grouping.pointsPerGroup : 1;
    this.#scratch = await this.#grown(this.#scratch, 4 * tiles, storage);
    return slot;
  }

  /** Workgroups as a rectangle of which no side is over the limit; the kernel passes over those without a point. */
  #fold(count: number, { pointsPerGroup }: Grouping): [number, number] {
    const groups = Math.ceil(count / pointsPerGroup);
    const rows = Math.ceil(groups / this.#limits.maxGroupsPerDimension);
    return [Math.ceil(groups / rows), rows];
  }

  async #submit(batch: DeviceBatch, slot: Slot, from: number, to: number): Promise<void> {
    const { device, lost } = this.#open;
    const { layout } = batch;
    const bytes = 4 * layout.resultWords * (to - from);
    device.pushErrorScope('validation');
    device.queue.writeBuffer(slot.job, 0, batch.job(to - from));
    device.queue.writeBuffer(slot.points, 0, batch.points(from, to));
    const buffers = [
      slot.job,
      batch.layers,
      batch.parameters,
      slot.points,
      slot.results,
      this.#scratch!,
    ];
    const group = device.createBindGroup({
      layout: this.#kernels.bindGroupLayout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const encoder = device.createCommandEncoder();
    encoder.clearBuffer(slot.results, 0, bytes);
    const pass = encoder.beginComputePass();
    pass.setPipeline(batch.pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(...this.#fold(to - from, batch.grouping));
    pass.end();
    encoder.copyBufferToBuffer(slot.results, 0, slot.staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    const rejected = device.popErrorScope();
    const mapped = slot.staging.mapAsync(MAP_READ, 0, bytes);
    // Losing the device rejects these as well, with errors that say less; `lost` speaks for them.
    mapped.catch(() => {});
    rejected.catch(() => {});
    const error = await Promise.race([lost, rejected]);
    if (error) throw new BackendError(`WebGPU rejected the work: ${error.message}`);
    await Promise.race([lost, mapped.catch(() => lost)]);
    batch.take(new Uint32Array(slot.staging.getMappedRange(0, bytes)), from);
    slot.staging.unmap();
  }

  async #grown(old: GPUBuffer | undefined, bytes: number, usage: number): Promise<GPUBuffer> {
    if (old && old.size >= bytes) return old;
    old?.destroy();
    return this.#allocate(bytes, usage);
  }

  async #allocate(bytes: number, usage: number): Promise<GPUBuffer> {
    const { device, lost } = this.#open;
    const size = Math.max(16, Math.ceil(bytes / 4) * 4);
    const room = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
    if (size > room)
      throw new BackendError(`The GPU takes buffers of ${room} bytes and ${size} are needed.`);
    device.pushErrorScope('out-of-memory');
    const buffer = device.createBuffer({ size, usage });
    const popped = device.popErrorScope();
    popped.catch(() => {});
    const error = await Promise.race([lost, popped]);
    if (error) throw new BackendError('The GPU is out of memory.');
    return buffer;
  }
}
