// What Algorithm 1 (Zhu, Lin & Tang 2020), Algorithm 1 with signed remainders (ours) and interval propagation decide about the
// neurons of a layer, four at a time, and what each passes on to the next. In Algorithm 1 a neuron that is stable passes on
// its gradient if no input of it is bent, with signed remainders always, in interval propagation never. An unstable neuron
// passes on what lies around σ(A) in Algorithm 1, and the middle of its range in the others.
//
//     constant            a = σ(A)                  g = κ(e + γ′|a|)                    does not move
//     off, ReLU           all zero                                                      does not move
//     on or off, σ z      a = σ A, σ L              g = κ(|σ| e + γ′(|a| + |σ| h))      with its gradient
//                         a = σ A                   g = κ(|σ| Û + γ′|a|)              without
//     unstable            a, ρ the middle and half of [slope · (A − Û), A + Û], for a negative slope of
//                         [0, the larger of A + Û and slope · (A − Û)]
//                                                   g = κ(κ ρ + γ′(|A| + Û))
//       in Algorithm 1    a = σ A                   g = κ(ρ + γ′|A|)                ρ = Û, for A < 0 Û + (1 − |slope|) A
//
// A neuron with slope 1 has no crease: it is never unstable, and σ = 1 on both sides.

import { listGradients, startGradients } from './gradient';
import { empty, hand, handBent } from './inputs';
import { existing, firstOffsets } from './list';
import {
  columnsOf,
  etaOf,
  kappaOf,
  nextGammaOf,
  nextLayer,
  outputsOf,
  slopesOf,
  UNIT,
} from './structs';
import { bending, errors, moving, squares, values } from './workspace';

export const ALGORITHM_1: u32 = 0;
export const SIGNED: u32 = 1;
export const INTERVAL: u32 = 2;

/**
 * Answers with C of the layer; the gradients of the first are its rows, at `firstRows`, which is 0 elsewhere. The last
 * hands nothing on.
 */
export function remainders(
  method: u32,
  job: usize,
  layer: usize,
  parameters: usize,
  firstRows: usize,
  r: f32,
  last: bool,
): u32 {
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1);
  const slopeRow = slopesOf(layer, parameters);
  const radius = f32x4.splat(r);
  const etas = f32x4.splat(etaOf(job));
  const kappa = f32x4.splat(kappaOf(layer));
  const nextGamma = f32x4.splat(nextGammaOf(layer));
  // The rows of W¹ were rounded to 32 bits: that is the whole error of L there.
  const rowError = f32x4.splat(firstRows !== 0 ? UNIT : 0);
  const columns = columnsOf(job);
  const outputs = outputsOf(layer);
  const fanOut = outputsOf(nextLayer(layer));
  const step = i32x4.splat(fanOut << 4);
  const tangents = i32x4.splat(method === INTERVAL ? 0 : -1);
  const first = firstRows !== 0;
  let offsets = firstOffsets(fanOut);
  let C: u32 = 0;
  empty();
  startGradients(firstRows, outputs);
  for (let j: u32 = 0; j < outputs; j += 4) {
    const at = (<usize>j) << 2;
    const here = existing(outputs, j);
    const A = v128.load(values + at);
    const slopes = v128.load(slopeRow + at);
    const size = f32x4.abs(A);
    const h = f32x4.mul(radius, f32x4.sqrt(v128.load(squares + at)));
    const e = f32x4.add(v128.load(errors + at), f32x4.mul(rowError, h));
    const U = f32x4.add(f32x4.mul(kappa, f32x4.add(h, e)), etas);

    const constant = i32x4.eq(v128.load(moving + at), zero);
    // A comparison that fails for any reason leaves the neuron unstable.
    const settled = v128.or(constant, f32x4.eq(slopes, one));
    const stable = v128.or(settled, f32x4.gt(size, U));
    const sigma = v128.bitselect(one, slopes, f32x4.gt(A, zero));
    const gain = f32x4.abs(sigma);
    // Always off: exactly zero on the ball, whatever rounding did.
    const off = v128.andnot(v128.and(stable, f32x4.eq(sigma, zero)), constant);
    const still = v128.or(constant, off);
    let affine = v128.and(tangents, v128.andnot(stable, still));
    if (method === ALGORITHM_1 && !first) affine = v128.andnot(affine, v128.load(bending + at));

    C += popcnt(~i32x4.bitmask(stable) & here);
    if (last) continue;

    // What is unstable: its value, how far it reaches from there, and the size that what the next dot product adds goes by.
    const above = f32x4.max(f32x4.add(A, U), zero);
    let middle = f32x4.mul(sigma, A);
    let reached = U;
    let blurred = size;
    if (method === ALGORITHM_1) {
      // For A < 0, Û + (1 − |slope|) A as a sum of terms that are not negative.
      const lifted = f32x4.mul(kappa, f32x4.add(above, f32x4.mul(f32x4.abs(slopes), size)));
      reached = v128.bitselect(lifted, U, f32x4.lt(A, zero));
    } else {
      // The ends of the interval as sizes: no difference of the two hides what is lost.
      const left = f32x4.mul(slopes, f32x4.max(f32x4.sub(U, A), zero));
      const below = f32x4.max(left, zero);
      const most = f32x4.max(above, f32x4.neg(left));
      middle = f32x4.mul(half, f32x4.sub(most, below));
      reached = f32x4.mul(kappa, f32x4.mul(half, f32x4.add(most, below)));
      blurred = f32x4.add(size, U);
    }

    const a = v128.andnot(v128.bitselect(f32x4.mul(sigma, A), middle, stable), off);
    const slanted = f32x4.mul(gain, v128.bitselect(e, U, affine));
    const spread = f32x4.add(f32x4.abs(a), v128.and(f32x4.mul(gain, h), affine));
    const error = v128.bitselect(v128.bitselect(e, slanted, constant), reached, stable);
    // A size that is larger than |a| also covers sums in another order, and the slope in 32 bits.
    const blur = f32x4.mul(nextGamma, v128.bitselect(spread, blurred, stable));
    const g = v128.andnot(f32x4.mul(kappa, f32x4.add(error, blur)), off);

    hand(offsets, a, g, here);
    handBent(offsets, ~i32x4.bitmask(v128.or(affine, still)) & here);
    if (method !== INTERVAL)
      listGradients(columns, at, offsets, sigma, i32x4.bitmask(affine) & here);
    offsets = i32x4.add(offsets, step);
  }
  return C;
}
