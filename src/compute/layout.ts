import { neuronBounds } from '../bounds/algorithmOne.ts';
import { hiddenWidths, inputSize, type Network, neuronOffsets } from '../network/network.ts';
import type { Bounds } from './compute.ts';

/**
 * How networks, points and results lie in GPU buffers. The structs `Job` and `Layer` of the shaders mirror what is
 * written here; no other file knows of either.
 */

const LAYER_WORDS = 8;
const JOB_WORDS = 8;

/** Constants of one hidden layer for arithmetic in 32 bits, see `soundness.ts`. */
export interface LayerConstants {
  readonly gamma: number;
  readonly kappa: number;
}

export interface PackedNetwork {
  /** `[layers × 8]` words: the struct `Layer`. */
  readonly layers: Uint32Array;
  /** Every layer's weights, input-major so that neighbouring neurons read neighbouring words, then its biases. */
  readonly parameters: Float32Array;
}

/** A network for the GPU: 32-bit copies of its parameters and a table of its layers. */
export function packNetwork(net: Network, constants: readonly LayerConstants[]): PackedNetwork {
  const size = net.layers.reduce((sum, l) => sum + l.weights.length + l.biases.length, 0);
  const parameters = new Float32Array(size);
  const layers = new Uint32Array(net.layers.length * LAYER_WORDS);
  const floats = new Float32Array(layers.buffer);
  const offsets = neuronOffsets(net);
  let at = 0;
  net.layers.forEach(({ inputs, outputs, weights, biases }, k) => {
    const record = k * LAYER_WORDS;
    layers.set([inputs, outputs, at, at + weights.length, offsets[k]], record);
    floats[record + 5] = constants[k].gamma;
    floats[record + 6] = constants[k + 1]?.gamma ?? 0;
    floats[record + 7] = constants[k].kappa;
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j < outputs; j++) parameters[at++] = weights[j * inputs + i];
    parameters.set(biases, at);
    at += outputs;
  });
  return { layers, parameters };
}

export type KernelName = 'forward' | 'patterns' | 'bounds';

/** What a batch looks like to a kernel; all sizes in 32-bit words. */
export interface BatchLayout {
  readonly pointWords: number;
  readonly resultWords: number;
  /** Workspace of one point. */
  readonly tileWords: number;
  /** Entries in a row of the tile: room for the widest layer that stands in it. */
  readonly width: number;
  readonly rows: number;
  /** Multiply-adds per point, for sizing chunks. */
  readonly work: number;
}

/** Rows of a bounds tile before the gradient's: a, g, q and the state. */
const TILE_HEAD = 4;

export function batchLayout(net: Network, kernel: KernelName, detail: boolean): BatchLayout {
  const d = inputSize(net);
  const widths = hiddenWidths(net);
  const N = widths.reduce((sum, width) => sum + width, 0);
  const weights = net.layers.reduce((sum, layer) => sum + layer.weights.length, 0);
  if (kernel === 'bounds') {
    const width = powerOfTwoFrom(Math.max(...widths));
    const rows = TILE_HEAD + 2 * Math.ceil(d / 2);
    return {
      pointWords: d + 2,
      resultWords: widths.length + (detail ? 4 * N : 0),
      tileWords: 2 * rows * width,
      width,
      rows,
      work: weights * (rows - 1),
    };
  }
  const width = powerOfTwoFrom(Math.max(d, ...widths));
  const outputs = net.layers[net.layers.length - 1].outputs;
  return {
    pointWords: d,
    resultWords: kernel === 'forward' ? outputs : Math.ceil(N / 32),
    tileWords: 2 * width,
    width,
    rows: 1,
    work: weights,
  };
}

/** Kernels are compiled for a width; powers of two keep them few while a person tries one width after another. */
const powerOfTwoFrom = (width: number): number => 2 ** Math.ceil(Math.log2(width));

/** The struct `Job` for `count` points. */
export function packJob(
  net: Network,
  layout: BatchLayout,
  count: number,
  eta: number,
): Uint32Array<ArrayBuffer> {
  const job = new Uint32Array(JOB_WORDS);
  const widths = hiddenWidths(net);
  const N = widths.reduce((sum, width) => sum + width, 0);
  job.set([count, widths.length, inputSize(net), N, layout.resultWords]);
  new Float32Array(job.buffer).set([net.negativeSlope, eta], 5);
  return job;
}

export const JOB_BYTES = 4 * JOB_WORDS;

/** Points from `from` to `to − 1` in 32 bits. */
export const packPoints = (
  points: Float64Array,
  d: number,
  from: number,
  to: number,
): Float32Array<ArrayBuffer> => Float32Array.from(points.subarray(from * d, to * d));

/** The same with the two words that the bounds kernel wants after each point, made by `ball` from x and its copy. */
export function packBalls(
  points: Float64Array,
  d: number,
  from: number,
  to: number,
  ball: (x: Float64Array, copy: Float32Array) => { radius: number; slack: number },
): Float32Array<ArrayBuffer> {
  const packed = new Float32Array((to - from) * (d + 2));
  for (let i = from; i < to; i++) {
    const at = (i - from) * (d + 2);
    const x = points.subarray(i * d, i * d + d);
    const copy = packed.subarray(at, at + d);
    copy.set(x);
    const { radius, slack } = ball(x, copy);
    packed[at + d] = radius;
    packed[at + d + 1] = slack;
  }
  return packed;
}

/** Bounds of the n points of a batch, from the words the kernel wrote. */
export class BoundsReader {
  readonly bounds: Bounds;
  /** Points of which some neuron is too close to call in 32 bits. */
  readonly unclear: number[] = [];
  readonly #layers: number;
  readonly #neurons: number;
  readonly #resultWords: number;

  constructor(net: Network, n: number, layout: BatchLayout, detail: boolean) {
    const widths = hiddenWidths(net);
    this.#layers = widths.length;
    this.#neurons = widths.reduce((sum, width) => sum + width, 0);
    this.#resultWords = layout.resultWords;
    const C = new Uint32Array(n * this.#layers);
    this.bounds = detail ? { C, detail: neuronBounds(n * this.#neurons) } : { C };
  }

  read(words: Uint32Array, from: number): void {
    const K = this.#layers;
    const N = this.#neurons;
    const { C, detail } = this.bounds;
    const count = words.length / this.#resultWords;
    const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
    for (let i = 0; i < count; i++) {
      const at = i * this.#resultWords;
      C.set(words.subarray(at, at + K), (from + i) * K);
      if (!detail) continue;
      let clear = true;
      for (let j = 0; j < N; j++) {
        const word = at + K + 4 * j;
        const to = (from + i) * N + j;
        const flags = words[word + 3];
        detail.A[to] = floats[word];
        detail.U[to] = floats[word + 1];
        detail.rawU[to] = floats[word + 2];
        detail.P[to] = flags & 1;
        detail.S[to] = (flags >> 1) & 1;
        clear &&= (flags & 4) !== 0;
      }
      if (!clear) this.unclear.push(from + i);
    }
  }
}
