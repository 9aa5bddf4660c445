// The activation pattern of one point, which several kernels begin with.

import { activate, listPoint } from './propagate';
import {
  biasesOf,
  dimensionOf,
  firstNeuronOf,
  hiddenOf,
  layerAt,
  neuronsOf,
  outputsOf,
  slopeOf,
  weightsOf,
} from './structs';
import { affine } from './sums';

/** 32-bit words of a pattern. */
export function patternWords(job: usize): usize {
  return (neuronsOf(job) + 31) >> 5;
}

/** Writes the pattern to the words at `bits`: bit i is z > 0 for the neuron with flat index i. */
export function patternOf(
  job: usize,
  layers: usize,
  parameters: usize,
  point: usize,
  scratch: usize,
  width: u32,
  bits: usize,
): void {
  const list = scratch + (width << 2);
  const hidden = hiddenOf(job);
  let end = listPoint(point, dimensionOf(job), outputsOf(layers), list);
  for (let at: usize = 0, n = patternWords(job); at < n; at++) store<u32>(bits + (at << 2), 0);
  for (let k: u32 = 0; k < hidden; k++) {
    const layer = layerAt(layers, k);
    const outputs = outputsOf(layer);
    affine(weightsOf(layer, parameters), biasesOf(layer, parameters), outputs, list, end, scratch);
    setBits(scratch, outputs, firstNeuronOf(layer), bits);
    if (k + 1 < hidden)
      end = activate(scratch, outputs, slopeOf(job), outputsOf(layerAt(layers, k + 1)), list);
  }
}

/** Sets bit `first` + j where z_j > 0; the bits are zero before. */
function setBits(z: usize, outputs: u32, first: u32, bits: usize): void {
  const zero = f32x4.splat(0);
  // Bits gather here and go to memory a byte at a time; `first` may begin within a byte.
  let at = bits + (first >> 3);
  let held: u32 = load<u8>(at);
  let count: u32 = first & 7;
  for (let j: u32 = 0; j < outputs; j += 4) {
    let on: u32 = i32x4.bitmask(f32x4.gt(v128.load(z + (j << 2)), zero));
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
