// Post-activations max(z, slope · z) of every hidden neuron of a chunk of points, `[count × neurons]`, in flat order. The
// twin of shaders/activations.wgsl.

import { activate, listPoint } from './propagate';
import {
  biasesOf,
  countOf,
  dimensionOf,
  firstNeuronOf,
  hiddenOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopeOf,
  weightsOf,
} from './structs';
import { affine } from './sums';

export function activations(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
): void {
  const d = dimensionOf(job);
  const hidden = hiddenOf(job);
  const list = scratch + (width << 2);
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    let end = listPoint(points, d, outputsOf(layers), list);
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      const outputs = outputsOf(layer);
      // Whole vectors: what goes past this layer's neurons is written over by what comes next.
      const values = results + (firstNeuronOf(layer) << 2);
      affine(weightsOf(layer, parameters), biasesOf(layer, parameters), outputs, list, end, values);
      end = activate(values, outputs, slopeOf(job), outputsOf(layerAt(layers, k + 1)), list);
    }
    points += d << 2;
    results += resultBytesOf(job);
  }
}
