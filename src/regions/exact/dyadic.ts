/** Dyadic rationals: every finite 64-bit number is an integer times a power of two, and sums and products stay so. */

const word = new DataView(new ArrayBuffer(8));

/** A finite number as mantissa · 2^exponent, the mantissa odd; 0 is 0 · 2^0. */
export function dyadic(value: number): { mantissa: bigint; exponent: number } {
  if (value === 0) return { mantissa: 0n, exponent: 0 };
  word.setFloat64(0, value);
  const bits = word.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  let mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  let exponent = (biased === 0 ? 1 : biased) - 1075;
  const low = Number(mantissa & 0xffffffffn);
  let zeros = low === 0 ? 32 : 31 - Math.clz32(low & -low);
  if (zeros === 32) {
    const high = Number(mantissa >> 32n);
    zeros += 31 - Math.clz32(high & -high);
  }
  mantissa >>= BigInt(zeros);
  exponent += zeros;
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent };
}

/** Many numbers over one power of two: value i is `mantissas[i]` · 2^`exponent`. */
export interface Dyadics {
  readonly mantissas: readonly bigint[];
  readonly exponent: number;
  /** The mantissas as 64-bit numbers: exact where they are below 2^53. */
  readonly numbers: Float64Array;
  /** Largest of their absolute values. */
  readonly largest: number;
}

export function dyadics(values: ArrayLike<number>): Dyadics {
  const each = Array.from(values, dyadic);
  let exponent = Number.POSITIVE_INFINITY;
  for (const one of each)
    if (one.mantissa !== 0n && one.exponent < exponent) exponent = one.exponent;
  if (exponent === Number.POSITIVE_INFINITY) exponent = 0;
  const mantissas = each.map((one) =>
    one.mantissa === 0n ? 0n : one.mantissa << BigInt(one.exponent - exponent),
  );
  const numbers = Float64Array.from(mantissas, Number);
  let largest = 0;
  for (const v of numbers) largest = Math.max(largest, Math.abs(v));
  return { mantissas, exponent, numbers, largest };
}

export const signOf = (value: bigint): -1 | 0 | 1 => (value > 0n ? 1 : value < 0n ? -1 : 0);

const bitLength = (value: bigint): number => {
  const digits = value.toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits[0], 16)) + 28;
};

/** numerator / denominator (> 0) rounded to the nearest 64-bit number (below 2⁻¹⁰²², to one of the two nearest). */
export function quotient(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  // 64 bits of the quotient, of which the last stands for all that follow, round like the whole.
  const shift = 64 + bitLength(denominator) - bitLength(size);
  const n = shift >= 0 ? size << BigInt(shift) : size;
  const d = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const whole = n / d;
  const bits = whole * d === n ? whole : whole | 1n;
  // In two steps: 2^−shift alone may be out of range where the quotient is not.
  const half = Math.trunc(shift / 2);
  const result = Number(bits) * 2 ** -half * 2 ** (half - shift);
  return numerator < 0n ? -result : result;
}

/**
 * √(numerator / denominator) · 2^exponent, denominator > 0, good to one unit in the last place (below 2⁻¹⁰²², to one
 * of the two numbers next to it).
 */
export function rootOfQuotient(numerator: bigint, denominator: bigint, exponent: number): number {
  if (numerator === 0n) return 0;
  // Near 1, where neither the quotient nor its root can leave the range.
  const shift = Math.round((bitLength(denominator) - bitLength(numerator)) / 2);
  const units = BigInt(2 * Math.abs(shift));
  const near =
    shift >= 0
      ? quotient(numerator << units, denominator)
      : quotient(numerator, denominator << units);
  const power = exponent - shift;
  const half = Math.trunc(power / 2);
  return Math.sqrt(near) * 2 ** half * 2 ** (power - half);
}
