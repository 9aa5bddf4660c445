import { BackendError, type ComputeOptions } from '../compute.ts';
import type { KernelName } from '../packed/kernels.ts';
import type { PackedBatch } from '../packed/packedRunner.ts';
import { JOB, wordsOf } from '../packed/structs.ts';
import type { Buffers, OpenDevice } from './buffers.ts';
import { MAP_READ, Usage } from './buffers.ts';
import { ChunkRate } from './chunkRate.ts';
import { type Grouping, type Kernels, tileBytes } from './kernels.ts';

/** A packed batch with the data that the device needs for it. */
export interface DeviceBatch extends PackedBatch {
  readonly grouping: Grouping;
  readonly pipeline: GPUComputePipeline;
  readonly layers: GPUBuffer;
  readonly parameters: GPUBuffer;
}

/** How batches are cut up. */
export interface BatchLimits {
  /** Target duration of a chunk, so that the GPU stays free for the page and a signal is noticed soon. */
  readonly chunkMs: number;
  readonly maxGroupsPerDimension: number;
  readonly maxPointsPerChunk: number;
}

const IN_FLIGHT = 2;
/** One more than are in flight: the GPU is given its next chunk before the last one is read. */
const RING = IN_FLIGHT + 1;
const LARGEST_BUFFER = 64 * 2 ** 20;

/** The buffers of one chunk. */
interface Slot {
  readonly job: GPUBuffer;
  readonly points: GPUBuffer;
  readonly results: GPUBuffer;
  readonly staging: GPUBuffer;
  bound?: { readonly to: readonly GPUBuffer[]; readonly group: GPUBindGroup };
}

/** A chunk in flight: points `from … to − 1`. */
interface Flight {
  readonly slot: Slot;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly begun: number;
  /** Resolves when the results can be read. */
  readonly mapped: Promise<void>;
}

/** Runs batches on one device in chunks, two in flight while a third is packed or read. One batch at a time. */
export class BatchRunner {
  readonly #open: OpenDevice;
  readonly #kernels: Kernels;
  readonly #limits: BatchLimits;
  readonly #buffers: Buffers;
  readonly #slots: (Slot | undefined)[] = new Array(RING).fill(undefined);
  #scratch: GPUBuffer | undefined;
  #extra: GPUBuffer | undefined;
  readonly #rates = new Map<KernelName, ChunkRate>();

  constructor(open: OpenDevice, kernels: Kernels, buffers: Buffers, limits: BatchLimits) {
    this.#open = open;
    this.#kernels = kernels;
    this.#buffers = buffers;
    this.#limits = limits;
  }

  async run(batch: DeviceBatch, options: ComputeOptions | undefined): Promise<void> {
    this.#extra = await this.#buffers.holding(this.#extra, batch.extra);
    const rate = this.#rates.get(batch.kernel) ?? new ChunkRate();
    this.#rates.set(batch.kernel, rate);
    if (batch.unfamiliar) rate.doubt();
    const flying: Flight[] = [];
    let lastDone = 0;
    const landed = async ({ from, to, begun, mapped }: Flight) => {
      await mapped;
      const now = performance.now();
      rate.learn((to - from) * batch.layout.work, now - Math.max(begun, lastDone));
      lastDone = now;
    };
    const read = async ({ slot, from, to, bytes }: Flight) => {
      batch.take(await this.#words(slot, bytes), from);
      slot.staging.unmap();
      if (!options?.signal?.aborted) options?.onProgress?.(to / batch.n);
    };
    try {
      for (let from = 0, turn = 0; from < batch.n; turn++) {
        const wanted = Math.floor(rate.workIn(this.#limits.chunkMs) / batch.layout.work);
        const count = Math.min(batch.n - from, Math.max(1, wanted), this.#mostPoints(batch));
        const slot = await this.#slot(turn % RING, batch, count);
        const done = flying.length === IN_FLIGHT ? flying[0] : undefined;
        if (done) await landed(done);
        options?.signal?.throwIfAborted();
        flying.push(this.#submit(batch, slot, from, from + count));
        if (done) await read(flying.shift()!);
        from += count;
      }
      for (; flying.length > 0; flying.shift()) {
        await landed(flying[0]);
        options?.signal?.throwIfAborted();
        await read(flying[0]);
      }
      options?.signal?.throwIfAborted();
    } catch (error) {
      // The next batch uses the same buffers: none may still be in use or mapped.
      await Promise.allSettled(flying.map(({ mapped }) => mapped));
      for (const { slot } of flying) slot.staging.unmap();
      throw error;
    }
  }

  #mostPoints({ layout, grouping }: DeviceBatch): number {
    const { limits } = this.#open.device;
    const room = Math.min(LARGEST_BUFFER, limits.maxBufferSize, limits.maxStorageBufferBindingSize);
    const fits = Math.floor(room / (4 * Math.max(layout.pointWords, layout.resultWords, 1)));
    // Folding rounds the number of groups up to full rows; a quarter of the limit is reserved for that.
    const tiles = Math.max(1, Math.floor((0.75 * room) / tileBytes(layout.tile)));
    if (fits < 1 || (grouping.inStorage && tileBytes(layout.tile) > room))
      throw new BackendError('One point of this network is too large for the GPU.');
    const groups = this.#limits.maxGroupsPerDimension;
    return Math.min(
      fits,
      grouping.inStorage ? tiles * layout.tile.points : fits,
      grouping.pointsPerGroup * groups * groups,
      this.#limits.maxPointsPerChunk,
    );
  }

  async #slot(at: number, { layout, grouping }: DeviceBatch, count: number): Promise<Slot> {
    const old = this.#slots[at];
    const storage = Usage.storage | Usage.copyTarget;
    const points = 4 * layout.pointWords * count;
    const results = 4 * layout.resultWords * count;
    const grown = this.#buffers.grown.bind(this.#buffers);
    const slot: Slot = {
      job: await grown(old?.job, 4 * wordsOf(JOB), Usage.uniform | Usage.copyTarget),
      points: await grown(old?.points, points, storage),
      results: await grown(old?.results, results, storage | Usage.copySource),
      staging: await grown(old?.staging, results, Usage.mapRead | Usage.copyTarget),
      ...(old?.bound ? { bound: old.bound } : {}),
    };
    this.#slots[at] = slot;
    const [x, y] = this.#fold(count, grouping);
    const tiles = grouping.inStorage ? x * y * grouping.tilesPerGroup : 0;
    this.#scratch = await grown(this.#scratch, tiles * tileBytes(layout.tile), storage);
    return slot;
  }

  /** Workgroups as a rectangle of which no side is over the limit; the kernel skips those without a point. */
  #fold(count: number, { pointsPerGroup }: Grouping): [number, number] {
    const groups = Math.ceil(count / pointsPerGroup);
    const rows = Math.ceil(groups / this.#limits.maxGroupsPerDimension);
    return [Math.ceil(groups / rows), rows];
  }

  #submit(batch: DeviceBatch, slot: Slot, from: number, to: number): Flight {
    const { device } = this.#open;
    const begun = performance.now();
    const bytes = 4 * batch.layout.resultWords * (to - from);
    device.pushErrorScope('validation');
    device.queue.writeBuffer(slot.job, 0, batch.job(to - from));
    const points = batch.points(from, to);
    const single = points instanceof Float32Array ? points : new Float32Array(points);
    device.queue.writeBuffer(slot.points, 0, single);
    const encoder = device.createCommandEncoder();
    encoder.clearBuffer(slot.results, 0, bytes);
    const pass = encoder.beginComputePass();
    pass.setPipeline(batch.pipeline);
    pass.setBindGroup(0, this.#bindGroup(batch, slot));
    pass.dispatchWorkgroups(...this.#fold(to - from, batch.grouping));
    pass.end();
    encoder.copyBufferToBuffer(slot.results, 0, slot.staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    const mapped = this.#mapped(device.popErrorScope(), slot.staging.mapAsync(MAP_READ, 0, bytes));
    // Rejections are handled where the chunk is awaited.
    mapped.catch(() => {});
    return { slot, from, to, bytes, begun, mapped };
  }

  async #mapped(rejected: Promise<GPUError | null>, mapped: Promise<undefined>): Promise<void> {
    const { lost } = this.#open;
    // Losing the device rejects these as well, with errors that say less and may come first; `lost` has the better
    // message.
    mapped.catch(() => {});
    const error = await Promise.race([lost, rejected.catch(() => lost)]);
    if (error) throw new BackendError(`WebGPU rejected the work: ${error.message}`);
    await Promise.race([lost, mapped.catch(() => lost)]);
  }

  /** What is mapped, in words. It is missing only if the device was lost. */
  async #words(slot: Slot, bytes: number): Promise<Uint32Array> {
    try {
      return new Uint32Array(slot.staging.getMappedRange(0, bytes));
    } catch {
      return this.#open.lost;
    }
  }

  /** The kernel's bindings; recreated only when some buffer was. */
  #bindGroup({ layers, parameters }: DeviceBatch, slot: Slot): GPUBindGroup {
    const to = [
      slot.job,
      layers,
      parameters,
      slot.points,
      this.#extra!,
      slot.results,
      this.#scratch!,
    ];
    if (!slot.bound?.to.every((buffer, i) => buffer === to[i])) {
      const group = this.#open.device.createBindGroup({
        layout: this.#kernels.bindGroupLayout,
        entries: to.map((buffer, binding) => ({ binding, resource: { buffer } })),
      });
      slot.bound = { to, group };
    }
    return slot.bound.group;
  }
}
