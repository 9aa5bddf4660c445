// Post-activations σ(z) = max(z, slope · z) of every hidden neuron of a chunk of points, `[count × neurons]`, in flat order. The
// twin of shaders/activations.wgsl.

import { firstLayer, startFirstLayer } from '../firstLayer';
import { activate, headsIn, listIn } from '../propagate';
import {
  biasesOf,
  countOf,
  dimensionOf,
  firstNeuronOf,
  hiddenOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopesOf,
  weightsOf,
} from '../structs';
import { affine } from '../sums';

export function activations(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
): void {
  const hidden = hiddenOf(job);
  const list = listIn(scratch, width);
  const heads = headsIn(scratch, width);
  startFirstLayer();
  for (let left = countOf(job); left > 0; left--) {
    // Whole vectors: what goes past a layer's neurons is written over by what comes next.
    firstLayer(job, layers, parameters, points, left, list, heads, width, results);
    for (let k: u32 = 0; k < hidden; k++) {
      const layer = layerAt(layers, k);
      const next = layerAt(layers, k + 1);
      const values = results + ((<usize>firstNeuronOf(layer)) << 2);
      const outputs = outputsOf(next);
      const slopes = slopesOf(layer, parameters);
      const end = activate(values, outputsOf(layer), slopes, outputs, list);
      if (k + 1 === hidden) break;
      const sums = results + ((<usize>firstNeuronOf(next)) << 2);
      affine(weightsOf(next, parameters), biasesOf(next, parameters), outputs, list, end, sums);
    }
    points += dimensionOf(job) << 2;
    results += resultBytesOf(job);
  }
}
