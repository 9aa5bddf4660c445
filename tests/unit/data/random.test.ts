import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { createRandom, normal, shuffle } from '../../../src/random.ts';

const take = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('the seeded generator', () => {
  it('repeats itself for the same seed and stream', () => {
    expect(take(20, createRandom(7))).toEqual(take(20, createRandom(7)));
    expect(take(20, createRandom(7, 2))).toEqual(take(20, createRandom(7, 2)));
  });

  it('keeps giving the numbers that old links were made with', () => {
    expect(take(3, createRandom(42))).toMatchInlineSnapshot(`
      [
        0.9274895005570182,
        0.7207998810380781,
        0.550863910553156,
      ]
    `);
  });

  it('gives other numbers for another seed, a negative seed, a seed beyond 32 bits and another stream', () => {
    const draws = [
      createRandom(1),
      createRandom(2),
      createRandom(-1),
      createRandom(1 + 2 ** 32),
      createRandom(1, 1),
    ].map((random) => random());
    expect(new Set(draws).size).toBe(draws.length);
  });

  it('is uniform on [0, 1), also across the first draws of neighbouring seeds', () => {
    const first = take(20_000, () => 0).map((_, seed) => createRandom(seed)());
    for (const values of [first, take(20_000, createRandom(3))]) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThan(1);
      // Chi-squared over 100 bins: 99 degrees of freedom, 99.9 % quantile 148.2.
      const bins = new Array<number>(100).fill(0);
      for (const value of values) bins[Math.floor(100 * value)]++;
      const expected = values.length / 100;
      expect(bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(148.2);
    }
  });

  it('uses more than 32 bits of chance per number', () => {
    const fine = take(100, createRandom(5)).filter((value) => !Number.isInteger(value * 2 ** 40));
    expect(fine.length).toBeGreaterThan(90);
  });

  it('refuses a seed that is no whole number', () => {
    for (const seed of [0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => createRandom(seed)).toThrow(InputError);
  });

  it('makes normal numbers of mean 0 and variance 1', () => {
    const values = take(20_000, normal(createRandom(11)));
    expect(Math.abs(mean(values))).toBeLessThan(4 / Math.sqrt(20_000));
    expect(mean(values.map((v) => v * v))).toBeCloseTo(1, 1);
    expect(mean(values.map((v) => v ** 4))).toBeCloseTo(3, 0);
  });

  it('shuffles to every order equally often', () => {
    const random = createRandom(1);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const items = Uint32Array.of(0, 1, 2);
      shuffle(items, random);
      seen.set(items.join(), (seen.get(items.join()) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(130);
  });
});
