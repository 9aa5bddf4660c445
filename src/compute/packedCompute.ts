import { inputSize, type Network, outputSize } from '../network/network.ts';
import { BoundsReader } from './boundsReader.ts';
import { checkRadii, pointCount, radiusAt, requireNetwork } from './checks.ts';
import type {
  Backend,
  BoundOptions,
  Bounds,
  Comparison,
  Compute,
  ComputeOptions,
  Distances,
  Radii,
} from './compute.ts';
import {
  batchLayout,
  type KernelName,
  type PackedNetwork,
  packJob,
  packNetwork,
} from './layout.ts';
import { type PointPacker, plainPoints, pointsWithBalls } from './packedPoints.ts';
import type { PackedBatch, PackedRunner } from './packedRunner.ts';
import { recomputeBounds } from './recompute.ts';
import { createReferenceCompute } from './reference/backend.ts';
import { wantsLadder } from './reference/ladder.ts';
import {
  coveringBall,
  etaFor,
  largestRadius,
  layerConstants,
  type Range,
  rangeOf,
  staysInRange,
} from './soundness.ts';

/** A network as `load` found it, with what is known about it in 32 bits. */
interface Loaded {
  readonly net: Network;
  readonly packed: PackedNetwork;
  readonly range: Range;
}

/** One call of a kernel. */
interface Call {
  readonly kernel: KernelName;
  readonly n: number;
  readonly points: PointPacker;
  readonly take: PackedBatch['take'];
  readonly detail?: boolean;
  /** At least every radius of the batch in 32 bits. */
  readonly radius?: number;
  readonly extra?: Uint32Array<ArrayBuffer>;
}

/**
 * What all backends on packed 32-bit words have in common: gates, packing, reading, and 64-bit arithmetic where 32 bits
 * do not do. Networks and points that 32 bits cannot hold go to the reference backend.
 */
export class PackedCompute implements Compute {
  readonly backend: Backend;
  readonly description: string;
  readonly #runner: PackedRunner;
  readonly #reference = createReferenceCompute();
  #loaded: Loaded | undefined;
  #uploaded: PackedNetwork | undefined;
  /** Calls take turns: the runner has one set of buffers, and each call works on the network of its own time. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(runner: PackedRunner) {
    this.backend = runner.backend;
    this.description = runner.description;
    this.#runner = runner;
  }

  load(net: Network): void {
    this.#loaded = { net, packed: packNetwork(net, layerConstants(net)), range: rangeOf(net) };
    this.#reference.load(net);
  }

  async forward(points: Float64Array, options?: ComputeOptions): Promise<Float32Array> {
    const { net } = this.#current();
    const n = pointCount(net, points);
    if (!this.#fits(points, 0)) return this.#reference.forward(points, options);
    const outputs = outputSize(net);
    const results = new Float32Array(n * outputs);
    const take = (words: Uint32Array, from: number) => results.set(asFloats(words), from * outputs);
    await this.#run({ kernel: 'forward', n, points: this.#plain(points), take }, options);
    return results;
  }

  activations(points: Float64Array, options?: ComputeOptions): Promise<Float32Array> {
    return this.#reference.activations(points, options);
  }

  async patterns(points: Float64Array, options?: ComputeOptions): Promise<Uint32Array> {
    const { net } = this.#current();
    const n = pointCount(net, points);
    if (net.layers.length === 1 || !this.#fits(points, 0))
      return this.#reference.patterns(points, options);
    const words = batchLayout(net, 'patterns', false).resultWords;
    const results = new Uint32Array(n * words);
    const take = (part: Uint32Array, from: number) => results.set(part, from * words);
    await this.#run({ kernel: 'patterns', n, points: this.#plain(points), take }, options);
    return results;
  }

  hashes(points: Float64Array, options?: ComputeOptions): Promise<Uint32Array> {
    return this.#reference.hashes(points, options);
  }

  compare(
    points: Float64Array,
    centre: Float64Array,
    options?: ComputeOptions,
  ): Promise<Comparison> {
    return this.#reference.compare(points, centre, options);
  }

  distances(points: Float64Array, options?: ComputeOptions): Promise<Distances> {
    return this.#reference.distances(points, options);
  }

  /**
   * In 32 bits C is never below the 64-bit one, and above it only by neurons within rounding of unstable. A person who
   * asks for detail reads numbers, and those are to be the 64-bit ones: a point keeps its 32-bit answer where every
   * neuron clears its bound by so much that 64 bits decide the same, and its numbers agree to four places; it is computed
   * again in 64 bits where one does not.
   */
  async bounds(points: Float64Array, r: Radii, options?: BoundOptions): Promise<Bounds> {
    const { net } = this.#current();
    const n = pointCount(net, points);
    checkRadii(r, n);
    const d = inputSize(net);
    const largestR = typeof r === 'number' ? r : largest(r);
    if (wantsLadder(options) || net.layers.length === 1 || !this.#fits(points, largestR))
      return this.#reference.bounds(points, r, options);
    const detail = options?.detail ?? false;
    const reader = new BoundsReader(net, n, batchLayout(net, 'bounds', detail), detail);
    const call: Call = {
      kernel: 'bounds',
      n,
      detail,
      radius: largestRadius(d, largest(points), largestR),
      points: pointsWithBalls(points, d, (x, copy, i) => coveringBall(x, copy, radiusAt(r, i))),
      take: (words, from) => reader.read(words, from),
    };
    await this.#run(call, options);
    if (reader.unclear.length > 0)
      await recomputeBounds(net, points, r, reader.unclear, reader.bounds, options?.signal);
    return reader.bounds;
  }

  dispose(): void {
    this.#runner.dispose();
    this.#reference.dispose();
  }

  #current(): Loaded {
    requireNetwork(this.#loaded?.net);
    return this.#loaded!;
  }

  #fits(points: Float64Array, r: number): boolean {
    const { net, range } = this.#current();
    return staysInRange(range, inputSize(net), largest(points), r);
  }

  #plain(points: Float64Array): PointPacker {
    return plainPoints(points, inputSize(this.#current().net));
  }

  #run(call: Call, options: ComputeOptions | undefined): Promise<void> {
    const { net, packed, range } = this.#current();
    const work = this.#queue.then(async () => {
      options?.signal?.throwIfAborted();
      if (call.n === 0) return;
      if (this.#uploaded !== packed) {
        this.#uploaded = undefined;
        await this.#runner.upload(packed);
        this.#uploaded = packed;
      }
      const { detail = false, extra = new Uint32Array(0), radius = 0, ...rest } = call;
      const layout = batchLayout(net, call.kernel, detail);
      const eta = etaFor(net, range.largestWeight, radius);
      const job = (count: number) => packJob(net, layout, count, eta);
      await this.#runner.run({ ...rest, detail, extra, layout, job }, options);
    });
    this.#queue = work.catch(() => {});
    return work;
  }
}

const asFloats = (words: Uint32Array): Float32Array =>
  new Float32Array(words.buffer, words.byteOffset, words.length);

function largest(values: Float64Array): number {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}
