// The structs JOB and LAYER of src/compute/packed/structs.ts, word by word. No other file here knows where a field stands.

const LAYER_BYTES: usize = 32;

/** 2⁻²³: the unit of the recipe of docs/soundness.md. */
export const UNIT: f32 = 1.1920928955078125e-7;

/** Number of points of the chunk. */
export function countOf(job: usize): u32 {
  return load<u32>(job);
}

/** Number of hidden layers. */
export function hiddenOf(job: usize): u32 {
  return load<u32>(job, 4);
}

export function dimensionOf(job: usize): u32 {
  return load<u32>(job, 8);
}

/** Number of hidden neurons. */
export function neuronsOf(job: usize): u32 {
  return load<u32>(job, 12);
}

/** Bytes of one point's results. */
export function resultBytesOf(job: usize): usize {
  return load<u32>(job, 16) << 2;
}

/** Slope of the activation for z ≤ 0. */
export function slopeOf(job: usize): f32 {
  return load<f32>(job, 20);
}

export function etaOf(job: usize): f32 {
  return load<f32>(job, 24);
}

/** Coordinates of a gradient. */
export function columnsOf(job: usize): u32 {
  return load<u32>(job, 28);
}

/** The record of layer k; the last one is the output layer's. */
export function layerAt(layers: usize, k: u32): usize {
  return layers + <usize>k * LAYER_BYTES;
}

/** The record after this one. */
export function nextLayer(layer: usize): usize {
  return layer + LAYER_BYTES;
}

export function inputsOf(layer: usize): u32 {
  return load<u32>(layer);
}

export function outputsOf(layer: usize): u32 {
  return load<u32>(layer, 4);
}

/** Address of the weights, input-major: the row of input i holds its weights to all neurons. */
export function weightsOf(layer: usize, parameters: usize): usize {
  return parameters + (load<u32>(layer, 8) << 2);
}

export function biasesOf(layer: usize, parameters: usize): usize {
  return parameters + (load<u32>(layer, 12) << 2);
}

/** Flat index of the layer's first neuron. */
export function firstNeuronOf(layer: usize): u32 {
  return load<u32>(layer, 16);
}

export function gammaOf(layer: usize): f32 {
  return load<f32>(layer, 20);
}

export function nextGammaOf(layer: usize): f32 {
  return load<f32>(layer, 24);
}

export function kappaOf(layer: usize): f32 {
  return load<f32>(layer, 28);
}
