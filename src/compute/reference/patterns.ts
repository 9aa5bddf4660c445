import type { Model } from '../../model/model.ts';
import type { Comparison } from '../compute.ts';

/**
 * A 64-bit hash of an activation pattern, the same on every backend. Two independent 32-bit lanes each take the words
 * of the pattern in order, by the mixing step of MurmurHash3 (Appleby), and end with its finaliser over the number of
 * words. Everything is arithmetic modulo 2³², so WGSL's u32 and WebAssembly's i32 give the same bits:
 *
 *     k = rotl(word · C1, 15) · C2;  h = rotl(h XOR k, 13) · 5 + 0xe6546b64     per word
 *     h = h XOR words;  h = (h XOR h≫16) · F1;  h = (h XOR h≫13) · F2;  h = h XOR h≫16
 *
 * The lanes differ in where h begins and in C1, C2. Bits past the last neuron are zero, as `patterns` gives them.
 */
const LANES = [
  { seed: 0x243f6a88, c1: 0xcc9e2d51, c2: 0x1b873593 },
  { seed: 0x85a308d3, c1: 0x239b961b, c2: 0xab0e9789 },
] as const;

const rotl = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** The hash of a pattern's words: low and high word, as unsigned numbers. */
export function patternHash(words: Uint32Array): [low: number, high: number] {
  const [low, high] = LANES.map(({ seed, c1, c2 }) => {
    let h: number = seed;
    for (const word of words) {
      const k = Math.imul(rotl(Math.imul(word, c1), 15), c2);
      h = (Math.imul(rotl(h ^ k, 13), 5) + 0xe6546b64) | 0;
    }
    return finish(h ^ words.length);
  });
  return [low, high];
}

function finish(mixed: number): number {
  let h = mixed;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

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
