// How a zonotope bounds the neurons of a layer, four at a time, and what each passes on to the next.
//
//     constant      a = σ(A)             g = κ(e + γ′|a|)                       does not move
//     off, ReLU     all zero                                                    does not move
//     on or off, σ  a = σ A, σ L, σ H    g = κ(|σ| e + γ′(|a| + |σ|(h + s)))
//     unstable      a = ŝ A + μ, ŝ L, ŝ H and a column with the one entry μ
//                                        g = κ(|ŝ| e + γ′(|A| + Û + 2 μ))
//
// A neuron with slope 1 has no crease: it is never unstable, and σ = 1 on both sides.
//
// On [A − Û, A + Û] = [l, u], which holds 0, σ(z) − ŝ z is convex, zero at 0 and not below, so it is between 0 and its
// larger value at the ends, which 2 μ is not below: any ŝ between the slope and 1 will do. The best is that of the chord.

import { listGradients, startGradients } from './gradient';
import { empty, hand } from './inputs';
import { existing, firstOffsets } from './list';
import { addNoise, listNoise, spreads } from './noise';
import {
  columnsOf,
  etaOf,
  kappaOf,
  neuronsOf,
  nextGammaOf,
  nextLayer,
  outputsOf,
  slopesOf,
  UNIT,
} from './structs';
import { errors, moving, squares, values } from './workspace';

/**
 * Answers with C of the layer; the gradients of the first are its rows, at `firstRows`, which is 0 elsewhere. The last
 * hands nothing on.
 */
export function chords(
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
  // ‖H‖₁ is a sum of as many sizes as there are columns.
  const inflated = f32x4.splat(1 + 4 * <f32>(neuronsOf(job) + 16) * UNIT);
  const nextGamma = f32x4.splat(nextGammaOf(layer));
  // The rows of W¹ were rounded to 32 bits: that is the whole error of L there.
  const rowError = f32x4.splat(firstRows !== 0 ? UNIT : 0);
  const columns = columnsOf(job);
  const outputs = outputsOf(layer);
  const fanOut = outputsOf(nextLayer(layer));
  const step = i32x4.splat(fanOut << 4);
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
    const s = f32x4.mul(inflated, v128.load(spreads + at));
    const reach = f32x4.add(h, s);
    const e = f32x4.add(v128.load(errors + at), f32x4.mul(rowError, h));
    const U = f32x4.add(f32x4.mul(kappa, f32x4.add(reach, e)), etas);

    const constant = i32x4.eq(v128.load(moving + at), zero);
    // A comparison that fails for any reason leaves the neuron unstable.
    const settled = v128.or(constant, f32x4.eq(slopes, one));
    const stable = v128.or(settled, f32x4.gt(size, U));
    const unstable = v128.not(stable);
    C += popcnt(i32x4.bitmask(unstable) & here);
    if (last) continue;

    const sigma = v128.bitselect(one, slopes, f32x4.gt(A, zero));
    // Always off: exactly zero on the ball, whatever rounding did.
    const off = v128.andnot(v128.and(stable, f32x4.eq(sigma, zero)), constant);
    const moves = v128.not(v128.or(constant, off));

    const above = f32x4.max(f32x4.add(A, U), zero);
    const below = f32x4.max(f32x4.sub(U, A), zero);
    const rise = f32x4.add(above, f32x4.mul(slopes, below));
    const chord = f32x4.min(f32x4.max(f32x4.div(rise, f32x4.add(U, U)), slopes), one);
    const gap = f32x4.max(
      f32x4.mul(f32x4.sub(chord, slopes), below),
      f32x4.mul(f32x4.sub(one, chord), above),
    );
    const mu = f32x4.mul(kappa, f32x4.mul(half, gap));

    const scale = v128.bitselect(sigma, chord, stable);
    const gain = f32x4.abs(scale);
    const a = v128.andnot(f32x4.add(f32x4.mul(scale, A), v128.andnot(mu, stable)), off);
    const error = v128.bitselect(e, f32x4.mul(gain, e), constant);
    // What the next dot products will add; for chords also what their own numbers were rounded by.
    const straight = f32x4.add(f32x4.abs(a), v128.and(f32x4.mul(gain, reach), moves));
    const tilted = f32x4.add(f32x4.add(size, U), f32x4.add(mu, mu));
    const blur = f32x4.mul(nextGamma, v128.bitselect(straight, tilted, stable));
    const g = v128.andnot(f32x4.mul(kappa, f32x4.add(error, blur)), off);

    const which = i32x4.bitmask(moves) & here;
    hand(offsets, a, g, here);
    listNoise(at, offsets, scale, which);
    listGradients(columns, at, offsets, scale, which);
    addNoise(offsets, mu, i32x4.bitmask(unstable) & here);
    offsets = i32x4.add(offsets, step);
  }
  return C;
}
