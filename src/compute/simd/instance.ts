import { BackendError } from '../compute.ts';
import type { BatchLayout, KernelName, PackedNetwork } from '../layout.ts';
import { LAYER, wordsOf } from '../structs.ts';

/** A chunk of a batch, packed. */
export interface SimdChunk {
  readonly kernel: KernelName;
  readonly layout: BatchLayout;
  readonly detail: boolean;
  /** Words that the kernel wants besides. */
  readonly extra: Uint32Array<ArrayBuffer>;
  /** The struct JOB for `count` points. */
  readonly job: Uint32Array;
  readonly points: Float32Array;
  readonly count: number;
}

type Kernel = (
  job: number,
  layers: number,
  parameters: number,
  points: number,
  results: number,
  scratch: number,
  width: number,
  extra: number,
  detail: number,
) => void;

type Exports = {
  readonly memory: WebAssembly.Memory;
  /** First byte that is free for networks and chunks. */
  heapBase(): number;
} & Record<(typeof KERNELS)[number], Kernel>;

/** Those that the module exports. */
const KERNELS = [
  'forward',
  'activations',
  'patterns',
  'hashes',
  'compare',
  'distances',
  'bounds',
  'algorithm1plus',
  'ibp',
] as const satisfies readonly KernelName[];

export const SIMD_KERNELS: ReadonlySet<KernelName> = new Set(KERNELS);

/** Place of the number of neurons in a layer's record. */
const OUTPUTS = Object.keys(LAYER).indexOf('outputs');
const PAGE_WORDS = 16_384;
/** Kernels read and write whole vectors, up to eight at once, past the end of what is there. */
const SLACK = 32;
/** Rows of the widest layer that a kernel keeps at most, and how many more for every coordinate of a gradient. */
const ROWS = 24;
const ROWS_PER_COORDINATE = 3;
/** Lists of a point's coordinates, two words to each. */
const POINT_LISTS = 4;

/** One instance of the SIMD kernels with a memory of its own; it works on one network and one chunk at a time. */
export class SimdInstance {
  readonly #exports: Exports;
  #words: Uint32Array;
  #layers: number;
  #parameters = 0;
  /** Neurons of the widest layer. */
  #widest = 0;
  /** First word after the network. */
  #free = 0;

  private constructor(exports: Exports) {
    this.#exports = exports;
    this.#words = new Uint32Array(exports.memory.buffer);
    this.#layers = aligned(exports.heapBase() / 4);
  }

  static async open(module: WebAssembly.Module): Promise<SimdInstance> {
    const { exports } = await WebAssembly.instantiate(module);
    return new SimdInstance(exports as unknown as Exports);
  }

  /** Makes this the network of the chunks that follow. */
  upload({ layers, parameters }: PackedNetwork): void {
    this.#widest = 0;
    this.#parameters = aligned(this.#layers + layers.length);
    const end = this.#parameters + parameters.length;
    this.#free = aligned(end + SLACK);
    this.#reserve(this.#free);
    this.#words.set(layers, this.#layers);
    for (let at = OUTPUTS; at < layers.length; at += wordsOf(LAYER))
      this.#widest = Math.max(this.#widest, layers[at]);
    new Float32Array(this.#words.buffer).set(parameters, this.#parameters);
    // What stood there before could be numbers below the normal range, which are slow to work with.
    this.#words.fill(0, end, this.#free);
  }

  /** The result words of a chunk; they are gone when the next call begins. */
  run({ kernel, layout, detail, job, extra, points, count }: SimdChunk): Uint32Array {
    const jobAt = this.#free;
    const extraAt = aligned(jobAt + job.length);
    const pointsAt = aligned(extraAt + extra.length);
    const resultsAt = aligned(pointsAt + points.length + SLACK);
    const resultWords = count * layout.resultWords;
    const scratchAt = aligned(resultsAt + resultWords + SLACK);
    const width = aligned(Math.max(this.#widest, layout.pointWords)) + SLACK;
    const scratchWords =
      width * (ROWS + ROWS_PER_COORDINATE * layout.columns) +
      2 * POINT_LISTS * (layout.pointWords + SLACK) +
      (this.#parameters - this.#layers);
    this.#reserve(scratchAt + scratchWords);
    this.#words.set(job, jobAt);
    this.#words.set(extra, extraAt);
    new Float32Array(this.#words.buffer).set(points, pointsAt);
    const run = this.#exports[kernel as (typeof KERNELS)[number]];
    run(
      4 * jobAt,
      4 * this.#layers,
      4 * this.#parameters,
      4 * pointsAt,
      4 * resultsAt,
      4 * scratchAt,
      width,
      4 * extraAt,
      detail ? 1 : 0,
    );
    return this.#words.subarray(resultsAt, resultsAt + resultWords);
  }

  #reserve(words: number): void {
    const missing = words - this.#words.length;
    if (missing <= 0) return;
    try {
      this.#exports.memory.grow(Math.ceil(missing / PAGE_WORDS));
    } catch {
      throw new BackendError('WebAssembly gets no more memory for this work.');
    }
    this.#words = new Uint32Array(this.#exports.memory.buffer);
  }
}

const aligned = (words: number): number => Math.ceil(words / 4) * 4;
