// Activation patterns of a chunk of points: bit i of a pattern is z > 0 for the neuron with flat index i. The twin of
// shaders/patterns.wgsl.

import { patternOf } from '../bits';
import { startFirstLayer } from '../firstLayer';
import { countOf, dimensionOf, resultBytesOf } from '../structs';

export function patterns(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
): void {
  startFirstLayer();
  for (let left = countOf(job); left > 0; left--) {
    patternOf(job, layers, parameters, points, left, scratch, width, results);
    points += dimensionOf(job) << 2;
    results += resultBytesOf(job);
  }
}
