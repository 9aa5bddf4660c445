// What the kernels of one forward pass share. Their scratch memory is a row of sums, a list of a layer's inputs, four
// rows for `firstLayer`, and what is left.

import { append, existing, firstOffsets, nonZero } from './list';

export function listIn(scratch: usize, width: u32): usize {
  return scratch + ((<usize>width) << 2);
}

export function headsIn(scratch: usize, width: u32): usize {
  return scratch + <usize>width * 12;
}

/** What is left. */
export function restIn(scratch: usize, width: u32): usize {
  return scratch + <usize>width * 28;
}

/**
 * Replaces the z of a layer by the post-activations, z > 0 ? z : slope · z, with the slopes that stand at `slopes`, and lists those that are not zero as
 * inputs of a layer with `nextOutputs` neurons. Ends at the result.
 */
export function activate(
  values: usize,
  outputs: u32,
  slopes: usize,
  nextOutputs: u32,
  list: usize,
): usize {
  const zero = f32x4.splat(0);
  const step = i32x4.splat(nextOutputs << 4);
  let offsets = firstOffsets(nextOutputs);
  for (let j: u32 = 0; j < outputs; j += 4) {
    const z = v128.load(values);
    const a = v128.bitselect(z, f32x4.mul(z, v128.load(slopes)), f32x4.gt(z, zero));
    v128.store(values, a);
    list = append(list, offsets, a, nonZero(a) & existing(outputs, j));
    offsets = i32x4.add(offsets, step);
    values += 16;
    slopes += 16;
  }
  return list;
}
