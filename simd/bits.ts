// The activation pattern of one point, which several kernels begin with.

import { firstLayer } from './firstLayer';
import { activate, headsIn, listIn } from './propagate';
import {
  biasesOf,
  firstNeuronOf,
  hiddenOf,
  layerAt,
  neuronsOf,
  outputsOf,
  slopesOf,
  weightsOf,
} from './structs';
import { affine } from './sums';

/** 32-bit words of a pattern. */
export function patternWords(job: usize): usize {
  return (neuronsOf(job) + 31) >> 5;
}

/**
 * Writes a point's pattern to the words at `bits`: bit i is z > 0 for the neuron with flat index i, and 1 for slope 1. To be called for one
 * point of a chunk after the other, with how many there are from this one on, after `startFirstLayer`.
 */
export function patternOf(
  job: usize,
  layers: usize,
  parameters: usize,
  point: usize,
  left: u32,
  scratch: usize,
  width: u32,
  bits: usize,
): void {
  const list = listIn(scratch, width);
  const heads = headsIn(scratch, width);
  const hidden = hiddenOf(job);
  for (let at: usize = 0, n = patternWords(job); at < n; at++) store<u32>(bits + (at << 2), 0);
  firstLayer(job, layers, parameters, point, left, list, heads, width, scratch);
  for (let k: u32 = 0; k < hidden; k++) {
    const layer = layerAt(layers, k);
    const slopes = slopesOf(layer, parameters);
    setBits(scratch, outputsOf(layer), slopes, firstNeuronOf(layer), bits);
    if (k + 1 === hidden) return;
    const next = layerAt(layers, k + 1);
    const outputs = outputsOf(next);
    const end = activate(scratch, outputsOf(layer), slopes, outputs, list);
    affine(weightsOf(next, parameters), biasesOf(next, parameters), outputs, list, end, scratch);
  }
}

/** Sets bit `first` + j where z_j > 0 or the neuron's slope is 1; the bits are zero before. */
function setBits(z: usize, outputs: u32, slopes: usize, first: u32, bits: usize): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  // Bits gather here and go to memory a byte at a time; `first` may begin within a byte.
  let at = bits + (first >> 3);
  let held: u32 = load<u8>(at);
  let count: u32 = first & 7;
  for (let j: u32 = 0; j < outputs; j += 4) {
    const straight = f32x4.eq(v128.load(slopes + (j << 2)), one);
    let on: u32 = i32x4.bitmask(v128.or(f32x4.gt(v128.load(z + (j << 2)), zero), straight));
    if (outputs - j < 4) on &= (1 << (outputs - j)) - 1;
    held |= on << count;
    count += 4;
    if (count >= 8) {
      store<u8>(at++, held);
      held >>= 8;
      count -= 8;
    }
  }
  store<u8>(at, held);
}
