/*
 * How networks, points and results lie in 32-bit words, the same for every backend that takes packed words. A kernel is
 * given
 *
 *     job          the struct JOB
 *     layers       one struct LAYER per layer, the output layer last
 *     parameters   per layer its weights, input-major: the weight from input i to neuron j at weights + i · outputs + j,
 *                  so that neighbouring neurons read neighbouring words; then its biases and its slopes
 *                  (those of the output layer are 1, so that it needs no case of its own)
 *     points       `[count × pointWords]` f32
 *     extra        what some kernels want besides, per call
 *
 * and writes `[count × resultWords]`, which are zero before it starts (K hidden layers, N hidden neurons, words = ⌈N/32⌉):
 *
 *     kernel        a point's words                     a result's words
 *     forward       x                                   f(x)
 *     activations   x                                   post-activations of the N neurons
 *     patterns      x                                   the pattern, bit i of word w is neuron 32 w + i
 *     hashes        x                                   `patternHash` of the pattern, low word first
 *     compare       x                                   pattern XOR extra, number of its ones, hidden layer of the first
 *                                                       (i32, −1: none); extra is the centre's pattern, `[words]`
 *     distances     x                                   d(x), neuron (i32, −1: none), 1 where 64 bits should look again
 *     algorithm1    x, r̂                                C of the K layers
 *     algorithm1plus, ibp, zonotope, crown              the same
 *
 * From distances on extra is what `factorInSteps` gives, `[columns × n₁]` f32, where job.columns < job.dimension, and
 * empty otherwise. Numbers are f32 except where they are counts, bits or i32.
 */

import type { Model } from '../../model/model.ts';
import { gradientColumns } from './factor.ts';
import { type KernelName, kernelNamed } from './kernels.ts';
import { type LayerConstants, slopeIn32 } from './soundness.ts';
import { JOB, LAYER, wordsOf, writeStruct } from './structs.ts';
import type { TileLayout } from './tile.ts';

export interface PackedNetwork {
  readonly layers: Uint32Array<ArrayBuffer>;
  readonly parameters: Float32Array<ArrayBuffer>;
}

/** 32-bit copies of a network's parameters and the table of its layers. */
export function packNetwork(net: Model, constants: readonly LayerConstants[]): PackedNetwork {
  const outputs = net.layers.reduce((sum, layer) => sum + layer.outputs, 0);
  const parameters = new Float32Array(net.parameters + outputs);
  const layers = new Uint32Array(net.layers.length * wordsOf(LAYER));
  const offsets = net.offsets;
  let at = 0;
  net.layers.forEach(({ inputs, outputs, weights, biases, slopes }, k) => {
    const record = {
      inputs,
      outputs,
      weights: at,
      biases: at + weights.length,
      slopes: at + weights.length + outputs,
      firstNeuron: offsets[k],
      gamma: constants[k].gamma,
      nextGamma: constants[k + 1]?.gamma ?? 0,
      kappa: constants[k].kappa,
    };
    writeStruct(LAYER, record, layers, k * wordsOf(LAYER));
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j < outputs; j++) parameters[at++] = weights[j * inputs + i];
    parameters.set(biases, at);
    parameters.set(slopes.map(slopeIn32), at + outputs);
    at += 2 * outputs;
  });
  return { layers, parameters };
}

/** What a batch looks like to a kernel; `…Words` are 32-bit words. */
export interface BatchLayout {
  readonly pointWords: number;
  readonly resultWords: number;
  /** Coordinates of a gradient. */
  readonly columns: number;
  /** What invocations share in WGSL. */
  readonly tile: TileLayout;
  /** The workspace in SIMD, in rows of the widest layer. */
  readonly simdRows: number;
  /** Multiply-adds per point, for sizing chunks. */
  readonly work: number;
}

/** Rows of the SIMD workspace that every kernel has at most, and how many more for every coordinate of a gradient. */
const ROWS = 40;
const ROWS_PER_COORDINATE = 3;

export function batchLayout(net: Model, name: KernelName): BatchLayout {
  const { takes, resultWords, tile, work, simdRows } = kernelNamed(name);
  const columns = gradientColumns(net);
  return {
    pointWords: takes === 'balls' ? net.inputs + 1 : net.inputs,
    resultWords: resultWords(net),
    columns,
    tile: tile(net),
    simdRows: ROWS + ROWS_PER_COORDINATE * columns + (simdRows?.(net) ?? 0),
    work: work(net),
  };
}

/** The struct JOB for `count` points. */
export function packJob(
  net: Model,
  layout: BatchLayout,
  count: number,
  eta: number,
): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(wordsOf(JOB));
  const job = {
    count,
    hidden: net.layers.length - 1,
    dimension: net.inputs,
    neurons: net.neurons,
    resultWords: layout.resultWords,
    eta,
    columns: layout.columns,
  };
  writeStruct(JOB, job, words, 0);
  return words;
}
