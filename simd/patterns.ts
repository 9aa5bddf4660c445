// Activation patterns of a chunk of points: bit i of a pattern is z > 0 for the neuron with flat index i. The twin of
// shaders/patterns.wgsl.

import { patternOf } from './bits';
import { countOf, dimensionOf, resultBytesOf } from './structs';

export function patterns(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
): void {
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    patternOf(job, layers, parameters, points, scratch, width, results);
    points += dimensionOf(job) << 2;
    results += resultBytesOf(job);
  }
}
