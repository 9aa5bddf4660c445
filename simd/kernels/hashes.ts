// 64-bit hashes of the activation patterns of a chunk of points, `[count × 2]`, low word first: the function of
// src/compute/reference/patterns.ts, exactly. The twin of shaders/hashes.wgsl.

import { patternOf, patternWords } from '../bits';
import { startFirstLayer } from '../firstLayer';
import { restIn } from '../propagate';
import { countOf, dimensionOf, resultBytesOf } from '../structs';

export function hashes(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
): void {
  const bits = restIn(scratch, width);
  const end = bits + (patternWords(job) << 2);
  startFirstLayer();
  for (let left = countOf(job); left > 0; left--) {
    patternOf(job, layers, parameters, points, left, scratch, width, bits);
    store<u32>(results, hash(bits, end, 0x243f6a88, 0xcc9e2d51, 0x1b873593));
    store<u32>(results, hash(bits, end, 0x85a308d3, 0x239b961b, 0xab0e9789), 4);
    points += dimensionOf(job) << 2;
    results += resultBytesOf(job);
  }
}

function hash(bits: usize, end: usize, seed: u32, c1: u32, c2: u32): u32 {
  let h = seed;
  for (let at = bits; at < end; at += 4) {
    h ^= rotl<u32>(load<u32>(at) * c1, 15) * c2;
    h = rotl<u32>(h, 13) * 5 + 0xe6546b64;
  }
  h ^= u32(end - bits) >> 2;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}
