import {
  hiddenWidths,
  inputSize,
  type Network,
  neuronCount,
  neuronOffsets,
  outputSize,
  patternWords,
} from '../network/network.ts';
import { JOB, LAYER, wordsOf, writeStruct } from './structs.ts';

/**
 * How networks, points and results lie in 32-bit words, the same for every backend that takes packed words. A kernel is
 * given
 *
 *     job          the struct JOB
 *     layers       one struct LAYER per layer, the output layer last
 *     parameters   per layer its weights, input-major: the weight from input i to neuron j at weights + i · outputs + j,
 *                  so that neighbouring neurons read neighbouring words; then its biases
 *     points       `[count × pointWords]` f32
 *     extra        what one kernel wants besides, per call
 *
 * and writes `[count × resultWords]`, which are zero before it starts:
 *
 *     kernel       a point's words                     a result's words
 *     forward      x                                   f(x)
 *     patterns     x                                   the pattern: bit i of word w belongs to neuron 32 w + i
 *     bounds       x, r̂, share of r̂ that is rounding   C of every hidden layer; with detail then, for every neuron,
 *                                                      A, U, U_raw, and the flags P | S << 1 | clear << 2
 */
export type KernelName = 'forward' | 'patterns' | 'bounds';

/** Constants of one hidden layer for arithmetic in 32 bits, see `soundness.ts`. */
export interface LayerConstants {
  readonly gamma: number;
  readonly kappa: number;
}

export interface PackedNetwork {
  readonly layers: Uint32Array<ArrayBuffer>;
  readonly parameters: Float32Array<ArrayBuffer>;
}

/** 32-bit copies of a network's parameters and the table of its layers. */
export function packNetwork(net: Network, constants: readonly LayerConstants[]): PackedNetwork {
  const size = net.layers.reduce((sum, l) => sum + l.weights.length + l.biases.length, 0);
  const parameters = new Float32Array(size);
  const layers = new Uint32Array(net.layers.length * wordsOf(LAYER));
  const offsets = neuronOffsets(net);
  let at = 0;
  net.layers.forEach(({ inputs, outputs, weights, biases }, k) => {
    const record = {
      inputs,
      outputs,
      weights: at,
      biases: at + weights.length,
      firstNeuron: offsets[k],
      gamma: constants[k].gamma,
      nextGamma: constants[k + 1]?.gamma ?? 0,
      kappa: constants[k].kappa,
    };
    writeStruct(LAYER, record, layers, k * wordsOf(LAYER));
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j < outputs; j++) parameters[at++] = weights[j * inputs + i];
    parameters.set(biases, at);
    at += outputs;
  });
  return { layers, parameters };
}

/** What a batch looks like to a kernel; all sizes in 32-bit words. */
export interface BatchLayout {
  readonly pointWords: number;
  readonly resultWords: number;
  /** Workspace of one point: two halves, the layer before and the layer at hand, of `rows` rows of `width`. */
  readonly tileWords: number;
  /** Entries in a row of the tile: room for the widest layer that stands in it, a power of two. */
  readonly width: number;
  readonly rows: number;
  /** Coordinates of a gradient. */
  readonly columns: number;
  /** Multiply-adds per point, for sizing chunks. */
  readonly work: number;
}

/** Rows of a bounds tile before the gradient's: a, g, q and the state. */
const TILE_HEAD = 4;

export function batchLayout(net: Network, kernel: KernelName, detail: boolean): BatchLayout {
  const d = inputSize(net);
  const widths = hiddenWidths(net);
  const weights = net.layers.reduce((sum, layer) => sum + layer.weights.length, 0);
  if (kernel === 'bounds') {
    const width = powerOfTwoFrom(Math.max(...widths));
    const rows = TILE_HEAD + 2 * Math.ceil(d / 2);
    return {
      pointWords: d + 2,
      resultWords: widths.length + (detail ? 4 * neuronCount(net) : 0),
      tileWords: 2 * rows * width,
      width,
      rows,
      columns: d,
      work: weights * (rows - 1),
    };
  }
  const width = powerOfTwoFrom(Math.max(d, ...widths));
  return {
    pointWords: d,
    resultWords: kernel === 'forward' ? outputSize(net) : patternWords(net),
    tileWords: 2 * width,
    width,
    rows: 1,
    columns: d,
    work: weights,
  };
}

/** Kernels are compiled for a width; powers of two keep them few while a person tries one width after another. */
const powerOfTwoFrom = (width: number): number => 2 ** Math.ceil(Math.log2(width));

/** The struct JOB for `count` points. */
export function packJob(
  net: Network,
  layout: BatchLayout,
  count: number,
  eta: number,
): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(wordsOf(JOB));
  const job = {
    count,
    hidden: net.layers.length - 1,
    dimension: inputSize(net),
    neurons: neuronCount(net),
    resultWords: layout.resultWords,
    slope: net.negativeSlope,
    eta,
    columns: layout.columns,
  };
  writeStruct(JOB, job, words, 0);
  return words;
}
