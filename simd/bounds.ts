// Algorithm 1 of Zhu, Lin & Tang (2020), guarded, in 32 bits, inflated by what rounding may have done: the twin of
// shaders/bounds.wgsl, which says what travels from layer to layer. IEEE arithmetic rounds to nearest and keeps small
// numbers, so the constants, made for the worst that WGSL allows, are more than is needed here.
//
// Per point C of every hidden layer and, with detail, for every neuron A, U, U_raw and the
// flags P | S << 1, which tests look at.
//
// A layer's inputs stand in lists, one for each number that travels: a, g, and every coordinate of the gradient of
// those that are affine. What does not contribute costs nothing.

import { decide } from './decide';
import { combineGradients, gradientBytes } from './gradient';
import { begin, bentEnd } from './inputs';
import { layerSums } from './layerSums';
import { fill, markReached } from './marks';
import { ballBytesOf, radiusOf, setUp } from './setup';
import {
  columnsOf,
  countOf,
  dimensionOf,
  etaOf,
  firstNeuronOf,
  hiddenOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopeOf,
  weightsOf,
} from './structs';
import { bending, bentList, gradientLists, moving } from './workspace';

export function bounds(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
  detail: bool,
): void {
  const d = dimensionOf(job);
  const columns = columnsOf(job);
  const hidden = hiddenOf(job);
  const eta = etaOf(job);
  const firstRows = setUp(job, layers, parameters, scratch, width, extra, eta);
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    const r = radiusOf(job, points);
    begin(points, d, layers);
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      combine(layer, parameters, k, columns, eta);
      const C = decide(
        layer,
        layerAt(layers, k + 1),
        k === 0 ? firstRows : 0,
        columns,
        r,
        slopeOf(job),
        eta,
        detail ? results + ((<usize>(hidden + 4 * firstNeuronOf(layer))) << 2) : 0,
      );
      store<u32>(results + ((<usize>k) << 2), C);
    }
    points += ballBytesOf(job);
    results += resultBytesOf(job);
  }
}

/** The dot products of a layer. */
function combine(layer: usize, parameters: usize, k: u32, columns: u32, eta: f32): void {
  layerSums(layer, parameters, k, eta);
  const weights = weightsOf(layer, parameters);
  const outputs = outputsOf(layer);
  const bytes = (<usize>outputs) << 2;
  fill(bending, bytes, false);
  if (k === 0) return;
  combineGradients(weights, outputs, columns, eta);
  markReached(k, weights, bytes, bentList, bentEnd, bending);
  for (let j: usize = 0; j < bytes; j += 16) v128.store(moving + j, v128.load(bending + j));
  markReached(k, weights, bytes, gradientLists, gradientLists + gradientBytes, moving);
}
