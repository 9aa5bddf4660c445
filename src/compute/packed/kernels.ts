import type { Model } from '../../model/model.ts';
import { gradientColumns } from './factor.ts';
import {
  ballTile,
  crownTile,
  gradientRows,
  passTile,
  patternTile,
  type TileLayout,
  zonotopeTile,
} from './tile.ts';

/** What every backend on packed words has to know of a kernel; `layout.ts` describes its words. */
export interface Kernel {
  /** Whether a point is x alone or a ball: x, then r̂. */
  readonly takes: 'points' | 'balls';
  /** Words of one point's result. */
  readonly resultWords: (net: Model) => number;
  /**
   * About the multiply-adds per point, for sizing chunks: what depends on the point, inputs that are zero and neurons
   * that are unstable, cannot be known before.
   */
  readonly work: (net: Model) => number;
  /** The time depends on how many neurons are unstable: fifty times as long for one ball as for another. */
  readonly dependsOnBall?: true;
  /** The tile of an invocation group in WGSL. */
  readonly tile: (net: Model) => TileLayout;
  /** Files of `shaders/` that stand before the kernel's own, besides `common.wgsl`. */
  readonly parts: readonly string[];
  /** The shader has the number of the tile's rows as the constant ROWS. */
  readonly countsRows?: true;
  /** Rows of the SIMD workspace beyond what all kernels have. */
  readonly simdRows?: (net: Model) => number;
}

const LADDER = ['gradient', 'sums', 'ladder'];

/** What all kernels share that give something of the activation pattern. */
const BITS = {
  takes: 'points',
  work: (net: Model) => net.work,
  tile: patternTile,
  parts: ['pass', 'bits'],
} as const;

/** Algorithm 1 and Algorithm 1+: what a neuron passes on differs, what that takes does not. */
const RECURSION = {
  takes: 'balls',
  resultWords: layersOf,
  work: (net: Model) => 3 * net.work + gradientWork(net),
  tile: (net: Model) => ballTile(net, gradientRows(net)),
  parts: LADDER,
  countsRows: true,
} as const;

/**
 * All kernels, a row each. The shader of NAME is `shaders/NAME.wgsl`; its SIMD counterpart is the function NAME that some
 * file of `simd/kernels/` exports.
 */
export const KERNELS = {
  forward: {
    takes: 'points',
    resultWords: (net) => net.outputs,
    work: (net) => net.work,
    tile: passTile,
    parts: ['pass'],
  },
  activations: {
    takes: 'points',
    resultWords: (net) => net.neurons,
    work: (net) => net.work,
    tile: passTile,
    parts: ['pass'],
  },
  patterns: { ...BITS, resultWords: (net) => net.words },
  hashes: { ...BITS, resultWords: () => 2 },
  compare: { ...BITS, resultWords: (net) => net.words + 2 },
  distances: {
    takes: 'points',
    resultWords: () => 3,
    work: (net) => 3 * net.work + gradientWork(net),
    tile: (net) => ballTile(net, gradientRows(net)),
    parts: ['gradient'],
    countsRows: true,
  },
  algorithm1: RECURSION,
  algorithm1plus: RECURSION,
  ibp: {
    takes: 'balls',
    resultWords: layersOf,
    work: (net) => 3 * net.work,
    tile: (net) => ballTile(net, 1),
    parts: LADDER,
    countsRows: true,
  },
  zonotope: {
    takes: 'balls',
    resultWords: layersOf,
    work: (net) => 3 * net.work + gradientWork(net) + noiseWork(net),
    dependsOnBall: true,
    tile: zonotopeTile,
    parts: LADDER,
    countsRows: true,
    simdRows: (net) => 3 * net.neurons,
  },
  // CROWN's forms are for neurons that intervals leave open: nearly all, at worst.
  crown: {
    takes: 'balls',
    resultWords: layersOf,
    work: (net) => 4 * net.work + formWork(net),
    dependsOnBall: true,
    tile: crownTile,
    parts: ['gradient', 'sums', 'forms'],
    simdRows: (net) => 7 * layersOf(net),
  },
} as const satisfies Readonly<Record<string, Kernel>>;

export type KernelName = keyof typeof KERNELS;

export const kernelNamed = (name: KernelName): Kernel => KERNELS[name];

function layersOf(net: Model): number {
  return net.hidden.length;
}

/** The share of a layer's neurons that are unstable in a large ball. */
const UNSTABLE = 1 / 3;

/** The first layer's gradients are there already. */
const gradientWork = (net: Model): number =>
  net.hidden.slice(1).reduce((sum, { weights }) => sum + weights.length * gradientColumns(net), 0);

/** Columns of H cost next to nothing in the layer after the one that made them, and a product each from then on. */
function noiseWork(net: Model): number {
  let work = 0;
  let columns = 0;
  let fresh = 0;
  for (const { weights, outputs } of net.hidden) {
    work += weights.length * columns;
    columns += fresh;
    fresh = UNSTABLE * outputs;
  }
  return work;
}

/** Two forms for every neuron beyond the first layer, through all layers before its own and into the gradients. */
function formWork(net: Model): number {
  const layers = net.hidden;
  let back = (layers[0]?.outputs ?? 0) * gradientColumns(net);
  let work = 0;
  for (const { weights, outputs } of layers.slice(1)) {
    work += 2 * outputs * back;
    back += weights.length;
  }
  return work;
}
