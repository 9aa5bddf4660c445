import { describe, expect, it } from 'vitest';
import { log2Big, powerOfTwo, zaslavsky } from '../../../src/bounds/regionBounds.ts';
import { InputError } from '../../../src/errors.ts';

describe('bounds on the number of regions', () => {
  it('are exact integers however large', () => {
    expect(powerOfTwo(0)).toBe(1n);
    expect(powerOfTwo(200)).toBe(2n ** 200n);
    expect(zaslavsky([512, 512], 2)).toBe((1n + 512n + 130816n) ** 2n);
  });

  it('have logarithms where no 64-bit number holds them', () => {
    expect(log2Big(0n)).toBe(Number.NEGATIVE_INFINITY);
    expect(log2Big(1n)).toBe(0);
    expect(log2Big(1n << 5000n)).toBe(5000);
    expect(log2Big(137n)).toBeCloseTo(Math.log2(137), 12);
    expect(log2Big(3n ** 4000n)).toBeCloseTo(4000 * Math.log2(3), 8);
  });

  it('count the pieces of hyperplane arrangements', () => {
    expect(zaslavsky([], 2)).toBe(1n);
    expect(zaslavsky([0, 0], 3)).toBe(1n);
    expect(zaslavsky([3], 2)).toBe(7n);
    expect(zaslavsky([4], 3)).toBe(15n);
    expect(zaslavsky([5], 1)).toBe(6n);
    expect(zaslavsky([3, 2, 1], 2)).toBe(7n * 4n * 2n);
  });

  it('agree while no layer has more neurons than dimensions', () => {
    expect(zaslavsky([2, 1, 2], 2)).toBe(powerOfTwo(5));
    expect(zaslavsky([6, 6], 6)).toBe(powerOfTwo(12));
  });

  it('refuse counts that are no counts', () => {
    for (const bad of [-1, 0.5, Number.NaN]) {
      expect(() => powerOfTwo(bad)).toThrow(InputError);
      expect(() => zaslavsky([bad], 2)).toThrow(InputError);
      expect(() => zaslavsky([1], bad)).toThrow(InputError);
    }
    expect(() => zaslavsky([1], 0)).toThrow(InputError);
  });
});
