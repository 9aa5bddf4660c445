// Distance of every point to the nearest crease, d(x) = min |z(x)| / ‖∇z(x)‖₂ over the neurons with ∇z(x) ≠ 0 and a
// slope other than 1 (Hanin & Rolnick 2019), by one forward pass that carries the Jacobian; per point d, the flat index of the neuron (the first at
// a tie, −1 where there is none), and whether 64-bit arithmetic should look at the point again. The twin of
// shaders/distances.wgsl, which says what travels from layer to layer and why.

import { combineGradients, gradientBytes, listGradients, startGradients } from '../gradient';
import { begin, doubtEnd, empty, hand, handDoubt } from '../inputs';
import { layerSums } from '../layerSums';
import { existing, firstOffsets } from '../list';
import { fill, markReached } from '../marks';
import { setUp } from '../setup';
import {
  biasesOf,
  columnsOf,
  countOf,
  dimensionOf,
  etaOf,
  firstNeuronOf,
  hiddenOf,
  kappaOf,
  layerAt,
  nextGammaOf,
  nextLayer,
  outputsOf,
  resultBytesOf,
  slopesOf,
  UNIT,
  weightsOf,
} from '../structs';
import { reach } from '../sums';
import { doubtList, doubts, errors, gradientLists, moving, squares, values } from '../workspace';

const FAR: f32 = 3.0e38;

// What each lane has found so far: the nearest crease and its neuron, and how near one that is in doubt could be.
let nearest: v128 = f32x4.splat(0);
let neurons: v128 = i32x4.splat(0);
let doubtful: v128 = f32x4.splat(0);

export function distances(
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
  const columns = columnsOf(job);
  const hidden = hiddenOf(job);
  const firstRows = setUp(job, layers, parameters, scratch, width, extra, 0);
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    begin(points, d, layers);
    nearest = f32x4.splat(FAR);
    neurons = i32x4.splat(-1);
    doubtful = f32x4.splat(FAR);
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      combine(layer, parameters, k, columns, etaOf(job));
      look(job, layer, parameters, columns, k === 0 ? firstRows : 0);
    }
    tell(results);
    points += d << 2;
    results += resultBytesOf(job);
  }
}

/** The dot products of a layer. */
function combine(layer: usize, parameters: usize, k: u32, columns: u32, eta: f32): void {
  layerSums(layer, parameters, k, eta);
  const weights = weightsOf(layer, parameters);
  const biases = biasesOf(layer, parameters);
  const outputs = outputsOf(layer);
  const bytes = (<usize>outputs) << 2;
  if (k === 0) {
    // The rows were rounded to 32 bits.
    const unit = f32x4.splat(UNIT);
    for (let j: usize = 0; j < bytes; j += 16)
      v128.store(doubts + j, f32x4.mul(unit, f32x4.sqrt(v128.load(squares + j))));
    return;
  }
  reach(weights, biases, outputs, doubtList, doubtEnd, doubts, 0, 0);
  combineGradients(weights, outputs, columns, 0);
  fill(moving, bytes, false);
  markReached(k, weights, bytes, gradientLists, gradientLists + gradientBytes, moving);
}

/** Looks for nearer creases among a layer's neurons, and lists what they pass on. */
function look(job: usize, layer: usize, parameters: usize, columns: u32, firstRows: usize): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const slopeRow = slopesOf(layer, parameters);
  const kappa = f32x4.splat(kappaOf(layer));
  const nextGamma = f32x4.splat(nextGammaOf(layer));
  // What squares below the normal range may lose of a norm.
  const floor = f32x4.splat(sqrt<f32>(etaOf(job)));
  const outputs = outputsOf(layer);
  const fanOut = outputsOf(nextLayer(layer));
  const step = i32x4.splat(fanOut << 4);
  const lanes = i32x4(0, 1, 2, 3);
  let offsets = firstOffsets(fanOut);
  empty();
  startGradients(firstRows, outputs);
  for (let j: u32 = 0; j < outputs; j += 4) {
    const at = (<usize>j) << 2;
    const here = existing(outputs, j);
    const z = v128.load(values + at);
    const size = f32x4.abs(z);
    const norm = f32x4.sqrt(v128.load(squares + at));
    const e = f32x4.mul(kappa, v128.load(errors + at));
    const f = f32x4.mul(kappa, f32x4.add(v128.load(doubts + at), floor));
    const moves = v128.load(moving + at);
    const slopes = v128.load(slopeRow + at);

    const exists = i32x4.lt_s(lanes, i32x4.splat(outputs - j));
    const counts = v128.and(v128.and(moves, f32x4.ne(slopes, one)), exists);
    const sure = f32x4.gt(norm, f32x4.add(f, f));
    const closer = v128.and(v128.and(counts, sure), f32x4.lt(f32x4.div(size, norm), nearest));
    nearest = v128.bitselect(f32x4.div(size, norm), nearest, closer);
    const indices = i32x4.add(lanes, i32x4.splat(firstNeuronOf(layer) + j));
    neurons = v128.bitselect(indices, neurons, closer);
    const least = f32x4.div(f32x4.max(f32x4.sub(size, e), zero), f32x4.add(norm, f));
    const lower = f32x4.min(doubtful, least);
    doubtful = v128.bitselect(lower, doubtful, v128.andnot(counts, sure));

    const sigma = v128.bitselect(one, slopes, f32x4.gt(z, zero));
    const on = f32x4.ne(sigma, zero);
    const a = f32x4.mul(sigma, z);
    // |z| and a whole e where the slope would do: the sign may be wrong.
    const error = f32x4.mul(kappa, f32x4.add(e, f32x4.mul(nextGamma, f32x4.abs(a))));
    const g = v128.and(error, v128.or(on, f32x4.le(size, e)));
    const steepness = f32x4.mul(f32x4.abs(sigma), kappa);
    const slant = f32x4.mul(steepness, f32x4.add(f, f32x4.mul(nextGamma, norm)));
    hand(offsets, a, g, here);
    handDoubt(offsets, slant, here);
    listGradients(columns, at, offsets, sigma, i32x4.bitmask(v128.and(moves, on)) & here);
    offsets = i32x4.add(offsets, step);
  }
}

/** Combines what the lanes have found. */
function tell(results: usize): void {
  let distance: f32 = FAR;
  let neuron: i32 = -1;
  let doubt: f32 = FAR;
  v128.store(values, nearest);
  v128.store(values, neurons, 16);
  v128.store(values, doubtful, 32);
  for (let at = values; at < values + 16; at += 4) {
    const found = load<f32>(at);
    const whose = load<i32>(at, 16);
    if (found < distance || (found === distance && u32(whose) < u32(neuron))) {
      distance = found;
      neuron = whose;
    }
    doubt = min(doubt, load<f32>(at, 32));
  }
  store<f32>(results, distance);
  store<i32>(results, neuron, 4);
  store<u32>(results, u32(doubt <= distance), 8);
}
