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
  const given = Float64Array.from(values);
  let exponent = Number.POSITIVE_INFINITY;
  for (let i = 0; i < given.length; i++)
    if (given[i] !== 0) exponent = Math.min(exponent, lastPlace(given[i]));
  if (exponent === Number.POSITIVE_INFINITY) exponent = 0;
  // In two steps, because 2^−exponent alone may be out of range; scaling up by a power of two rounds nothing.
  const half = Math.trunc(exponent / 2);
  const numbers = given.map((v) => v * 2 ** -half * 2 ** (half - exponent));
  let largest = 0;
  for (const v of numbers) largest = Math.max(largest, Math.abs(v));
  const mantissas =
    largest < Number.POSITIVE_INFINITY
      ? Array.from(numbers, BigInt)
      : Array.from(given, (value) => {
          const one = dyadic(value);
          return one.mantissa === 0n ? 0n : one.mantissa << BigInt(one.exponent - exponent);
        });
  return { mantissas, exponent, numbers, largest };
}

/** Exponent of the lowest set bit of a nonzero number. */
function lastPlace(value: number): number {
  word.setFloat64(0, value);
  const high = word.getUint32(0);
  const low = word.getUint32(4);
  const biased = (high >>> 20) & 0x7ff;
  const first = biased === 0 ? -1074 : biased - 1075;
  if (low !== 0) return first + 31 - Math.clz32(low & -low);
  const top = biased === 0 ? high & 0xfffff : (high & 0xfffff) | 0x100000;
  return first + 63 - Math.clz32(top & -top);
}

export const signOf = (value: bigint): -1 | 0 | 1 => (value > 0n ? 1 : value < 0n ? -1 : 0);

const bitLength = (value: bigint): number => {
  const digits = value.toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits[0], 16)) + 28;
};

/**
 * Bits of a quotient or root that are taken before rounding: 53 are kept, one is the half, the rest represents what
 * follows.
 */
const GUARDED = 64;
/** Exponent of the smallest positive 64-bit number. */
const SMALLEST = -1074;

/**
 * The 64-bit number nearest to `mantissa` · 2^`exponent`, ties to even, infinite beyond the largest. With `more`, the
 * value lies strictly between |mantissa| and |mantissa| + 1, and the mantissa has at least 55 bits.
 */
export function nearest(mantissa: bigint, exponent: number, more = false): number {
  if (mantissa === 0n) return 0;
  const size = mantissa < 0n ? -mantissa : mantissa;
  const bits = bitLength(size);
  const place = Math.max(bits + exponent - 53, SMALLEST);
  if (place > 1023) return mantissa < 0n ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const drop = place - exponent;
  let kept = drop > 0 ? size >> BigInt(drop) : size << BigInt(-drop);
  if (drop > 0) {
    const lost = 2n * (size - (kept << BigInt(drop)));
    const unit = 1n << BigInt(drop);
    if (lost > unit || (lost === unit && (more || (kept & 1n) === 1n))) kept += 1n;
  }
  const result = Number(kept) * 2 ** place;
  return mantissa < 0n ? -result : result;
}

/** The 64-bit number nearest to numerator / denominator · 2^exponent, denominator > 0. */
export function quotient(numerator: bigint, denominator: bigint, exponent = 0): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  const shift = GUARDED + bitLength(denominator) - bitLength(size);
  const n = shift >= 0 ? size << BigInt(shift) : size;
  const d = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const whole = n / d;
  const result = nearest(whole, exponent - shift, whole * d !== n);
  return numerator < 0n ? -result : result;
}

/** The 64-bit number nearest to √(numerator / denominator) · 2^exponent, numerator ≥ 0, denominator > 0. */
export function rootOfQuotient(numerator: bigint, denominator: bigint, exponent: number): number {
  if (numerator === 0n) return 0;
  const wanted = 2 * GUARDED + bitLength(denominator) - bitLength(numerator);
  const shift = wanted + (wanted & 1);
  const n = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const d = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const square = n / d;
  const root = integerRoot(square);
  const more = root * root !== square || square * d !== n;
  return nearest(root, exponent - shift / 2, more);
}

/** ⌊√square⌋ of an integer of at most 131 bits: one step of Newton's method doubles the 50 bits of a first guess. */
function integerRoot(square: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(square))));
  root = (root + square / root) >> 1n;
  while (root * root > square) root -= 1n;
  while ((root + 1n) * (root + 1n) <= square) root += 1n;
  return root;
}
