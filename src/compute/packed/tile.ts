import type { Model } from '../../model/model.ts';
import { gradientColumns } from './factor.ts';

/**
 * The workgroup memory of a group of invocations, see the kernels in `shaders/`: `rows` rows of `width` entries for the
 * layer before, as many for the current layer, and `tail` more.
 */
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

/** Four points side by side. */
export function passTile(net: Model): TileLayout {
  const widest = Math.max(...net.layers.map(({ outputs }) => outputs));
  const width = powerOfTwoFrom(Math.max(widest, Math.min(net.inputs, PIECE)));
  return { points: ENTRY_WORDS, width, rows: 1, tail: 0, counters: 0 };
}

/** The same, with the words of four patterns. */
export const patternTile = (net: Model): TileLayout => ({
  ...passTile(net),
  tail: powerOfTwoFrom(net.words),
});

/** What a neuron passes on, and its gradient. */
export const gradientRows = (net: Model): number =>
  1 + Math.ceil(gradientColumns(net) / ENTRY_WORDS);

/** One point, whose neurons have so many rows of four numbers. */
export const ballTile = (net: Model, rows: number): TileLayout => ({
  points: 1,
  width: powerOfTwoFrom(Math.max(...net.widths)),
  rows,
  tail: 0,
  counters: 0,
});

/** Gradients, a column for every neuron before the last layer, each layer beginning a row, and how many rows are in use. */
export function zonotopeTile(net: Model): TileLayout {
  const { width, rows, ...tile } = ballTile(net, gradientRows(net));
  const perLayer = Math.ceil(width / ENTRY_WORDS);
  return { ...tile, width, rows: rows + (net.widths.length - 1) * perLayer, tail: 2 };
}

/** Sixteen forms, four rows of a layer's neurons, and the lines of all; two counters, each with what aligns it. */
export function crownTile(net: Model): TileLayout {
  const { width, ...tile } = ballTile(net, 4);
  const lines = Math.min(net.widths.length * width, powerOfTwoFrom(net.neurons));
  return { ...tile, width, tail: 4 * width + lines, counters: 32 };
}

/** Kernels are compiled for a width; powers of two keep them few while a person tries one width after another. */
const powerOfTwoFrom = (width: number): number => 2 ** Math.ceil(Math.log2(width));
