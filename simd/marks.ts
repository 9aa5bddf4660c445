// Marks on the neurons of a layer, a row of words that are all ones or zero: which of them some inputs reach.

import { ENTRY_BYTES } from './list';
import { hiddenOf, inputsOf, layerAt, outputsOf, weightsOf } from './structs';
import { dense, firstMoving, firstSquares, moving, squares } from './workspace';

/** Notes for every hidden layer whether all its inputs reach all its neurons: the usual case costs nothing. */
export function findDense(job: usize, layers: usize, parameters: usize): void {
  for (let k: u32 = 0, n = hiddenOf(job); k < n; k++) {
    const layer = layerAt(layers, k);
    const from = weightsOf(layer, parameters);
    const to = from + ((<usize>inputsOf(layer) * outputsOf(layer)) << 2);
    let full: u32 = 1;
    for (let at = from; at < to; at += 4) full &= u32(load<f32>(at) !== 0);
    store<u32>(dense + ((<usize>k) << 2), full);
  }
}

export function isDense(k: u32): bool {
  return load<u32>(dense + ((<usize>k) << 2)) !== 0;
}

export function fill(marks: usize, bytes: usize, marked: bool): void {
  const all = i32x4.splat(marked ? -1 : 0);
  for (let j: usize = 0; j < bytes; j += 16) v128.store(marks + j, all);
}

/** Marks the neurons to which a row of weights has one that is not zero. */
export function markRow(row: usize, bytes: usize, marks: usize): void {
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(marks + j, v128.or(v128.load(marks + j), f32x4.ne(v128.load(row + j), zero)));
}

/** Marks the neurons of layer k that some input of a list reaches. */
export function markReached(
  k: u32,
  weights: usize,
  bytes: usize,
  list: usize,
  end: usize,
  marks: usize,
): void {
  if (isDense(k)) {
    if (list < end) fill(marks, bytes, true);
    return;
  }
  for (; list < end; list += ENTRY_BYTES) markRow(weights + load<u32>(list), bytes, marks);
}

/** Which neurons of the first layer can move, the same for all points. */
export function firstLayerMoving(layers: usize, parameters: usize, d: u32): void {
  const rows = weightsOf(layers, parameters);
  const bytes = (<usize>outputsOf(layers)) << 2;
  fill(firstMoving, bytes, false);
  for (let t: usize = 0; t < d; t++) markRow(rows + t * bytes, bytes, firstMoving);
}

/** Begins a point with what is known of its first layer. */
export function copyFirstLayer(bytes: usize): void {
  for (let j: usize = 0; j < bytes; j += 16) {
    v128.store(squares + j, v128.load(firstSquares + j));
    v128.store(moving + j, v128.load(firstMoving + j));
  }
}
