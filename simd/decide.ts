// Algorithm 1's decisions on the neurons of a layer, four at a time, and what each hands on to the next layer. The
// rules and the terms of g are those of shaders/bounds.wgsl.

import { write } from './detail';
import { listGradients, startGradients } from './gradient';
import { empty, hand, handBent } from './inputs';
import { existing, firstOffsets } from './list';
import { kappaOf, nextGammaOf, outputsOf, UNIT } from './structs';
import { bending, errors, moving, squares, values } from './workspace';

/**
 * Answers with C of the layer, whose sums stand in the workspace; the gradients of the first are its rows, at
 * `firstRows`, which is 0 elsewhere. Writes the numbers of every neuron to `found`, unless that is 0.
 */
export function decide(
  layer: usize,
  next: usize,
  firstRows: usize,
  columns: u32,
  r: f32,
  slope: f32,
  eta: f32,
  found: usize,
): u32 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const slopes = f32x4.splat(slope);
  const radius = f32x4.splat(r);
  const etas = f32x4.splat(eta);
  const kappa = f32x4.splat(kappaOf(layer));
  const nextGamma = f32x4.splat(nextGammaOf(layer));
  // The rows of W¹ were rounded to 32 bits: that is the whole error of L there.
  const rowError = f32x4.splat(firstRows !== 0 ? UNIT : 0);
  const outputs = outputsOf(layer);
  const step = i32x4.splat(outputsOf(next) << 4);
  let offsets = firstOffsets(outputsOf(next));
  let C: u32 = 0;
  empty();
  startGradients(firstRows, outputs);
  for (let j: u32 = 0; j < outputs; j += 4) {
    const at = (<usize>j) << 2;
    const here = existing(outputs, j);
    const A = v128.load(values + at);
    const size = f32x4.abs(A);
    const h = f32x4.mul(radius, f32x4.sqrt(v128.load(squares + at)));
    const e = f32x4.add(v128.load(errors + at), f32x4.mul(rowError, h));
    const raw = f32x4.add(f32x4.mul(kappa, f32x4.add(h, e)), etas);

    const constant = i32x4.eq(v128.load(moving + at), zero);
    // A comparison that fails for any reason leaves the neuron unstable.
    const stable = v128.or(constant, f32x4.gt(size, raw));
    const sigma = v128.bitselect(one, slopes, f32x4.gt(A, zero));
    // Always off: exactly zero on the ball, whatever rounding did.
    const off = v128.andnot(v128.and(stable, f32x4.eq(sigma, zero)), constant);
    const still = v128.or(constant, off);
    const bent = v128.or(v128.not(stable), v128.andnot(v128.load(bending + at), still));
    const affine = v128.not(v128.or(bent, still));

    const a = v128.andnot(f32x4.mul(sigma, A), off);
    // σ is 1-Lipschitz; where A < 0, U_raw + (1 − slope)·A as a sum of terms that are not negative.
    const lifted = f32x4.mul(
      kappa,
      f32x4.add(f32x4.max(f32x4.add(raw, A), zero), f32x4.mul(slopes, size)),
    );
    const unstable = v128.bitselect(lifted, raw, f32x4.lt(A, zero));
    const U = v128.andnot(v128.bitselect(f32x4.mul(sigma, raw), unstable, stable), still);
    // What the next dot product will add. |A| where |a| would do also covers a reordering of the sum of `lifted`.
    const blur = f32x4.mul(nextGamma, v128.bitselect(f32x4.abs(a), size, stable));
    const slanted = f32x4.add(
      f32x4.mul(sigma, e),
      f32x4.mul(nextGamma, f32x4.add(f32x4.abs(a), f32x4.mul(sigma, h))),
    );
    const curved = f32x4.add(v128.bitselect(e, U, constant), blur);
    const g = v128.andnot(f32x4.mul(kappa, v128.bitselect(slanted, curved, affine)), off);

    C += popcnt(i32x4.bitmask(v128.not(stable)) & here);
    hand(offsets, a, g, here);
    handBent(offsets, i32x4.bitmask(bent) & here);
    listGradients(columns, at, offsets, sigma, i32x4.bitmask(affine) & here);

    if (found !== 0) {
      write(found, A, U, v128.andnot(raw, constant), bent, stable);
      found += 64;
    }
    offsets = i32x4.add(offsets, step);
  }
  return C;
}
