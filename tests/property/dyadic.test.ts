import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dyadics, nearest, quotient, rootOfQuotient } from '../../src/regions/exact/dyadic.ts';
import { Fraction } from '../support/fraction.ts';
import { isNearest } from '../support/rounding.ts';

const positive = fc.bigInt({ min: 1n, max: 2n ** 160n });
const power = fc.integer({ min: -1300, max: 800 });
const scaled = (value: Fraction, exponent: number): Fraction =>
  value.times(
    exponent < 0 ? new Fraction(1n, 2n ** BigInt(-exponent)) : new Fraction(2n ** BigInt(exponent)),
  );
const runs = { numRuns: 1000 };

describe('Rounding to the nearest 64-bit number', () => {
  it('is right for integers times powers of two, quotients and roots, subnormal ones too', () => {
    fc.assert(
      fc.property(positive, positive, power, (n, d, e) => {
        expect(isNearest(nearest(n, e), scaled(new Fraction(n), e))).toBe(true);
        expect(nearest(-n, e)).toBe(-nearest(n, e));
        const exact = new Fraction(n, d);
        expect(isNearest(quotient(n, d, e), scaled(exact, e))).toBe(true);
        expect(isNearest(rootOfQuotient(n, d, e), scaled(exact, 2 * e), 2)).toBe(true);
      }),
      runs,
    );
  });

  it('goes to the even number at a tie, and to infinity beyond the largest', () => {
    const half = 2n ** 53n;
    expect([half + 1n, half + 3n].map((n) => nearest(n, 0))).toEqual([2 ** 53, 2 ** 53 + 4]);
    expect([1n, 3n, 5n].map((n) => nearest(n, -1075))).toEqual([0, 2 ** -1073, 2 ** -1073]);
    expect(quotient(5n, 2n, -1074)).toBe(2 ** -1073);
    // Just above a tie, by what is far beyond the bits that are kept.
    expect(nearest((half + 1n) * 2n ** 200n + 1n, -200)).toBe(2 ** 53 + 2);
    expect(quotient((half + 1n) * 2n ** 200n + 1n, 2n ** 200n)).toBe(2 ** 53 + 2);
    expect(rootOfQuotient((half + 1n) ** 2n, 1n, 0)).toBe(2 ** 53);
    expect(rootOfQuotient((half + 1n) ** 2n * 2n ** 400n + 1n, 2n ** 400n, 0)).toBe(2 ** 53 + 2);
    expect(nearest(2n ** 54n - 1n, 970)).toBe(Number.POSITIVE_INFINITY);
    expect(nearest(2n ** 53n - 1n, 971)).toBe(Number.MAX_VALUE);
  });

  it('gives every number back from its integer, whatever the others are', () => {
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (values) => {
        const { mantissas, exponent } = dyadics(values);
        expect(mantissas.map((m) => nearest(m, exponent))).toEqual(values.map((v) => v + 0));
      }),
      runs,
    );
  });
});
