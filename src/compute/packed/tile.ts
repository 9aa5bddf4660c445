import type { Model } from '../../model/model.ts';
import { gradientColumns } from './factor.ts';
import type { KernelName } from './kernelName.ts';

/** A tile: `rows` rows of `width` entries for the layer before, as many for the current layer, and `tail` more. */
export interface TileLayout {
  /** Points that share the tile. */
  readonly points: number;
  /** Room for the widest layer, a power of two. */
  readonly width: number;
  readonly rows: number;
  readonly tail: number;
  /** Bytes of workgroup memory beside each tile. */
  readonly counters: number;
}

/** Components of an entry of a tile: four points side by side, or four numbers of one point. */
export const ENTRY_WORDS = 4;

/** The input passes through the tile in pieces of at least this many numbers, if it has as many. */
const PIECE = 64;

export const tileEntries = ({ width, rows, tail }: TileLayout): number => 2 * rows * width + tail;

/** The tile of a kernel that needs one, see the kernels in `shaders/`. */
export function tileLayout(net: Model, kernel: KernelName): TileLayout {
  switch (kernel) {
    case 'forward':
    case 'activations':
      return passTile(net, 0);
    case 'patterns':
    case 'hashes':
    case 'compare':
      return passTile(net, powerOfTwoFrom(net.words));
    case 'ibp':
      return ballTile(net, 1, 0);
    case 'zonotope':
      return zonotopeTile(net);
    case 'crown':
      return crownTile(net);
    default:
      return ballTile(net, gradientRows(net), 0);
  }
}

/** Four points side by side. */
function passTile(net: Model, tail: number): TileLayout {
  const widest = Math.max(...net.layers.map(({ outputs }) => outputs));
  const width = powerOfTwoFrom(Math.max(widest, Math.min(net.inputs, PIECE)));
  return { points: ENTRY_WORDS, width, rows: 1, tail, counters: 0 };
}

/** What a neuron passes on, and its gradient. */
const gradientRows = (net: Model): number => 1 + Math.ceil(gradientColumns(net) / ENTRY_WORDS);

/** One point, whose neurons have so many rows of four numbers. */
const ballTile = (net: Model, rows: number, tail: number): TileLayout => ({
  points: 1,
  width: powerOfTwoFrom(Math.max(...net.widths)),
  rows,
  tail,
  counters: 0,
});

/** Gradients, a column for every neuron before the last layer, each layer beginning a row, and how many rows are in use. */
function zonotopeTile(net: Model): TileLayout {
  const { width, rows, ...tile } = ballTile(net, gradientRows(net), 2);
  const perLayer = Math.ceil(width / ENTRY_WORDS);
  return { ...tile, width, rows: rows + (net.widths.length - 1) * perLayer };
}

/** Sixteen forms, four rows of a layer's neurons, and the lines of all; two counters, each with what aligns it. */
function crownTile(net: Model): TileLayout {
  const { width, ...tile } = ballTile(net, 4, 0);
  const lines = Math.min(net.widths.length * width, powerOfTwoFrom(net.neurons));
  return { ...tile, width, tail: 4 * width + lines, counters: 32 };
}

/** Kernels are compiled for a width; powers of two keep them few while a person tries one width after another. */
const powerOfTwoFrom = (width: number): number => 2 ** Math.ceil(Math.log2(width));
