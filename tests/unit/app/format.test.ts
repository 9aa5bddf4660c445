import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatBig,
  formatFactor,
  formatFixed,
  formatInteger,
  formatNumber,
  formatPercent,
  formatPowerOfTwo,
  NO_NUMBER,
  superscript,
} from '../../../app/format.ts';

const thin = '\u202f';

describe('numbers for people', () => {
  it('groups thousands with spaces that do not break and writes the true minus sign', () => {
    expect(formatInteger(2048)).toBe(`2${thin}048`);
    expect(formatInteger(999)).toBe('999');
    expect(formatInteger(-1234567)).toBe(`−1${thin}234${thin}567`);
    expect(formatInteger(10n ** 9n)).toBe(`1${thin}000${thin}000${thin}000`);
  });

  it('keeps significant digits and drops idle zeros', () => {
    expect(formatNumber(1.23456)).toBe('1.23');
    expect(formatNumber(-0.30049)).toBe('−0.3');
    expect(formatNumber(0.00123456)).toBe('0.00123');
    expect(formatNumber(12345.6)).toBe(`12${thin}346`);
    expect(formatNumber(9.999)).toBe('10');
    expect(formatNumber(100)).toBe('100');
  });

  it('writes the very large and the very small as powers of ten', () => {
    expect(formatNumber(1.5e12)).toBe('1.5 × 10¹²');
    expect(formatNumber(-2.5e-9)).toBe('−2.5 × 10⁻⁹');
    expect(formatNumber(1e300)).toBe('1 × 10³⁰⁰');
    expect(formatFixed(1e9, 2)).toBe('1 × 10⁹');
  });

  it('never signs a zero', () => {
    expect(formatNumber(-0)).toBe('0');
    expect(formatFixed(-0.001, 2)).toBe('0.00');
    expect(formatInteger(-0.2)).toBe('0');
  });

  it('shows a dash where there is no number', () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const all = [formatNumber(x), formatInteger(x), formatFixed(x, 2), formatPercent(x)];
      expect([...all, formatPowerOfTwo(x), formatFactor(x)]).toEqual(Array(6).fill(NO_NUMBER));
    }
  });

  it('does not round an imperfect accuracy up to 100 %', () => {
    expect(formatPercent(0.957)).toBe(`95.7${thin}%`);
    expect(formatPercent(0.99999)).toBe(`99.9${thin}%`);
    expect(formatPercent(1)).toBe(`100${thin}%`);
    expect(formatPercent(0)).toBe(`0${thin}%`);
  });

  it('writes powers of two with the number beside them while it is short', () => {
    expect(formatPowerOfTwo(0)).toBe('2⁰ = 1');
    expect(formatPowerOfTwo(11)).toBe(`2¹¹ = 2${thin}048`);
    expect(formatPowerOfTwo(33)).toBe(`2³³ = 8${thin}589${thin}934${thin}592`);
    expect(formatPowerOfTwo(34)).toBe('2³⁴');
    expect(formatPowerOfTwo(512)).toBe('2⁵¹²');
    expect(superscript(-10)).toBe('⁻¹⁰');
  });

  it('shortens long bigints and carries the rounding into the exponent', () => {
    expect(formatBig(137n)).toBe('137');
    expect(formatBig(3_204_000_000_000_000_000n)).toBe('≈ 3.2 × 10¹⁸');
    expect(formatBig(99_999_999_999n)).toBe('≈ 1.0 × 10¹¹');
  });

  it('speaks of factors from barely above one to beyond any double', () => {
    expect(formatFactor(Math.log2(2048 / 22))).toBe('93×');
    expect(formatFactor(1)).toBe('2×');
    expect(formatFactor(Math.log2(1.36))).toBe('1.4×');
    expect(formatFactor(Math.log2(5.2e5))).toBe('5.2 × 10⁵ times');
    expect(formatFactor(5000)).toBe('1.4 × 10¹⁵⁰⁵ times');
  });

  it('agrees in number with its noun', () => {
    expect(countOf(1, 'region')).toBe('1 region');
    expect(countOf(0, 'region')).toBe('0 regions');
    expect(countOf(2, 'vertex', 'vertices')).toBe('2 vertices');
  });
});
