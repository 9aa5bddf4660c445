import { InputError } from '../errors.ts';

/** 2^C: Algorithm 1's bound on the regions that meet the ball, from C neurons that may switch in it. */
export function powerOfTwo(C: number): bigint {
  checkCount(C);
  return 1n << BigInt(C);
}

/**
 * Π_k Σ_{i ≤ min(d, C_k)} binom(C_k, i): a bound on the regions that meet a convex set of dimension d in which C_k
 * neurons of layer k may switch. Inside a cell of the layers before, layer k is an arrangement of at most C_k
 * hyperplanes, and Zaslavsky's theorem (1975) counts the pieces into which such an arrangement cuts a convex set.
 * Equals 2^C while every C_k ≤ d, and is smaller otherwise.
 */
export function zaslavsky(countsPerLayer: readonly number[], dimension: number): bigint {
  if (!Number.isSafeInteger(dimension) || dimension < 1)
    throw new InputError('the dimension must be a whole number, at least 1');
  let product = 1n;
  for (const count of countsPerLayer) {
    checkCount(count);
    let binomial = 1n;
    let sum = 1n;
    for (let i = 1; i <= Math.min(dimension, count); i++) {
      binomial = (binomial * BigInt(count - i + 1)) / BigInt(i);
      sum += binomial;
    }
    product *= sum;
  }
  return product;
}

/** log₂ of a whole number of any size, to the precision of a 64-bit number; −∞ from 0 down. */
export function log2Big(value: bigint): number {
  if (value <= 0n) return Number.NEGATIVE_INFINITY;
  // At most 1,020 bits are a 64-bit number; the rest are so many halvings.
  const beyond = Math.max(0, value.toString(16).length * 4 - 1020);
  return beyond + Math.log2(Number(value >> BigInt(beyond)));
}

function checkCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new InputError('a number of neurons must be whole and not negative');
}
