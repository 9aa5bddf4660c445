// Made by `npm run build:simd` from src/compute/packed/structs.ts, which says what the members are. Not to be edited.

export const JOB_BYTES: usize = 28;

export function countOf(job: usize): u32 {
  return load<u32>(job);
}

export function hiddenOf(job: usize): u32 {
  return load<u32>(job, 4);
}

export function dimensionOf(job: usize): u32 {
  return load<u32>(job, 8);
}

export function neuronsOf(job: usize): u32 {
  return load<u32>(job, 12);
}

export function resultWordsOf(job: usize): u32 {
  return load<u32>(job, 16);
}

export function etaOf(job: usize): f32 {
  return load<f32>(job, 20);
}

export function columnsOf(job: usize): u32 {
  return load<u32>(job, 24);
}

export const LAYER_BYTES: usize = 36;

export function inputsOf(layer: usize): u32 {
  return load<u32>(layer);
}

export function outputsOf(layer: usize): u32 {
  return load<u32>(layer, 4);
}

export function weightsOf(layer: usize, parameters: usize): usize {
  return parameters + (load<u32>(layer, 8) << 2);
}

export function biasesOf(layer: usize, parameters: usize): usize {
  return parameters + (load<u32>(layer, 12) << 2);
}

export function slopesOf(layer: usize, parameters: usize): usize {
  return parameters + (load<u32>(layer, 16) << 2);
}

export function firstNeuronOf(layer: usize): u32 {
  return load<u32>(layer, 20);
}

export function gammaOf(layer: usize): f32 {
  return load<f32>(layer, 24);
}

export function nextGammaOf(layer: usize): f32 {
  return load<f32>(layer, 28);
}

export function kappaOf(layer: usize): f32 {
  return load<f32>(layer, 32);
}
