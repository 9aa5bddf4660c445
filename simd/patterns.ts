// Activation patterns of a chunk of points: bit i of a pattern is z > 0 for the neuron with flat index i. The twin of
// shaders/patterns.wgsl.

import { activate, listPoint } from './propagate';
import {
  biasesOf,
  countOf,
  dimensionOf,
  firstNeuronOf,
  hiddenOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopeOf,
  weightsOf,
} from './structs';
import { affine } from './sums';

export function patterns(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  _extra: usize,
  results: usize,
  scratch: usize,
  width: u32,
): void {
  const d = dimensionOf(job);
  const hidden = hiddenOf(job);
  const list = scratch + (width << 2);
  memory.fill(results, 0, <usize>countOf(job) * resultBytesOf(job));
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    let end = listPoint(points, d, outputsOf(layers), list);
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      const outputs = outputsOf(layer);
      affine(
        weightsOf(layer, parameters),
        biasesOf(layer, parameters),
        outputs,
        list,
        end,
        scratch,
      );
      setBits(scratch, outputs, firstNeuronOf(layer), results);
      end = activate(scratch, outputs, slopeOf(job), outputsOf(layerAt(layers, k + 1)), list);
    }
    points += d << 2;
    results += resultBytesOf(job);
  }
}

/** Sets bit `first` + j where z_j > 0; the bits are zero before. */
function setBits(z: usize, outputs: u32, first: u32, bits: usize): void {
  const zero = f32x4.splat(0);
  for (let j: u32 = 0; j < outputs; j += 4) {
    let on: u32 = i32x4.bitmask(f32x4.gt(v128.load(z + (j << 2)), zero));
    if (outputs - j < 4) on &= (1 << (outputs - j)) - 1;
    const bit = first + j;
    // Four bits touch two bytes at most.
    const at = bits + (bit >> 3);
    store<u16>(at, load<u16>(at) | (on << (bit & 7)));
  }
}
