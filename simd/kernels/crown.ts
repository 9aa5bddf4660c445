// CROWN (Zhang et al. 2018) in an ℓ2 ball, intersected with interval bound propagation, in 32 bits: every interval is
// widened by what rounding may have done, as docs/soundness.md derives. Per point C of every hidden layer.
//
// Intervals come first, out of those of the layer before. Neurons that they leave open, and only those, are then bounded
// by linear forms that go back to the first layer.

import { layOutForms, open, tighten } from '../forms';
import { begin, bentEnd, doubtEnd } from '../inputs';
import { layerSums } from '../layerSums';
import { layOutLines, lowers, relax, startLines, uppers } from '../lines';
import { compact, existing } from '../list';
import { fill, markReached } from '../marks';
import { ballBytesOf, radiusOf, setUp } from '../setup';
import {
  biasesOf,
  columnsOf,
  countOf,
  dimensionOf,
  etaOf,
  gammaOf,
  hiddenOf,
  kappaOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopesOf,
  UNIT,
  weightsOf,
} from '../structs';
import { reach } from '../sums';
import { bentList, doubtList, doubts, errors, moving, room, squares, values } from '../workspace';

export function crown(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  const d = dimensionOf(job);
  const hidden = hiddenOf(job);
  const eta = etaOf(job);
  const firstRows = setUp(job, layers, parameters, scratch, width, extra, eta);
  layOutForms(layOutLines(room, hidden), columnsOf(job), outputsOf(layers));
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    const r = radiusOf(job, points);
    begin(points, d, layers);
    startLines();
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      combine(layer, parameters, k, eta);
      if (k === 0) firstIntervals(layer, r, eta);
      else intervals(layer, eta);
      let C = listOpen(layer, parameters);
      if (k > 0 && C > 0) {
        tighten(job, layers, parameters, k, firstRows, r, open + ((<usize>C) << 2));
        C = listOpen(layer, parameters);
      }
      if (k + 1 < hidden) relax(job, layer, parameters, k);
      store<u32>(results + ((<usize>k) << 2), C);
    }
    points += ballBytesOf(job);
    results += resultBytesOf(job);
  }
}

/** The dot products of a layer, in `doubts` |b| + Σ|W| M, and which of its neurons can move. */
function combine(layer: usize, parameters: usize, k: u32, eta: f32): void {
  layerSums(layer, parameters, k, eta);
  if (k === 0) return;
  const weights = weightsOf(layer, parameters);
  const biases = biasesOf(layer, parameters);
  const outputs = outputsOf(layer);
  const bytes = (<usize>outputs) << 2;
  reach(weights, biases, outputs, doubtList, doubtEnd, doubts, 0, 1);
  fill(moving, bytes, false);
  markReached(k, weights, bytes, bentList, bentEnd, moving);
}

/** [l, u] of the first layer; in `errors` κ e, in `doubts` |A| + h. */
function firstIntervals(layer: usize, r: f32, eta: f32): void {
  const radius = f32x4.splat(r);
  const kappa = f32x4.splat(kappaOf(layer));
  const gamma = f32x4.splat(gammaOf(layer));
  const unit = f32x4.splat(UNIT);
  const etas = f32x4.splat(eta);
  for (let at: usize = 0, bytes = (<usize>outputsOf(layer)) << 2; at < bytes; at += 16) {
    const A = v128.load(values + at);
    const h = f32x4.mul(radius, f32x4.sqrt(v128.load(squares + at)));
    // The rows of W¹ were rounded to 32 bits.
    const e = f32x4.add(v128.load(errors + at), f32x4.mul(unit, h));
    const U = f32x4.add(f32x4.mul(kappa, f32x4.add(h, e)), etas);
    put(at, A, U, kappa, gamma);
    v128.store(errors + at, f32x4.mul(kappa, e));
    v128.store(doubts + at, f32x4.add(f32x4.abs(A), h));
  }
}

/** [l, u] of a later layer. */
function intervals(layer: usize, eta: f32): void {
  const kappa = f32x4.splat(kappaOf(layer));
  const gamma = f32x4.splat(gammaOf(layer));
  const etas = f32x4.splat(eta);
  for (let at: usize = 0, bytes = (<usize>outputsOf(layer)) << 2; at < bytes; at += 16) {
    const U = f32x4.add(f32x4.mul(kappa, v128.load(errors + at)), etas);
    put(at, v128.load(values + at), U, kappa, gamma);
  }
}

/** A ∓ U, and a little more for what the two sums are rounded by: but not past 0 where |A| > U. */
function put(at: usize, A: v128, U: v128, kappa: v128, gamma: v128): void {
  const zero = f32x4.splat(0);
  const width = f32x4.mul(kappa, f32x4.add(U, f32x4.mul(gamma, f32x4.abs(A))));
  const l = f32x4.sub(A, width);
  const u = f32x4.add(A, width);
  const on = f32x4.gt(A, U);
  const off = f32x4.gt(f32x4.neg(A), U);
  v128.store(lowers + at, v128.bitselect(f32x4.max(l, zero), l, on));
  v128.store(uppers + at, v128.bitselect(f32x4.min(u, zero), u, off));
}

/** Lists the neurons that may switch, by their byte offsets; the result is how many there are. With slope 1 none may. */
function listOpen(layer: usize, parameters: usize): u32 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const slopes = slopesOf(layer, parameters);
  const outputs = outputsOf(layer);
  let places = i32x4(0, 4, 8, 12);
  let C: u32 = 0;
  for (let j: u32 = 0; j < outputs; j += 4) {
    const at = (<usize>j) << 2;
    const decided = v128.or(
      f32x4.ge(v128.load(lowers + at), zero),
      f32x4.le(v128.load(uppers + at), zero),
    );
    const constant = i32x4.eq(v128.load(moving + at), zero);
    const settled = v128.or(constant, f32x4.eq(v128.load(slopes + at), one));
    const which = i32x4.bitmask(v128.not(v128.or(decided, settled))) & existing(outputs, j);
    compact(open + ((<usize>C) << 2), places, which);
    C += popcnt(which);
    places = i32x4.add(places, i32x4.splat(16));
  }
  return C;
}
