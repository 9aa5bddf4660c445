import { describe, expect, it } from 'vitest';
import { patternHash } from '../../../src/compute/reference/patterns.ts';

describe('the hash of a pattern', () => {
  it('has a low lane that is MurmurHash3’s, but for counting words where that counts bytes', () => {
    // The same steps in BigInt, as a second opinion on the 32-bit arithmetic.
    const M = 2n ** 32n;
    const rotl = (x: bigint, by: bigint) => ((x << by) | (x >> (32n - by))) % M;
    const lane = (words: number[], seed: bigint, c1: bigint, c2: bigint): number => {
      let h = seed;
      for (const word of words) {
        const k = (rotl((BigInt(word) * c1) % M, 15n) * c2) % M;
        h = (rotl(h ^ k, 13n) * 5n + 0xe6546b64n) % M;
      }
      h ^= BigInt(words.length);
      h = ((h ^ (h >> 16n)) * 0x85ebca6bn) % M;
      h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) % M;
      return Number(h ^ (h >> 16n));
    };
    for (const words of [[], [0], [1], [0xffffffff, 7], [1, 2, 3, 0x80000000]])
      expect(patternHash(Uint32Array.from(words))).toEqual([
        lane(words, 0x243f6a88n, 0xcc9e2d51n, 0x1b873593n),
        lane(words, 0x85a308d3n, 0x239b961bn, 0xab0e9789n),
      ]);
  });

  it('keeps apart patterns that differ in a bit or two, in both halves', () => {
    const low = new Set<number>();
    const high = new Set<number>();
    const bits = 160;
    let patterns = 0;
    for (let i = 0; i < bits; i++)
      for (let j = i; j < bits; j++, patterns++) {
        const words = new Uint32Array(5);
        words[i >> 5] |= 1 << (i & 31);
        words[j >> 5] |= 1 << (j & 31);
        const [l, h] = patternHash(words);
        low.add(l);
        high.add(h);
      }
    expect(patterns).toBe(12_880);
    // By chance 0.02 pairs of 12,880 share a 32-bit hash.
    expect(low.size).toBeGreaterThanOrEqual(patterns - 1);
    expect(high.size).toBeGreaterThanOrEqual(patterns - 1);
  });

  it('turns every bit of the hash over for half of the single-bit changes', () => {
    const flips = new Array<number>(64).fill(0);
    let trials = 0;
    for (let seed = 1; seed <= 40; seed++)
      for (let bit = 0; bit < 96; bit++, trials++) {
        const words = Uint32Array.from([1, 2, 3], (w) => Math.imul(seed * w, 0x9e3779b1));
        const before = patternHash(words);
        words[bit >> 5] ^= 1 << (bit & 31);
        const after = patternHash(words);
        for (let b = 0; b < 64; b++)
          flips[b] += ((before[b >> 5] ^ after[b >> 5]) >>> (b & 31)) & 1;
      }
    for (const count of flips) {
      expect(count / trials).toBeGreaterThan(0.45);
      expect(count / trials).toBeLessThan(0.55);
    }
  });
});
