import type { Model } from '../../model/model.ts';
import type { Comparison } from '../compute.ts';

/** Compares `[n × patternWords]` patterns with one of `[patternWords]`. */
export function comparePatterns(
  net: Model,
  patterns: Uint32Array,
  centre: Uint32Array,
  n: number,
): Comparison {
  const words = net.words;
  const offsets = net.offsets;
  const differs = patterns.map((word, at) => word ^ centre[at % words]);
  const firstLayer = new Int32Array(n).fill(-1);
  const count = new Uint32Array(n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k + 1 < offsets.length; k++)
      for (let bit = offsets[k]; bit < offsets[k + 1]; bit++) {
        if (((differs[i * words + (bit >>> 5)] >>> (bit & 31)) & 1) === 0) continue;
        if (count[i]++ === 0) firstLayer[i] = k;
      }
  return { differs, firstLayer, count };
}
