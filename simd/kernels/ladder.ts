// How a ball goes through the layers in the methods of the ladder that are one recursion from the input to the end:
// Algorithm 1 (Zhu, Lin & Tang 2020, guarded), Algorithm 1 with signed remainders (ours), interval bound propagation with
// an exact first layer, and the zonotope domain (DeepZ, Singh et al. 2018) begun with an ℓ2 ball. Every neuron i passes on a_i, L_i (zero for some), in the zonotope
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

import { chords } from '../chords';
import { combineGradients, gradientBytes } from '../gradient';
import { begin, bentEnd } from '../inputs';
import { layerSums } from '../layerSums';
import { fill, markReached } from '../marks';
import { combineNoise, layOutNoise, startNoise } from '../noise';
import { ALGORITHM_1, INTERVAL, remainders, SIGNED } from '../remainders';
import { ballBytesOf, radiusOf, setUp } from '../setup';
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
} from '../structs';
import { bending, bentList, gradientLists, moving, room } from '../workspace';

/** Besides the methods of `remainders`. */
const ZONOTOPE: u32 = 3;

export function algorithm1(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  ladder(ALGORITHM_1, job, layers, parameters, points, results, scratch, width, extra);
}

export function algorithm1plus(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  ladder(SIGNED, job, layers, parameters, points, results, scratch, width, extra);
}

export function ibp(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  ladder(INTERVAL, job, layers, parameters, points, results, scratch, width, extra);
}

export function zonotope(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  ladder(ZONOTOPE, job, layers, parameters, points, results, scratch, width, extra);
}

/** Per point C of every hidden layer. */
function ladder(
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
      combine(method, layer, parameters, k, columns, eta);
      let C: u32;
      if (method === ZONOTOPE) {
        combineNoise(weightsOf(layer, parameters), outputsOf(layer));
        C = chords(job, layer, parameters, first, r, last);
      } else C = remainders(method, job, layer, parameters, first, r, last);
      store<u32>(results + ((<usize>k) << 2), C);
    }
    points += ballBytesOf(job);
    results += resultBytesOf(job);
  }
}

/** The dot products of a layer, which of its neurons can move, and in Algorithm 1 which have a bent input. */
function combine(
  method: u32,
  layer: usize,
  parameters: usize,
  k: u32,
  columns: u32,
  eta: f32,
): void {
  layerSums(layer, parameters, k, eta);
  if (k === 0) return;
  const weights = weightsOf(layer, parameters);
  const outputs = outputsOf(layer);
  const bytes = (<usize>outputs) << 2;
  combineGradients(weights, outputs, method === INTERVAL ? 0 : columns, eta);
  fill(moving, bytes, false);
  markReached(k, weights, bytes, bentList, bentEnd, moving);
  if (method === ALGORITHM_1) memory.copy(bending, moving, bytes);
  markReached(k, weights, bytes, gradientLists, gradientLists + gradientBytes, moving);
}
