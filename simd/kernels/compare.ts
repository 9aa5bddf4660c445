// The activation patterns of a chunk of points beside that of a centre, whose words stand in `extra`: per point the
// words of the neurons that differ, how many those are, and the first hidden layer that has one, −1 where none has. The
// twin of shaders/compare.wgsl.

import { patternOf, patternWords } from '../bits';
import { startFirstLayer } from '../firstLayer';
import { countOf, dimensionOf, firstNeuronOf, hiddenOf, layerAt, resultBytesOf } from '../structs';

export function compare(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  const words = patternWords(job);
  startFirstLayer();
  for (let left = countOf(job); left > 0; left--) {
    patternOf(job, layers, parameters, points, left, scratch, width, results);
    let count: u32 = 0;
    let first: i32 = -1;
    for (let w: usize = 0; w < words; w++) {
      const at = w << 2;
      const differs = load<u32>(results + at) ^ load<u32>(extra + at);
      store<u32>(results + at, differs);
      if (count === 0 && differs !== 0)
        first = layerOf(job, layers, u32(w << 5) + ctz<u32>(differs));
      count += popcnt<u32>(differs);
    }
    store<u32>(results + (words << 2), count);
    store<i32>(results + (words << 2), first, 4);
    points += dimensionOf(job) << 2;
    results += resultBytesOf(job);
  }
}

/** The hidden layer of a neuron. */
function layerOf(job: usize, layers: usize, neuron: u32): u32 {
  let k: u32 = 0;
  const last = hiddenOf(job) - 1;
  while (k < last && firstNeuronOf(layerAt(layers, k + 1)) <= neuron) k++;
  return k;
}
