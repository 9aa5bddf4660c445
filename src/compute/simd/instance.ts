import { BackendError, type Points } from '../compute.ts';
import type { KernelName } from '../packed/kernels.ts';
import type { BatchLayout, PackedNetwork } from '../packed/layout.ts';
import { JOB, LAYER, placeOf, wordsOf } from '../packed/structs.ts';
import { type NumberExports, NumberPort, PORT_BYTES } from './numbers.ts';

/** A chunk of a batch, packed. */
export interface SimdChunk {
  readonly kernel: KernelName;
  readonly layout: BatchLayout;
  /** Additional input words of the kernel. */
  readonly extra: Uint32Array<ArrayBuffer>;
  /** The struct JOB for `count` points. */
  readonly job: Uint32Array;
  readonly points: Points;
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
) => void;

type Exports = NumberExports & {
  /** First byte that is free for networks and chunks. */
  heapBase(): number;
  prepareFirstLayer(layers: number, parameters: number, panels: number): void;
} & Record<KernelName, Kernel>;

/** Places in a layer's record, and in a job. */
const INPUTS = placeOf(LAYER, 'inputs');
const OUTPUTS = placeOf(LAYER, 'outputs');
const COUNT = placeOf(JOB, 'count');
const PAGE_WORDS = 16_384;
/** Kernels read and write whole vectors, up to eight at once, past the end of the data. */
const SLACK = 32;
/** Neurons to a panel of the first layer's weights, see `simd/firstLayer.ts`. */
const PANEL = 8;
/** Points go through a kernel in blocks of so many words: those that were just copied are still in the cache. */
const BLOCK_WORDS = 2 ** 16;
/** Lists of a point's coordinates, two words to each. */
const POINT_LISTS = 4;

/** One instance of the SIMD kernels with its own memory; it works on one network and one chunk at a time. */
export class SimdInstance {
  readonly #exports: Exports;
  readonly #port: NumberPort;
  readonly #layers: number;
  #words: Uint32Array;
  #parameters = 0;
  /** Neurons of the widest layer. */
  #widest = 0;
  /** First word after the network. */
  #free = 0;

  private constructor(exports: Exports) {
    this.#exports = exports;
    this.#words = new Uint32Array(exports.memory.buffer);
    const base = aligned(exports.heapBase() / 4);
    this.#port = new NumberPort(exports, 4 * base);
    this.#layers = base + PORT_BYTES / 4;
    this.#reserve(this.#layers);
  }

  static async open(module: WebAssembly.Module): Promise<SimdInstance> {
    const { exports } = await WebAssembly.instantiate(module);
    return new SimdInstance(exports as unknown as Exports);
  }

  /** Makes this the network of the following chunks. */
  upload({ layers, parameters }: PackedNetwork): void {
    this.#widest = 0;
    this.#parameters = aligned(this.#layers + layers.length);
    const end = this.#parameters + parameters.length;
    const panels = aligned(end + SLACK);
    this.#free = panels + layers[INPUTS] * PANEL * Math.ceil(layers[OUTPUTS] / PANEL);
    this.#reserve(this.#free);
    this.#words.set(layers, this.#layers);
    for (let at = OUTPUTS; at < layers.length; at += wordsOf(LAYER))
      this.#widest = Math.max(this.#widest, layers[at]);
    new Float32Array(this.#words.buffer).set(parameters, this.#parameters);
    // The old contents could be subnormal numbers, which are slow.
    this.#words.fill(0, end, panels);
    this.#exports.prepareFirstLayer(4 * this.#layers, 4 * this.#parameters, 4 * panels);
  }

  /** `NumberPort.largest`. */
  largest(values: Points): number {
    return this.#port.largest(values);
  }

  /** The result words of a chunk; the next call overwrites them. */
  run({ kernel, layout, job, extra, points, count }: SimdChunk): Uint32Array {
    const { pointWords, resultWords, simdRows } = layout;
    const most = Math.min(count, 4 * Math.ceil(BLOCK_WORDS / pointWords / 4));
    const jobAt = this.#free;
    const extraAt = aligned(jobAt + job.length);
    const pointsAt = aligned(extraAt + extra.length);
    const resultsAt = aligned(pointsAt + most * pointWords + SLACK);
    const scratchAt = aligned(resultsAt + count * resultWords + SLACK);
    const width = aligned(Math.max(this.#widest, pointWords)) + SLACK;
    const scratchWords =
      width * simdRows + 2 * POINT_LISTS * (pointWords + SLACK) + (this.#parameters - this.#layers);
    this.#reserve(scratchAt + scratchWords);
    this.#words.set(job, jobAt);
    this.#words.set(extra, extraAt);
    for (let from = 0; from < count; from += most) {
      const to = Math.min(count, from + most);
      this.#port.pass(points.subarray(from * pointWords, to * pointWords), 4 * pointsAt);
      this.#words[jobAt + COUNT] = to - from;
      this.#exports[kernel](
        4 * jobAt,
        4 * this.#layers,
        4 * this.#parameters,
        4 * pointsAt,
        4 * (resultsAt + from * resultWords),
        4 * scratchAt,
        width,
        4 * extraAt,
      );
    }
    return this.#words.subarray(resultsAt, resultsAt + count * resultWords);
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
