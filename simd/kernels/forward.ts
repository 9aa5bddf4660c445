// Outputs f(x) of a chunk of points, `[count × outputs]`; the twin of shaders/forward.wgsl.

import { firstLayer, startFirstLayer } from '../firstLayer';
import { activate, headsIn, listIn } from '../propagate';
import {
  biasesOf,
  countOf,
  dimensionOf,
  hiddenOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopesOf,
  weightsOf,
} from '../structs';
import { affine } from '../sums';

export function forward(
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
    // Whole vectors: what goes past this point's results is written over by the next point's.
    let sums = hidden === 0 ? results : scratch;
    firstLayer(job, layers, parameters, points, left, list, heads, width, sums);
    for (let k: u32 = 1; k <= hidden; k++) {
      const layer = layerAt(layers, k);
      const outputs = outputsOf(layer);
      const before = layerAt(layers, k - 1);
      const slopes = slopesOf(before, parameters);
      const end = activate(sums, outputsOf(before), slopes, outputs, list);
      if (k === hidden) sums = results;
      affine(weightsOf(layer, parameters), biasesOf(layer, parameters), outputs, list, end, sums);
    }
    points += dimensionOf(job) << 2;
    results += resultBytesOf(job);
  }
}
