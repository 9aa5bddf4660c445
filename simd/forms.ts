// Linear forms that bound neurons from above and below, four neurons at a time: a block is for every input of a layer
// four coefficients from above and four from below, in two vectors. Going back through a layer, lines take the place of σ
// (lines.ts) and the coefficients are multiplied with the layer's weights, four inputs at once. Forms end at the
// pre-activations of the first hidden layer, which are affine in the ball:
//
//     ± z ≤ ± b + Σ_q Σ_i c_i b_i + Σ_i c_i A_i + κ (h + what the offsets and all rounding add)      h = r ‖Σ c_i L_i‖

import { BLOCK, timesRows } from './blocks';
import {
  blursAt,
  columnsAt,
  constantsAt,
  lineCount,
  lost,
  lowers,
  offsetsAt,
  rowsAt,
  slopesAboveAt,
  slopesBelowAt,
  unitOf,
  uppers,
} from './lines';
import {
  biasesOf,
  columnsOf,
  etaOf,
  gammaOf,
  kappaOf,
  layerAt,
  neuronsOf,
  UNIT,
  weightsOf,
} from './structs';
import { doubts, rowBytes } from './workspace';

/** Byte offsets of the neurons that wait for forms. */
export let open: usize = 0;

/** The coefficients of a block at two layers, which change places. */
let forms: usize = 0;
let nextForms: usize = 0;
/** Byte offsets of the rows of the first layer's gradients. */
let coordinates: usize = 0;

// What a block has gathered so far, from above and from below: constants, and what is never negative.
let constant0: v128 = f32x4.splat(0);
let constant1: v128 = f32x4.splat(0);
let excess0: v128 = f32x4.splat(0);
let excess1: v128 = f32x4.splat(0);

/** Lays the rows out from `room` on, for first layers with so many gradient coordinates and neurons. */
export function layOutForms(room: usize, columns: u32, outputs: u32): void {
  open = room;
  coordinates = open + rowBytes;
  forms = coordinates + rowBytes;
  nextForms = forms + 8 * rowBytes;
  for (let t: u32 = 0; t < columns; t++)
    store<u32>(coordinates + ((<usize>t) << 2), (t * outputs) << 2);
}

/** Narrows the intervals of those neurons of layer k that `open` names, up to `end`. */
export function tighten(
  job: usize,
  layers: usize,
  parameters: usize,
  k: u32,
  firstRows: usize,
  r: f32,
  end: usize,
): void {
  // The last of them fills up the last block.
  const last = v128.load32_splat(end - 4);
  v128.store(end, last);
  for (let block = open; block < end; block += 16) {
    begin(job, layers, parameters, k, block);
    for (let q = k - 1; q > 0; q--) {
      const weights = weightsOf(layerAt(layers, q), parameters);
      gather(q);
      carry(weights, q, rowsAt(q - 1), lineCount(q - 1));
    }
    gather(0);
    carry(firstRows, 0, coordinates, columnsOf(job));
    settle(job, layerAt(layers, k), r, block);
  }
}

/** The numbers of four neurons from a row of a layer's; `block` has their byte offsets. */
function pick(row: usize, block: usize): v128 {
  const first = load<u32>(block);
  const neighbours = i32x4.add(i32x4.splat(first), i32x4(0, 4, 8, 12));
  if (i32x4.all_true(i32x4.eq(v128.load(block), neighbours))) return v128.load(row + first);
  let four = v128.load32_splat(row + first);
  four = v128.load_lane<f32>(row + load<u32>(block, 4), four, 1);
  four = v128.load_lane<f32>(row + load<u32>(block, 8), four, 2);
  return v128.load_lane<f32>(row + load<u32>(block, 12), four, 3);
}

/** The forms of layer k's neurons in the inputs of the layer. */
function begin(job: usize, layers: usize, parameters: usize, k: u32, block: usize): void {
  const layer = layerAt(layers, k);
  const weights = weightsOf(layer, parameters);
  const unit = f32x4.splat(unitOf(job, gammaOf(layer)));
  excess0 = f32x4.add(f32x4.mul(unit, pick(doubts, block)), f32x4.splat(lost));
  excess1 = excess0;
  constant0 = pick(biasesOf(layer, parameters), block);
  constant1 = f32x4.neg(constant0);
  const rows = rowsAt(k - 1);
  const end = lineCount(k - 1) << 2;
  let form = forms;
  for (let p: usize = 0; p < end; p += 4) {
    const w = pick(weights + load<u32>(rows + p), block);
    v128.store(form, w);
    v128.store(form, f32x4.neg(w), 16);
    form += BLOCK;
  }
}

/** Puts the lines of layer q in the place of σ, and gathers what they add to the forms. */
function gather(q: u32): void {
  const zero = f32x4.splat(0);
  const above = slopesAboveAt(q);
  const below = slopesBelowAt(q);
  const offsets = offsetsAt(q);
  const blurs = blursAt(q);
  const constants = constantsAt(q);
  const end = lineCount(q) << 2;
  let sum0 = zero;
  let sum1 = zero;
  let more0 = excess0;
  let more1 = excess1;
  let form = forms;
  for (let p: usize = 0; p < end; p += 4) {
    const up = v128.load32_splat(above + p);
    const low = v128.load32_splat(below + p);
    const offset = v128.load32_splat(offsets + p);
    const blur = v128.load32_splat(blurs + p);
    const constant = v128.load32_splat(constants + p);
    const a = v128.load(form);
    const b = v128.load(form, 16);
    const c = f32x4.mul(a, v128.bitselect(up, low, f32x4.gt(a, zero)));
    const d = f32x4.mul(b, v128.bitselect(up, low, f32x4.gt(b, zero)));
    v128.store(form, c);
    v128.store(form, d, 16);
    sum0 = f32x4.add(sum0, f32x4.mul(c, constant));
    sum1 = f32x4.add(sum1, f32x4.mul(d, constant));
    more0 = f32x4.add(more0, f32x4.mul(f32x4.max(a, zero), offset));
    more1 = f32x4.add(more1, f32x4.mul(f32x4.max(b, zero), offset));
    more0 = f32x4.add(more0, f32x4.mul(f32x4.abs(c), blur));
    more1 = f32x4.add(more1, f32x4.mul(f32x4.abs(d), blur));
    form += BLOCK;
  }
  // Layer by layer: a sum over all of them would be rounded as often as the network has neurons.
  constant0 = f32x4.add(constant0, sum0);
  constant1 = f32x4.add(constant1, sum1);
  excess0 = more0;
  excess1 = more1;
}

/** The forms times rows of layer q's weights: `rows` has the byte offset of each. */
function carry(weights: usize, q: u32, rows: usize, count: usize): void {
  timesRows(weights, rows, count, columnsAt(q), lineCount(q), forms, nextForms);
  const done = forms;
  forms = nextForms;
  nextForms = done;
}

/** The largest values of a block's forms in the ball, and what they make of the neurons' intervals. */
function settle(job: usize, layer: usize, r: f32, block: usize): void {
  let square0 = f32x4.splat(etaOf(job));
  let square1 = square0;
  const end = forms + <usize>columnsOf(job) * BLOCK;
  for (let form = forms; form < end; form += BLOCK) {
    const g0 = v128.load(form);
    const g1 = v128.load(form, 16);
    square0 = f32x4.add(square0, f32x4.mul(g0, g0));
    square1 = f32x4.add(square1, f32x4.mul(g1, g1));
  }
  const radius = f32x4.splat(r);
  // Sums of what is not negative, over as many terms as the network has neurons.
  const kappa = f32x4.splat(kappaOf(layer) * (1 + 4 * <f32>(neuronsOf(job) + 16) * UNIT));
  const h0 = f32x4.mul(radius, f32x4.sqrt(square0));
  const h1 = f32x4.mul(radius, f32x4.sqrt(square1));
  const above = f32x4.add(constant0, f32x4.mul(kappa, f32x4.add(excess0, h0)));
  const below = f32x4.neg(f32x4.add(constant1, f32x4.mul(kappa, f32x4.add(excess1, h1))));
  const u = pick(uppers, block);
  const l = pick(lowers, block);
  // A form that is not a number changes nothing, nor do two that leave nothing between them.
  const narrowU = f32x4.pmin(u, above);
  const narrowL = f32x4.pmax(l, below);
  const sane = f32x4.le(narrowL, narrowU);
  put(uppers, block, v128.bitselect(narrowU, u, sane));
  put(lowers, block, v128.bitselect(narrowL, l, sane));
}

/** The counterpart of `pick`. */
function put(row: usize, block: usize, four: v128): void {
  v128.store_lane<f32>(row + load<u32>(block), four, 0);
  v128.store_lane<f32>(row + load<u32>(block, 4), four, 1);
  v128.store_lane<f32>(row + load<u32>(block, 8), four, 2);
  v128.store_lane<f32>(row + load<u32>(block, 12), four, 3);
}
