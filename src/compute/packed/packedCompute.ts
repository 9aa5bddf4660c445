import type { Model } from '../../model/model.ts';
import { checkOnePoint, checkRadii, type Extent, extentOf, largest, radiusAt } from '../checks.ts';
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
import { Familiar, Turns } from './calls.ts';
import { DistancesReader, quietly, shortOfTheEnd } from './distances.ts';
import type { KernelName } from './kernels.ts';
import { batchLayout, type PackedNetwork, packJob } from './layout.ts';
import { type PointPacker, plainPoints, pointsWithBalls } from './packedPoints.ts';
import type { PackedBatch, PackedRunner } from './packedRunner.ts';
import { factorOf, fits, type Prepared, Preparer } from './prepared.ts';
import { coveringBall, etaFor, largestRadius, staysInRange } from './soundness.ts';

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

/** Kernels whose only input is the points, and whose words are the result. */
type PlainKernel = 'forward' | 'activations' | 'patterns' | 'hashes';

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
  readonly #prepared = new Preparer();
  readonly #familiar = new Familiar();
  /** Calls run one after another: the runner has one set of buffers, with one network. */
  readonly #turns = new Turns();
  #uploaded: PackedNetwork | undefined;

  constructor(runner: PackedRunner) {
    this.backend = runner.backend;
    this.description = runner.description;
    this.#runner = runner;
  }

  async forward(net: Model, points: Points, options?: ComputeOptions): Promise<Float32Array> {
    const words = await this.#words('forward', net, points, options);
    return words ? asFloats(words) : this.#reference.forward(net, points, options);
  }

  async activations(net: Model, points: Points, options?: ComputeOptions): Promise<Float32Array> {
    const words = await this.#words('activations', net, points, options);
    return words ? asFloats(words) : this.#reference.activations(net, points, options);
  }

  async patterns(net: Model, points: Points, options?: ComputeOptions): Promise<Uint32Array> {
    const words = await this.#words('patterns', net, points, options);
    return words ?? this.#reference.patterns(net, points, options);
  }

  async hashes(net: Model, points: Points, options?: ComputeOptions): Promise<Uint32Array> {
    const words = await this.#words('hashes', net, points, options);
    return words ?? this.#reference.hashes(net, points, options);
  }

  /** The centre's pattern is computed in 32 bits too, so that a point equal to the centre differs nowhere. */
  async compare(
    net: Model,
    points: Float64Array,
    centre: Float64Array,
    options?: ComputeOptions,
  ): Promise<Comparison> {
    const { n, largest } = this.#extent(net, points);
    checkOnePoint(net, centre);
    const prepared = this.#prepared.of(net);
    const pattern = fits(prepared, largest)
      ? await this.#words('patterns', net, centre, quietly(options))
      : undefined;
    if (!pattern) return this.#reference.compare(net, points, centre, options);
    const words = net.words;
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
    await this.#run(prepared, { kernel: 'compare', n, extra, points: packer, take }, options);
    return found;
  }

  /** A point where rounding could create or hide a crease nearby is computed again in 64 bits. */
  async distances(net: Model, points: Float64Array, options?: ComputeOptions): Promise<Distances> {
    const { n, largest: size } = this.#extent(net, points);
    const prepared = this.#prepared.of(net);
    if (!fits(prepared, size)) return this.#reference.distances(net, points, options);
    const reader = new DistancesReader(n);
    const call: Call = {
      kernel: 'distances',
      n,
      size,
      extra: (signal) => factorOf(prepared, signal),
      points: plainPoints(points, net.inputs),
      take: (words, from) => reader.read(words, from),
    };
    await this.#run(prepared, call, shortOfTheEnd(options));
    return reader.finish(this.#reference, net, points, options);
  }

  /**
   * In 32 bits C is never below the 64-bit one, and above it only by neurons within rounding of unstable. Detail is
   * computed in 64 bits.
   */
  async bounds(
    net: Model,
    points: Float64Array,
    r: Radii,
    options?: BoundOptions,
  ): Promise<Bounds> {
    const { n, largest: largestX } = this.#extent(net, points);
    checkRadii(r, n);
    const d = net.inputs;
    const largestR = typeof r === 'number' ? r : largest(r);
    const prepared = this.#prepared.of(net);
    if (options?.detail || !fits(prepared, largestX, largestR))
      return this.#reference.bounds(net, points, r, options);
    const K = net.widths.length;
    const C = new Uint32Array(n * K);
    const call: Call = {
      kernel: options?.method ?? 'algorithm1',
      n,
      extra: (signal) => factorOf(prepared, signal),
      size: Math.max(largestRadius(d, largestX, largestR), largestX),
      radius: r,
      points: pointsWithBalls(points, d, (x, copy, i) => coveringBall(x, copy, radiusAt(r, i))),
      take: (words, from) => C.set(words, from * K),
    };
    await this.#run(prepared, call, options);
    return { C };
  }

  dispose(): void {
    this.#runner.dispose();
    this.#reference.dispose();
  }

  #extent(net: Model, points: Points): Extent {
    return extentOf(net, points, (values) => this.#runner.largest?.(values) ?? Number.NaN);
  }

  /** All result words of a kernel; undefined where 32 bits cannot hold the network or the points. */
  async #words(
    kernel: PlainKernel,
    net: Model,
    points: Points,
    options: ComputeOptions | undefined,
  ): Promise<Uint32Array<ArrayBuffer> | undefined> {
    const { n, largest } = this.#extent(net, points);
    const prepared = this.#prepared.of(net);
    const possible =
      kernel === 'forward'
        ? staysInRange(prepared.range, net.inputs, largest, 0)
        : fits(prepared, largest);
    if (!possible) return undefined;
    const { resultWords } = batchLayout(net, kernel);
    const words = new Uint32Array(n * resultWords);
    const take = (part: Uint32Array, from: number) => words.set(part, from * resultWords);
    const call = { kernel, n, points: plainPoints(points, net.inputs), take };
    await this.#run(prepared, call, options);
    return words;
  }

  #run(
    { net, packed, range }: Prepared,
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

const asFloats = (words: Uint32Array<ArrayBuffer>): Float32Array => new Float32Array(words.buffer);
