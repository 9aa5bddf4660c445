import { InputError } from '../errors.ts';

/** Numbers m · 2^exponent that share one exponent: every 64-bit number is of this form, without rounding. */
export interface Dyadic {
  readonly integers: readonly bigint[];
  readonly exponent: number;
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);
const MANTISSA = (1n << 52n) - 1n;

/** An odd integer m and an exponent e with value = m · 2^e. */
function parts(value: number): { m: bigint; e: number } {
  float[0] = value;
  const raw = Number((bits[0] >> 52n) & 0x7ffn);
  const m = (bits[0] & MANTISSA) | (raw === 0 ? 0n : 1n << 52n);
  const zeros = Math.log2(Number(m & -m));
  const odd = m >> BigInt(zeros);
  return { m: value < 0 ? -odd : odd, e: Math.max(raw, 1) - 1075 + zeros };
}

/**
 * The numbers exactly, with the largest exponent that fits all.
 *
 * @throws InputError for a number that is not finite
 */
export function dyadic(values: ArrayLike<number>): Dyadic {
  const all = Array.from(values, (value) => {
    if (!Number.isFinite(value))
      throw new InputError('exact arithmetic needs numbers that are finite');
    return value === 0 ? null : parts(value);
  });
  let exponent = Number.POSITIVE_INFINITY;
  for (const part of all) if (part !== null && part.e < exponent) exponent = part.e;
  if (exponent === Number.POSITIVE_INFINITY) exponent = 0;
  return {
    integers: all.map((part) => (part === null ? 0n : part.m << BigInt(part.e - exponent))),
    exponent,
  };
}

/** n / d, for n ≥ 0 and d > 0, rounded to the nearest 64-bit number. */
export function quotient(n: bigint, d: bigint): number {
  if (n === 0n) return 0;
  // 64 bits and more, of which the last stands for all that follow, round like the whole.
  const shift = Math.max(0, 4 * (d.toString(16).length - n.toString(16).length) + 68);
  const scaled = n << BigInt(shift);
  const whole = scaled / d;
  const rounded = Number(whole * d === scaled ? whole : whole | 1n);
  const half = Math.floor(shift / 2);
  return rounded * 2 ** -half * 2 ** (half - shift);
}
