// What every kernel that bounds errors begins a layer with: z of its neurons, and a bound e on what z may be off by.
//
// The inputs of the first layer are exact, so what a dot product of them may be off by is γ(|b| + Σ|W||x|), whose terms are
// those of the dot product itself: one pass over the weights does for both. Where points have many coordinates the weights
// do not stay in the nearest cache, and a second pass would take as long as the first.

import { errorEnd, valueEnd } from './inputs';
import { ENTRY_BYTES } from './list';
import { copyFirstLayer } from './marks';
import { biasesOf, gammaOf, outputsOf, weightsOf } from './structs';
import { affine, reach } from './sums';
import { errorList, errors, valueList, values } from './workspace';

/**
 * z to `values` and e to `errors`, from the inputs' lists. In layer 0 also what is the same for all points: the lengths of
 * the gradients, to `squares`, and what can move, to `moving`.
 */
export function layerSums(layer: usize, parameters: usize, k: u32, eta: f32): void {
  const weights = weightsOf(layer, parameters);
  const biases = biasesOf(layer, parameters);
  const outputs = outputsOf(layer);
  const gamma = gammaOf(layer);
  if (k === 0) {
    firstSums(weights, biases, outputs, valueList, valueEnd, values, errors, eta, gamma);
    copyFirstLayer((<usize>outputs) << 2);
  } else {
    affine(weights, biases, outputs, valueList, valueEnd, values);
    reach(weights, biases, outputs, errorList, errorEnd, errors, eta, gamma);
  }
}

/** z_j = b_j + Σ_i W_ji x_i and e_j = η + γ(|b_j| + Σ_i |W_ji x_i|) for all neurons j of the layer, x_i from a list. */
function firstSums(
  weights: usize,
  biases: usize,
  outputs: u32,
  list: usize,
  end: usize,
  sums: usize,
  errors: usize,
  eta: f32,
  gamma: f32,
): void {
  const etas = f32x4.splat(eta);
  const gammas = f32x4.splat(gamma);
  for (let j: usize = 0, bytes: usize = outputs << 2; j < bytes; j += 64) {
    fourVectors(weights + j, biases + j, list, end, sums + j, errors + j);
    for (let at = errors + j; at < errors + j + 64; at += 16)
      v128.store(at, f32x4.add(etas, f32x4.mul(gammas, v128.load(at))));
  }
}

function fourVectors(
  weights: usize,
  biases: usize,
  list: usize,
  end: usize,
  sums: usize,
  sizes: usize,
): void {
  let z0 = v128.load(biases);
  let z1 = v128.load(biases, 16);
  let z2 = v128.load(biases, 32);
  let z3 = v128.load(biases, 48);
  let s0 = f32x4.abs(z0);
  let s1 = f32x4.abs(z1);
  let s2 = f32x4.abs(z2);
  let s3 = f32x4.abs(z3);
  for (; list < end; list += ENTRY_BYTES) {
    const row = weights + load<u32>(list);
    const x = v128.load32_splat(list, 4);
    const t0 = f32x4.mul(v128.load(row), x);
    z0 = f32x4.add(z0, t0);
    s0 = f32x4.add(s0, f32x4.abs(t0));
    const t1 = f32x4.mul(v128.load(row, 16), x);
    z1 = f32x4.add(z1, t1);
    s1 = f32x4.add(s1, f32x4.abs(t1));
    const t2 = f32x4.mul(v128.load(row, 32), x);
    z2 = f32x4.add(z2, t2);
    s2 = f32x4.add(s2, f32x4.abs(t2));
    const t3 = f32x4.mul(v128.load(row, 48), x);
    z3 = f32x4.add(z3, t3);
    s3 = f32x4.add(s3, f32x4.abs(t3));
  }
  v128.store(sums, z0);
  v128.store(sums, z1, 16);
  v128.store(sums, z2, 32);
  v128.store(sums, z3, 48);
  v128.store(sizes, s0);
  v128.store(sizes, s1, 16);
  v128.store(sizes, s2, 32);
  v128.store(sizes, s3, 48);
}
