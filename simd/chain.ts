// How a ball goes through the layers in the methods of the ladder that are one recursion from the input to the end:
// Algorithm 1+, interval propagation and the zonotope. Every neuron i hands on a_i, L_i (zero for some), in the zonotope
// a row H_i, and g_i ≥ 0, such that for all δ in the ball, and some ε of numbers between −1 and 1, the same for all i,
//
//     |X_i(x + δ) − a_i − L_i·δ − H_i·ε| ≤ err_i      g_i ≥ err_i + γ′(|a_i| + r‖L_i‖ + ‖H_i‖₁)
//
// and the next layer has, with s the inflated ‖Σ W H_i‖₁ (zero but in the zonotope),
//
//     A = b + Σ W a_i    L = Σ W L_i    e = η + γ|b| + Σ|W| g_i    h = r √(η + ‖L‖²)    Û = κ(h + s + e) + η
//
// so that z stays within Û of A in the ball. Where a set is one-sided, a is its middle and err its half: one signed sum
// and one sum of sizes do for both ends. docs/soundness.md proves what Û has to be.

import { chords } from './chords';
import { combineGradients, gradientBytes } from './gradient';
import { begin, bentEnd } from './inputs';
import { layerSums } from './layerSums';
import { fill, markReached } from './marks';
import { combineNoise, layOutNoise, startNoise } from './noise';
import { remainders } from './remainders';
import { ballBytesOf, radiusOf, setUp } from './setup';
import {
  columnsOf,
  countOf,
  dimensionOf,
  etaOf,
  hiddenOf,
  layerAt,
  neuronsOf,
  outputsOf,
  resultBytesOf,
  weightsOf,
} from './structs';
import { bentList, gradientLists, moving, room } from './workspace';

/** What neurons hand on besides a and g: L where they are affine; L always, and H; nothing. */
export const AFFINE: u32 = 0;
export const ZONOTOPE: u32 = 1;
export const INTERVAL: u32 = 2;

/** Per point C of every hidden layer. */
export function chain(
  method: u32,
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
  const eta = etaOf(job);
  const firstRows = setUp(job, layers, parameters, scratch, width, extra, eta);
  if (method === ZONOTOPE) layOutNoise(room, neuronsOf(job));
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    const r = radiusOf(job, points);
    begin(points, d, layers);
    if (method === ZONOTOPE) startNoise();
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      const first = k === 0 ? firstRows : 0;
      const last = k + 1 === hidden;
      combine(layer, parameters, k, method === INTERVAL ? 0 : columns, eta);
      let C: u32;
      if (method === ZONOTOPE) {
        combineNoise(weightsOf(layer, parameters), outputsOf(layer));
        C = chords(job, layer, first, r, last);
      } else C = remainders(job, layer, first, r, last, method === AFFINE);
      store<u32>(results + ((<usize>k) << 2), C);
    }
    points += ballBytesOf(job);
    results += resultBytesOf(job);
  }
}

/** The dot products of a layer, and which of its neurons can move. */
function combine(layer: usize, parameters: usize, k: u32, columns: u32, eta: f32): void {
  layerSums(layer, parameters, k, eta);
  if (k === 0) return;
  const weights = weightsOf(layer, parameters);
  const outputs = outputsOf(layer);
  const bytes = (<usize>outputs) << 2;
  combineGradients(weights, outputs, columns, eta);
  fill(moving, bytes, false);
  markReached(k, weights, bytes, bentList, bentEnd, moving);
  markReached(k, weights, bytes, gradientLists, gradientLists + gradientBytes, moving);
}
