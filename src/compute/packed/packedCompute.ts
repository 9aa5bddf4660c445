import { inSlices } from '../../jobs/slices.ts';
import type { Model } from '../../model/model.ts';
import {
  checkOnePoint,
  checkRadii,
  type Extent,
  extentOf,
  largest,
  radiusAt,
  requireNetwork,
} from '../checks.ts';
import type {
  Backend,
  BoundOptions,
  Bounds,
  Comparison,
  Compute,
  ComputeOptions,
  Distances,
  Points,
  Radii,
} from '../compute.ts';
import { createReferenceCompute } from '../reference/backend.ts';
import { DistancesReader } from './distancesReader.ts';
import { factorInSteps } from './factor.ts';
import { Familiar } from './familiar.ts';
import type { KernelName } from './kernels.ts';
import { batchLayout, type PackedNetwork, packJob, packNetwork } from './layout.ts';
import { type PointPacker, plainPoints, pointsWithBalls } from './packedPoints.ts';
import type { PackedBatch, PackedRunner } from './packedRunner.ts';
import { recomputeDistances } from './recompute.ts';
import {
  coveringBall,
  etaFor,
  largestRadius,
  layerConstants,
  type Range,
  rangeOf,
  staysInRange,
} from './soundness.ts';
import { Turns } from './turns.ts';

/** A loaded network, with its data in 32 bits. */
interface Loaded {
  readonly net: Model;
  readonly packed: PackedNetwork;
  readonly range: Range;
  /** The words of `factorInSteps`, created on first use. */
  factor?: Uint32Array<ArrayBuffer>;
}

/** One call of a kernel. */
interface Call {
  readonly kernel: KernelName;
  readonly n: number;
  readonly points: PointPacker;
  readonly take: PackedBatch['take'];
  /** At least every radius in 32 bits, and every coordinate, of the batch. */
  readonly size?: number;
  /** Of the balls, where the points are balls. */
  readonly radius?: Radii;
  /** Additional input of the kernel; it is computed when the call's turn comes. */
  readonly extra?: (signal: AbortSignal | undefined) => Promise<Uint32Array<ArrayBuffer>>;
}

/**
 * Shared by all backends on packed 32-bit words: range checks, packing, reading, and 64-bit arithmetic where 32 bits
 * are not enough. Networks and points that 32 bits cannot hold go to the reference backend, and so does what there is
 * to say of the hidden neurons of a network without any.
 */
export class PackedCompute implements Compute {
  readonly backend: Backend;
  readonly description: string;
  readonly #runner: PackedRunner;
  readonly #reference = createReferenceCompute();
  #loaded: Loaded | undefined;
  #uploaded: PackedNetwork | undefined;
  readonly #familiar = new Familiar();
  /**
   * Calls run one after another: the runner has one set of buffers, and each call works on the network that was loaded
   * when it was made.
   */
  readonly #turns = new Turns();

  constructor(runner: PackedRunner) {
    this.backend = runner.backend;
    this.description = runner.description;
    this.#runner = runner;
  }

  load(net: Model): void {
    this.#loaded = { net, packed: packNetwork(net, layerConstants(net)), range: rangeOf(net) };
    this.#reference.load(net);
  }

  async forward(points: Points, options?: ComputeOptions): Promise<Float32Array> {
    const loaded = this.#current();
    const { net, range } = loaded;
    const { n, largest } = this.#extent(net, points);
    if (!staysInRange(range, net.inputs, largest, 0))
      return this.#reference.forward(points, options);
    const words = await this.#words(loaded, 'forward', points, n * net.outputs, options);
    return asFloats(words);
  }

  async activations(points: Points, options?: ComputeOptions): Promise<Float32Array> {
    const loaded = this.#current();
    const { net } = loaded;
    const { n, largest } = this.#extent(net, points);
    if (!fits(loaded, largest)) return this.#reference.activations(points, options);
    return asFloats(await this.#words(loaded, 'activations', points, n * net.neurons, options));
  }

  async patterns(points: Points, options?: ComputeOptions): Promise<Uint32Array> {
    const loaded = this.#current();
    const { net } = loaded;
    const { n, largest } = this.#extent(net, points);
    if (!fits(loaded, largest)) return this.#reference.patterns(points, options);
    return this.#words(loaded, 'patterns', points, n * net.words, options);
  }

  async hashes(points: Points, options?: ComputeOptions): Promise<Uint32Array> {
    const loaded = this.#current();
    const { n, largest } = this.#extent(loaded.net, points);
    if (!fits(loaded, largest)) return this.#reference.hashes(points, options);
    return this.#words(loaded, 'hashes', points, 2 * n, options);
  }

  /** The centre's pattern is computed in 32 bits too, so that a point equal to the centre differs nowhere. */
  async compare(
    points: Float64Array,
    centre: Float64Array,
    options?: ComputeOptions,
  ): Promise<Comparison> {
    const loaded = this.#current();
    const { net } = loaded;
    const { n, largest } = this.#extent(net, points);
    checkOnePoint(net, centre);
    if (!fits(loaded, largest) || !fits(loaded, extentOf(net, centre).largest))
      return this.#reference.compare(points, centre, options);
    const words = net.words;
    const { signal } = options ?? {};
    const quiet = signal ? { signal } : undefined;
    const pattern = await this.#words(loaded, 'patterns', centre, words, quiet);
    const found = {
      differs: new Uint32Array(n * words),
      firstLayer: new Int32Array(n),
      count: new Uint32Array(n),
    };
    const take = (part: Uint32Array, from: number) => {
      for (let at = 0, i = from; at < part.length; at += words + 2, i++) {
        found.differs.set(part.subarray(at, at + words), i * words);
        found.count[i] = part[at + words];
        found.firstLayer[i] = part[at + words + 1];
      }
    };
    const packer = plainPoints(points, net.inputs);
    const extra = async () => pattern;
    await this.#run(loaded, { kernel: 'compare', n, extra, points: packer, take }, options);
    return found;
  }

  /** A point where rounding could create or hide a crease nearby is computed again in 64 bits. */
  async distances(points: Float64Array, options?: ComputeOptions): Promise<Distances> {
    const loaded = this.#current();
    const { net } = loaded;
    const { n, largest: size } = this.#extent(net, points);
    if (!fits(loaded, size)) return this.#reference.distances(points, options);
    const reader = new DistancesReader(n);
    const call: Call = {
      kernel: 'distances',
      n,
      size,
      extra: (signal) => factorOf(loaded, signal),
      points: plainPoints(points, net.inputs),
      take: (words, from) => reader.read(words, from),
    };
    await this.#run(loaded, call, shortOfTheEnd(options));
    if (reader.unclear.length > 0)
      await recomputeDistances(net, points, reader.unclear, reader.distances, options?.signal);
    if (n > 0) options?.onProgress?.(1);
    return reader.distances;
  }

  /**
   * In 32 bits C is never below the 64-bit one, and above it only by neurons within rounding of unstable. Detail is
   * computed in 64 bits.
   */
  async bounds(points: Float64Array, r: Radii, options?: BoundOptions): Promise<Bounds> {
    const loaded = this.#current();
    const { net } = loaded;
    const { n, largest: largestX } = this.#extent(net, points);
    checkRadii(r, n);
    const d = net.inputs;
    const largestR = typeof r === 'number' ? r : largest(r);
    const kernel = options?.method ?? 'algorithm1';
    if (options?.detail || !fits(loaded, largestX, largestR))
      return this.#reference.bounds(points, r, options);
    const K = net.widths.length;
    const C = new Uint32Array(n * K);
    const call: Call = {
      kernel,
      n,
      extra: (signal) => factorOf(loaded, signal),
      size: Math.max(largestRadius(d, largestX, largestR), largestX),
      radius: r,
      points: pointsWithBalls(points, d, (x, copy, i) => coveringBall(x, copy, radiusAt(r, i))),
      take: (words, from) => C.set(words, from * K),
    };
    await this.#run(loaded, call, options);
    return { C };
  }

  dispose(): void {
    this.#runner.dispose();
    this.#reference.dispose();
  }

  #current(): Loaded {
    requireNetwork(this.#loaded?.net);
    return this.#loaded!;
  }

  #extent(net: Model, points: Points): Extent {
    return extentOf(net, points, (values) => this.#runner.largest?.(values) ?? Number.NaN);
  }

  /** All result words of a kernel whose only input is the points. */
  async #words(
    loaded: Loaded,
    kernel: KernelName,
    points: Points,
    length: number,
    options: ComputeOptions | undefined,
  ): Promise<Uint32Array<ArrayBuffer>> {
    const d = loaded.net.inputs;
    const words = new Uint32Array(length);
    const { resultWords } = batchLayout(loaded.net, kernel);
    const take = (part: Uint32Array, from: number) => words.set(part, from * resultWords);
    const call = { kernel, n: points.length / d, points: plainPoints(points, d), take };
    await this.#run(loaded, call, options);
    return words;
  }

  #run(
    { net, packed, range }: Loaded,
    call: Call,
    options: ComputeOptions | undefined,
  ): Promise<void> {
    const signal = options?.signal;
    return this.#turns.next(async () => {
      if (call.n === 0) return;
      if (this.#uploaded !== packed) {
        this.#uploaded = undefined;
        await this.#runner.upload(packed);
        this.#uploaded = packed;
      }
      const { size = 0, radius, ...rest } = call;
      const extra = (await call.extra?.(signal)) ?? new Uint32Array(0);
      const layout = batchLayout(net, call.kernel);
      const eta = etaFor(net, range.largestWeight, size);
      const job = (count: number) => packJob(net, layout, count, eta);
      const unfamiliar = this.#familiar.isNew(call.kernel, packed, radius);
      await this.#runner.run({ ...rest, extra, layout, job, unfamiliar }, options);
    }, signal);
  }
}

/** Progress except for its end, which comes when what 32 bits leave open has been computed again. */
function shortOfTheEnd(options: ComputeOptions | undefined): ComputeOptions | undefined {
  const { onProgress } = options ?? {};
  if (!onProgress) return options;
  return {
    ...options,
    onProgress: (done) => {
      if (done < 1) onProgress(done);
    },
  };
}

/** Whether 32 bits can say something of the hidden neurons for coordinates up to `size` and balls of radius r. */
const fits = ({ net, range }: Loaded, size: number, r = 0): boolean =>
  net.layers.length > 1 && staysInRange(range, net.inputs, size, r);

async function factorOf(
  loaded: Loaded,
  signal: AbortSignal | undefined,
): Promise<Uint32Array<ArrayBuffer>> {
  loaded.factor ??= new Uint32Array((await inSlices(factorInSteps(loaded.net), { signal })).buffer);
  return loaded.factor;
}

const asFloats = (words: Uint32Array<ArrayBuffer>): Float32Array => new Float32Array(words.buffer);
