// How the gradient of every neuron travels: as one list per coordinate of the inputs that hand one on. The gradients of
// the first layer are its rows, or where those are long the columns of a triangular factor that have their lengths.

import { append } from './list';
import { columnsOf, dimensionOf, weightsOf } from './structs';
import { affine } from './sums';
import { gradientLists, gradients, listBytes, rowBytes, squares, zeros } from './workspace';

/** How long each of the lists is. */
export let gradientBytes: usize = 0;

let rows: usize = 0;
let stride: usize = 0;

/** `[columns × outputs]`: the coordinates of the first layer's gradients. */
export function firstRowsOf(job: usize, layers: usize, parameters: usize, extra: usize): usize {
  return columnsOf(job) < dimensionOf(job) ? extra : weightsOf(layers, parameters);
}

/** The lists are empty; the gradients of the layer at hand stand at `firstRows`, or in the workspace where that is 0. */
export function startGradients(firstRows: usize, outputs: u32): void {
  gradientBytes = 0;
  rows = firstRows !== 0 ? firstRows : gradients;
  stride = firstRows !== 0 ? (<usize>outputs) << 2 : rowBytes;
}

/** Lists σ L for the lanes `which` of four neurons from byte `at` of a row on. */
export function listGradients(
  columns: u32,
  at: usize,
  offsets: v128,
  sigma: v128,
  which: i32,
): void {
  listRows(rows + at, stride, gradientLists + gradientBytes, columns, offsets, sigma, which);
  gradientBytes += (<usize>popcnt(which)) << 3;
}

/**
 * Appends to `columns` lists, `listBytes` apart, the lanes `which` of `scale` times four numbers of as many rows, which
 * are `rowStride` apart.
 */
export function listRows(
  from: usize,
  rowStride: usize,
  list: usize,
  columns: usize,
  offsets: v128,
  scale: v128,
  which: i32,
): void {
  for (let t: usize = 0; t < columns; t++) {
    append(list, offsets, f32x4.mul(scale, v128.load(from)), which);
    from += rowStride;
    list += listBytes;
  }
}

/** L_j = Σ W_ji L_i from the lists, and `start` + ‖L_j‖², for all neurons j of a layer that is not the first. */
export function combineGradients(weights: usize, outputs: u32, columns: u32, start: f32): void {
  const bytes = (<usize>outputs) << 2;
  const starts = f32x4.splat(start);
  for (let j: usize = 0; j < bytes; j += 16) v128.store(squares + j, starts);
  for (let t: usize = 0; t < columns; t++) {
    const list = gradientLists + t * listBytes;
    const row = gradients + t * rowBytes;
    affine(weights, zeros, outputs, list, list + gradientBytes, row);
    for (let j: usize = 0; j < bytes; j += 16) {
      const l = v128.load(row + j);
      v128.store(squares + j, f32x4.add(v128.load(squares + j), f32x4.mul(l, l)));
    }
  }
}

/** `start` + ‖row‖² of the first layer's rows, the same for all points. */
export function firstLayerSquares(
  weights: usize,
  outputs: u32,
  columns: u32,
  start: f32,
  sums: usize,
): void {
  const bytes = (<usize>outputs) << 2;
  for (let j: usize = 0; j < bytes; j += 16) {
    let square = f32x4.splat(start);
    for (let t: usize = 0; t < columns; t++) {
      const w = v128.load(weights + t * bytes + j);
      square = f32x4.add(square, f32x4.mul(w, w));
    }
    v128.store(sums + j, square);
  }
}
