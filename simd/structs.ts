// The structs that kernels are given, JOB and LAYER of src/compute/packed/structs.ts. The functions that read their fields
// are made from those lists; no other file knows where a field stands.

import { LAYER_BYTES, resultWordsOf } from './fields';

export * from './fields';

/** 2⁻²³: the unit of the recipe of docs/soundness.md. */
export const UNIT: f32 = 1.1920928955078125e-7;

/** Bytes of one point's results. */
export function resultBytesOf(job: usize): usize {
  return (<usize>resultWordsOf(job)) << 2;
}

/** The record of layer k; the last one is the output layer's. */
export function layerAt(layers: usize, k: u32): usize {
  return layers + <usize>k * LAYER_BYTES;
}

/** The record after this one. */
export function nextLayer(layer: usize): usize {
  return layer + LAYER_BYTES;
}
