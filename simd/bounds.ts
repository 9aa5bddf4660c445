// Algorithm 1 of Zhu, Lin & Tang (2020), guarded, in 32 bits, inflated by what rounding may have done: the twin of
// shaders/bounds.wgsl, which says what travels from layer to layer. IEEE arithmetic rounds to nearest and keeps small
// numbers, so the constants, made for the worst that WGSL allows, are more than is needed here.
//
// Per point C of every hidden layer and, with detail, for every neuron A, U, U_raw and the flags P | S << 1 | clear << 2.
//
// A layer's inputs stand in lists, one for each number that travels: a, g, q, and every coordinate of the gradient of
// those that are affine. What does not contribute costs nothing.

import { begin, bentEnd, decide, doubtEnd, errorEnd, valueEnd } from './decide';
import { combineGradients, firstLayerSquares, gradientBytes } from './gradient';
import { ENTRY_BYTES } from './list';
import {
  biasesOf,
  countOf,
  dimensionOf,
  etaOf,
  firstNeuronOf,
  gammaOf,
  hiddenOf,
  inputsOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopeOf,
  weightsOf,
} from './structs';
import { affine, reach } from './sums';
import {
  bending,
  bentList,
  dense,
  doubtList,
  doubts,
  errorList,
  errors,
  firstMoving,
  firstSquares,
  gradientLists,
  layOut,
  moving,
  squares,
  valueList,
  values,
} from './workspace';

export function bounds(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  _extra: usize,
  results: usize,
  scratch: usize,
  width: u32,
  detail: bool,
): void {
  const d = dimensionOf(job);
  const hidden = hiddenOf(job);
  const eta = etaOf(job);
  layOut(scratch, width, d);
  prepare(layers, parameters, hidden, d, eta);
  const firstRows = weightsOf(layers, parameters);
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    const r = load<f32>(points + (d << 2));
    const slack = load<f32>(points + (d << 2), 4);
    begin(points, d, layers, detail);
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      combine(layer, parameters, k, d, eta, detail);
      const C = decide(
        layer,
        layerAt(layers, k + 1),
        k === 0 ? firstRows : 0,
        d,
        r,
        slack,
        slopeOf(job),
        eta,
        detail ? results + ((<usize>(hidden + 4 * firstNeuronOf(layer))) << 2) : 0,
      );
      store<u32>(results + ((<usize>k) << 2), C);
    }
    points += (d + 2) << 2;
    results += resultBytesOf(job);
  }
}

/** What is the same for all points: which layers are dense, ‖L‖² of the first and which of its neurons can move. */
function prepare(layers: usize, parameters: usize, hidden: u32, d: u32, eta: f32): void {
  for (let k: u32 = 0; k < hidden; k++) {
    const layer = layerAt(layers, k);
    const from = weightsOf(layer, parameters);
    const to = from + ((<usize>inputsOf(layer) * outputsOf(layer)) << 2);
    let full: u32 = 1;
    for (let at = from; at < to; at += 4) full &= u32(load<f32>(at) !== 0);
    store<u32>(dense + ((<usize>k) << 2), full);
  }
  const rows = weightsOf(layers, parameters);
  const bytes = (<usize>outputsOf(layers)) << 2;
  firstLayerSquares(rows, outputsOf(layers), d, eta, firstSquares);
  fill(firstMoving, bytes, false);
  for (let t: usize = 0; t < d; t++) mark(rows + t * bytes, bytes, firstMoving);
}

/** The dot products of a layer. */
function combine(layer: usize, parameters: usize, k: u32, d: u32, eta: f32, detail: bool): void {
  const weights = weightsOf(layer, parameters);
  const biases = biasesOf(layer, parameters);
  const outputs = outputsOf(layer);
  const gamma = gammaOf(layer);
  affine(weights, biases, outputs, valueList, valueEnd, values);
  reach(weights, biases, outputs, errorList, errorEnd, errors, eta, gamma);
  if (detail) reach(weights, biases, outputs, doubtList, doubtEnd, doubts, 2 * eta, 2 * gamma);
  const bytes = (<usize>outputs) << 2;
  if (k === 0) {
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(squares + j, v128.load(firstSquares + j));
      v128.store(moving + j, v128.load(firstMoving + j));
    }
    fill(bending, bytes, false);
    return;
  }
  combineGradients(weights, outputs, d, eta);
  if (load<u32>(dense + ((<usize>k) << 2)) !== 0) markAll(bytes);
  else markReached(weights, bytes);
}

/** Every input reaches every neuron. */
function markAll(bytes: usize): void {
  const bent = bentEnd !== bentList;
  fill(bending, bytes, bent);
  fill(moving, bytes, bent || gradientBytes > 0);
}

function fill(marks: usize, bytes: usize, mark: bool): void {
  const all = i32x4.splat(mark ? -1 : 0);
  for (let j: usize = 0; j < bytes; j += 16) v128.store(marks + j, all);
}

/** Which neurons are reached by inputs that move, and by bent ones, when some weights are zero. */
function markReached(weights: usize, bytes: usize): void {
  fill(bending, bytes, false);
  for (let at = bentList; at < bentEnd; at += ENTRY_BYTES)
    mark(weights + load<u32>(at), bytes, bending);
  for (let j: usize = 0; j < bytes; j += 16) v128.store(moving + j, v128.load(bending + j));
  for (let at: usize = 0; at < gradientBytes; at += ENTRY_BYTES)
    mark(weights + load<u32>(gradientLists + at), bytes, moving);
}

function mark(row: usize, bytes: usize, marks: usize): void {
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(marks + j, v128.or(v128.load(marks + j), f32x4.ne(v128.load(row + j), zero)));
}
