// The dot products of a layer, from a list of the inputs that contribute. Neurons stand in the lanes of a vector: every
// input adds its row of weights to the sums, eight vectors at once, which hides the time that one addition takes.
// Rows are read and sums written in whole vectors, so there is room for 32 numbers behind each.

import { ENTRY_BYTES } from './list';

/** z_j = b_j + Σ_i W_ji a_i for all neurons j of a layer, a_i from a list. */
export function affine(
  weights: usize,
  biases: usize,
  outputs: u32,
  list: usize,
  end: usize,
  sums: usize,
): void {
  let j: usize = 0;
  const bytes: usize = outputs << 2;
  // Eight sums at once hide the time that one addition takes.
  while (j + 64 < bytes) {
    eightVectors(weights + j, biases + j, list, end, sums + j);
    j += 128;
  }
  while (j + 16 < bytes) {
    fourVectors(weights + j, biases + j, list, end, sums + j);
    j += 64;
  }
  if (j < bytes) oneVector(weights + j, biases + j, list, end, sums + j);
}

function eightVectors(weights: usize, biases: usize, list: usize, end: usize, sums: usize): void {
  let z0 = v128.load(biases);
  let z1 = v128.load(biases, 16);
  let z2 = v128.load(biases, 32);
  let z3 = v128.load(biases, 48);
  let z4 = v128.load(biases, 64);
  let z5 = v128.load(biases, 80);
  let z6 = v128.load(biases, 96);
  let z7 = v128.load(biases, 112);
  for (; list < end; list += ENTRY_BYTES) {
    const row = weights + load<u32>(list);
    const a = v128.load32_splat(list, 4);
    z0 = f32x4.add(z0, f32x4.mul(v128.load(row), a));
    z1 = f32x4.add(z1, f32x4.mul(v128.load(row, 16), a));
    z2 = f32x4.add(z2, f32x4.mul(v128.load(row, 32), a));
    z3 = f32x4.add(z3, f32x4.mul(v128.load(row, 48), a));
    z4 = f32x4.add(z4, f32x4.mul(v128.load(row, 64), a));
    z5 = f32x4.add(z5, f32x4.mul(v128.load(row, 80), a));
    z6 = f32x4.add(z6, f32x4.mul(v128.load(row, 96), a));
    z7 = f32x4.add(z7, f32x4.mul(v128.load(row, 112), a));
  }
  v128.store(sums, z0);
  v128.store(sums, z1, 16);
  v128.store(sums, z2, 32);
  v128.store(sums, z3, 48);
  v128.store(sums, z4, 64);
  v128.store(sums, z5, 80);
  v128.store(sums, z6, 96);
  v128.store(sums, z7, 112);
}

function fourVectors(weights: usize, biases: usize, list: usize, end: usize, sums: usize): void {
  let z0 = v128.load(biases);
  let z1 = v128.load(biases, 16);
  let z2 = v128.load(biases, 32);
  let z3 = v128.load(biases, 48);
  for (; list < end; list += ENTRY_BYTES) {
    const row = weights + load<u32>(list);
    const a = v128.load32_splat(list, 4);
    z0 = f32x4.add(z0, f32x4.mul(v128.load(row), a));
    z1 = f32x4.add(z1, f32x4.mul(v128.load(row, 16), a));
    z2 = f32x4.add(z2, f32x4.mul(v128.load(row, 32), a));
    z3 = f32x4.add(z3, f32x4.mul(v128.load(row, 48), a));
  }
  v128.store(sums, z0);
  v128.store(sums, z1, 16);
  v128.store(sums, z2, 32);
  v128.store(sums, z3, 48);
}

function oneVector(weights: usize, biases: usize, list: usize, end: usize, sums: usize): void {
  let z = v128.load(biases);
  for (; list < end; list += ENTRY_BYTES) {
    const a = v128.load32_splat(list, 4);
    z = f32x4.add(z, f32x4.mul(v128.load(weights + load<u32>(list)), a));
  }
  v128.store(sums, z);
}

/** Sums of terms that are not negative: s_j = η + γ|b_j| + Σ_i |W_ji| g_i for all neurons j of a layer, g_i from a list. */
export function reach(
  weights: usize,
  biases: usize,
  outputs: u32,
  list: usize,
  end: usize,
  sums: usize,
  eta: f32,
  gamma: f32,
): void {
  const etas = f32x4.splat(eta);
  const gammas = f32x4.splat(gamma);
  const bytes: usize = outputs << 2;
  for (let j: usize = 0; j < bytes; j += 16) {
    const b = f32x4.abs(v128.load(biases + j));
    v128.store(sums + j, f32x4.add(etas, f32x4.mul(gammas, b)));
  }
  let j: usize = 0;
  while (j + 64 < bytes) {
    eightReaches(weights + j, list, end, sums + j);
    j += 128;
  }
  while (j + 16 < bytes) {
    fourReaches(weights + j, list, end, sums + j);
    j += 64;
  }
  if (j < bytes) oneReach(weights + j, list, end, sums + j);
}

function term(w: v128, g: v128): v128 {
  return f32x4.mul(f32x4.abs(w), g);
}

function eightReaches(weights: usize, list: usize, end: usize, sums: usize): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  let s3 = v128.load(sums, 48);
  let s4 = v128.load(sums, 64);
  let s5 = v128.load(sums, 80);
  let s6 = v128.load(sums, 96);
  let s7 = v128.load(sums, 112);
  for (; list < end; list += ENTRY_BYTES) {
    const row = weights + load<u32>(list);
    const g = v128.load32_splat(list, 4);
    s0 = f32x4.add(s0, term(v128.load(row), g));
    s1 = f32x4.add(s1, term(v128.load(row, 16), g));
    s2 = f32x4.add(s2, term(v128.load(row, 32), g));
    s3 = f32x4.add(s3, term(v128.load(row, 48), g));
    s4 = f32x4.add(s4, term(v128.load(row, 64), g));
    s5 = f32x4.add(s5, term(v128.load(row, 80), g));
    s6 = f32x4.add(s6, term(v128.load(row, 96), g));
    s7 = f32x4.add(s7, term(v128.load(row, 112), g));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  v128.store(sums, s4, 64);
  v128.store(sums, s5, 80);
  v128.store(sums, s6, 96);
  v128.store(sums, s7, 112);
}

function fourReaches(weights: usize, list: usize, end: usize, sums: usize): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  let s3 = v128.load(sums, 48);
  for (; list < end; list += ENTRY_BYTES) {
    const row = weights + load<u32>(list);
    const g = v128.load32_splat(list, 4);
    s0 = f32x4.add(s0, term(v128.load(row), g));
    s1 = f32x4.add(s1, term(v128.load(row, 16), g));
    s2 = f32x4.add(s2, term(v128.load(row, 32), g));
    s3 = f32x4.add(s3, term(v128.load(row, 48), g));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
}

function oneReach(weights: usize, list: usize, end: usize, sums: usize): void {
  let s = v128.load(sums);
  for (; list < end; list += ENTRY_BYTES) {
    const g = v128.load32_splat(list, 4);
    s = f32x4.add(s, term(v128.load(weights + load<u32>(list)), g));
  }
  v128.store(sums, s);
}
