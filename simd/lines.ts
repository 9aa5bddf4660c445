// The lines that hold σ between them on what is known of every neuron, for those of a layer whose post-activation is not
// zero throughout:
//
//     on            z ≤ σ(z) ≤ z, as everywhere for slope 1
//     off           slope · z, twice
//     in [l, u]     σ(z) ≤ ŝ z + t: convex, and so below every line that is above it at both ends; ŝ is the chord's slope
//                   σ(z) ≥ z or slope · z, whichever leaves less: every line through 0 with a slope between is below
//
// A form Σ λ_i σ(z_i) is at most Σ (c_i z_i + λ_i⁺ t_i), c_i = λ_i times ŝ_i where λ_i > 0 and times the lower slope
// elsewhere. What rounding may do to c_i and to the products that it goes into is at most |c_i| blur_i,
//
//     blur = (γ + (K + 16)u)(|b_i| + Σ_t |W_it| M_t + |l_i| + |u_i|)     M_t the largest size of input t in the ball
//
// and in the first hidden layer, where forms end, (γ + (K + 16)u)(|A_i| + h_i + |l_i| + |u_i|) + κ e_i.

import { empty, hand, handBent, handDoubt } from './inputs';
import { compact, existing, firstOffsets, nonZero } from './list';
import {
  biasesOf,
  etaOf,
  hiddenOf,
  kappaOf,
  nextGammaOf,
  nextLayer,
  outputsOf,
  slopesOf,
  UNIT,
} from './structs';
import { doubts, errors, moving, rowBytes, values, zeros } from './workspace';

/** [l, u] of the neurons of the layer at hand. */
export let lowers: usize = 0;
export let uppers: usize = 0;

/** What flushing to zero may lose of a form on its way through all layers so far. */
export let lost: f32 = 0;
/** Σ M_t over the inputs of the layer at hand. */
let reached: f32 = 0;

/** Where the rows of the first layer stand; every layer has as many, and a word for how many neurons are in them. */
let rows: usize = 0;
let counts: usize = 0;
const ROWS: usize = 7;

/** Lays the rows out from `room` on; the result is where they end. */
export function layOutLines(room: usize, hidden: u32): usize {
  lowers = room;
  uppers = lowers + rowBytes;
  rows = uppers + rowBytes;
  counts = rows + <usize>hidden * ROWS * rowBytes;
  return (counts + ((<usize>hidden) << 2) + 15) & ~15;
}

export function startLines(): void {
  lost = 0;
  reached = 0;
}

/** How many neurons of layer q have lines. */
export function lineCount(q: u32): usize {
  return load<u32>(counts + ((<usize>q) << 2));
}

/** Byte offset of each of these neurons among those of its layer. */
export function columnsAt(q: u32): usize {
  return rows + <usize>q * ROWS * rowBytes;
}

/** Byte offset of the row that each has in the weights of the next layer. */
export function rowsAt(q: u32): usize {
  return columnsAt(q) + rowBytes;
}

export function slopesAboveAt(q: u32): usize {
  return columnsAt(q) + 2 * rowBytes;
}

export function slopesBelowAt(q: u32): usize {
  return columnsAt(q) + 3 * rowBytes;
}

export function offsetsAt(q: u32): usize {
  return columnsAt(q) + 4 * rowBytes;
}

export function blursAt(q: u32): usize {
  return columnsAt(q) + 5 * rowBytes;
}

/** What a coefficient of each adds up to: its bias, and in the first layer its value A. */
export function constantsAt(q: u32): usize {
  return columnsAt(q) + 6 * rowBytes;
}

/** What one unit of a term's size may be off by, for sums with the γ of the layer that takes them. */
export function unitOf(job: usize, gamma: f32): f32 {
  return gamma + <f32>(hiddenOf(job) + 16) * UNIT;
}

/** Hands on the intervals of layer q to the next, and keeps lines for the forms that will come through it. */
export function relax(job: usize, layer: usize, parameters: usize, q: u32): void {
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1);
  const slopeRow = slopesOf(layer, parameters);
  const kappa = f32x4.splat(kappaOf(layer));
  const nextGamma = f32x4.splat(nextGammaOf(layer));
  const unit = f32x4.splat(unitOf(job, nextGammaOf(layer)));
  const constants = q === 0 ? values : biasesOf(layer, parameters);
  const inherited = q === 0 ? errors : zeros;
  const outputs = outputsOf(layer);
  const fanOut = outputsOf(nextLayer(layer));
  const step = i32x4.splat(fanOut << 4);
  const four = i32x4.splat(16);
  let offsets = firstOffsets(fanOut);
  let places = i32x4(0, 4, 8, 12);
  const to = columnsAt(q);
  let at: usize = 0;
  let sizes = zero;
  let reaches = zero;
  empty();
  for (let j: u32 = 0; j < outputs; j += 4) {
    const from = (<usize>j) << 2;
    const here = existing(outputs, j);
    const exists = i32x4.lt_s(places, i32x4.splat(outputs << 2));
    const l = v128.load(lowers + from);
    const u = v128.load(uppers + from);
    const slopes = v128.load(slopeRow + from);
    const below = f32x4.neg(l);
    const constant = i32x4.eq(v128.load(moving + from), zero);

    // Intervals: the post-activation is in [p, v].
    const left = v128.bitselect(l, f32x4.mul(slopes, l), f32x4.gt(l, zero));
    const right = v128.bitselect(u, f32x4.mul(slopes, u), f32x4.gt(u, zero));
    // With a negative slope either end may be the larger, and around 0 the least is 0.
    const around = v128.and(f32x4.lt(l, zero), f32x4.gt(u, zero));
    const folded = v128.and(f32x4.lt(slopes, zero), around);
    const p = v128.andnot(f32x4.min(left, right), folded);
    const v = f32x4.max(left, right);
    const largest = f32x4.max(f32x4.abs(p), f32x4.abs(v));
    const spread = f32x4.mul(kappa, f32x4.mul(half, f32x4.sub(v, p)));
    const blurred = f32x4.mul(nextGamma, f32x4.add(f32x4.abs(p), f32x4.abs(v)));
    hand(
      offsets,
      f32x4.mul(half, f32x4.add(p, v)),
      f32x4.mul(kappa, f32x4.add(spread, blurred)),
      here,
    );
    handDoubt(offsets, largest, here);
    const off = v128.and(f32x4.le(u, zero), f32x4.eq(slopes, zero));
    handBent(offsets, i32x4.bitmask(v128.not(v128.or(constant, off))) & here);
    reaches = f32x4.add(reaches, v128.and(largest, exists));

    // Lines.
    const on = f32x4.ge(l, zero);
    const straight = v128.or(on, f32x4.le(u, zero));
    const sigma = v128.bitselect(one, slopes, on);
    const rise = f32x4.add(u, f32x4.mul(slopes, below));
    const chord = f32x4.min(f32x4.max(f32x4.div(rise, f32x4.add(u, below)), slopes), one);
    const gap = f32x4.max(
      f32x4.mul(f32x4.sub(chord, slopes), below),
      f32x4.mul(f32x4.sub(one, chord), u),
    );
    const above = v128.bitselect(sigma, chord, straight);
    const offset = v128.andnot(f32x4.mul(kappa, gap), straight);
    const under = v128.bitselect(one, slopes, f32x4.ge(u, below));
    const ends = f32x4.add(f32x4.abs(l), f32x4.abs(u));
    const size = f32x4.add(v128.load(doubts + from), ends);
    const blur = f32x4.add(f32x4.mul(unit, size), v128.load(inherited + from));
    sizes = f32x4.add(sizes, v128.and(size, exists));

    const live = (nonZero(above) | nonZero(offset)) & here;
    const room = to + at;
    compact(room, places, live);
    compact(room + rowBytes, offsets, live);
    compact(room + 2 * rowBytes, above, live);
    compact(room + 3 * rowBytes, v128.bitselect(sigma, under, straight), live);
    compact(room + 4 * rowBytes, offset, live);
    compact(room + 5 * rowBytes, blur, live);
    compact(room + 6 * rowBytes, v128.load(constants + from), live);
    at += (<usize>popcnt(live)) << 2;
    offsets = i32x4.add(offsets, step);
    places = i32x4.add(places, four);
  }
  store<u32>(counts + ((<usize>q) << 2), <u32>(at >> 2));
  lost += etaOf(job) * (1 + sumOf(sizes) + reached);
  reached = sumOf(reaches);
}

function sumOf(lanes: v128): f32 {
  const left = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1);
  return left + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3));
}
