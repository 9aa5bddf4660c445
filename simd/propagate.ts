// What the kernels of one forward pass share. Neurons stand in the lanes of a vector: a point's inputs that are not
// zero are listed first, and every one of them adds its row of weights to the sums; the many that are switched off
// cost nothing. Rows are read and sums written in whole vectors, so there is room for 32 numbers behind each.

import { append, existing, firstOffsets, nonZero } from './list';

/** Lists the d coordinates of a point that are not zero as inputs of a layer with `outputs` neurons; ends at the result. */
export function listPoint(point: usize, d: u32, outputs: u32, list: usize): usize {
  const step = i32x4.splat(outputs << 4);
  let offsets = firstOffsets(outputs);
  for (let i: u32 = 0; i < d; i += 4) {
    const x = v128.load(point);
    list = append(list, offsets, x, nonZero(x) & existing(d, i));
    offsets = i32x4.add(offsets, step);
    point += 16;
  }
  return list;
}

/**
 * Replaces the z of a layer by the post-activations, z > 0 ? z : slope · z, and lists those that are not zero as
 * inputs of a layer with `nextOutputs` neurons. Ends at the result.
 */
export function activate(
  values: usize,
  outputs: u32,
  slope: f32,
  nextOutputs: u32,
  list: usize,
): usize {
  const zero = f32x4.splat(0);
  const slopes = f32x4.splat(slope);
  const step = i32x4.splat(nextOutputs << 4);
  let offsets = firstOffsets(nextOutputs);
  for (let j: u32 = 0; j < outputs; j += 4) {
    const z = v128.load(values);
    const a = v128.bitselect(z, f32x4.mul(z, slopes), f32x4.gt(z, zero));
    v128.store(values, a);
    list = append(list, offsets, a, nonZero(a) & existing(outputs, j));
    offsets = i32x4.add(offsets, step);
    values += 16;
  }
  return list;
}
