// The columns of H in a zonotope: a neuron that is unstable adds ε of its own, |ε| ≤ 1, and from then on every neuron
// has a number for it. A column that is new has one entry, in the neuron that made it.

import { gradientBytes, listRows } from './gradient';
import { append, ENTRY_BYTES } from './list';
import { affine } from './sums';
import { listBytes, rowBytes, zeros } from './workspace';

/** ‖H_j‖₁ of the neurons of the layer at hand, as far as the sum came out. */
export let spreads: usize = 0;

/** Neurons that have just become unstable, with their entries. */
let freshList: usize = 0;
let freshEnd: usize = 0;
/** A row for every column that the layer at hand has, and a list of those of its entries that are handed on. */
let rows: usize = 0;
let lists: usize = 0;
let count: usize = 0;

/** Lays the rows out from `room` on, for at most so many columns. */
export function layOutNoise(room: usize, columns: u32): void {
  spreads = room;
  freshList = spreads + rowBytes;
  rows = freshList + listBytes;
  lists = rows + <usize>columns * rowBytes;
}

/** The ball itself has none. */
export function startNoise(): void {
  count = 0;
  freshEnd = freshList;
}

/** H of a layer from what was handed on, and the sums of its sizes. */
export function combineNoise(weights: usize, outputs: u32): void {
  const bytes = (<usize>outputs) << 2;
  for (let j: usize = 0; j < bytes; j += 16) v128.store(spreads + j, f32x4.splat(0));
  for (let m: usize = 0; m < count; m++) {
    const list = lists + m * listBytes;
    const row = rows + m * rowBytes;
    affine(weights, zeros, outputs, list, list + gradientBytes, row);
    for (let j: usize = 0; j < bytes; j += 16) widen(j, v128.load(row + j));
  }
  for (let entry = freshList; entry < freshEnd; entry += ENTRY_BYTES) {
    const from = weights + load<u32>(entry);
    const size = v128.load32_splat(entry, 4);
    const row = rows + count++ * rowBytes;
    for (let j: usize = 0; j < bytes; j += 16) {
      const h = f32x4.mul(size, v128.load(from + j));
      v128.store(row + j, h);
      widen(j, h);
    }
  }
  freshEnd = freshList;
}

function widen(j: usize, h: v128): void {
  v128.store(spreads + j, f32x4.add(v128.load(spreads + j), f32x4.abs(h)));
}

/** Hands on `scale` times the rows of the lanes `which`; to be called before `listGradients` for the same neurons. */
export function listNoise(at: usize, offsets: v128, scale: v128, which: i32): void {
  listRows(rows + at, rowBytes, lists + gradientBytes, count, offsets, scale, which);
}

/** A new column for each of the lanes `which`, with its one entry. */
export function addNoise(offsets: v128, sizes: v128, which: i32): void {
  freshEnd = append(freshEnd, offsets, sizes, which);
}
