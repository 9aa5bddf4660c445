/** 2^C: Algorithm 1's bound on the number of regions. */
export const powerOfTwo = (C: number): bigint => 1n << BigInt(C);

/** n choose i. */
function binomial(n: number, i: number): bigint {
  let result = 1n;
  for (let k = 1; k <= i; k++) result = (result * BigInt(n - k + 1)) / BigInt(k);
  return result;
}

/**
 * ∏_k Σ_{i ≤ min(d, C_k)} (C_k choose i): in a convex set of dimension d, the C_k lines of one layer cut every cell of
 * the layers before into at most so many parts (Zaslavsky). It is 2^C as long as no C_k exceeds d, and below it from
 * then on.
 *
 * @param counts undecided neurons per layer
 * @param dimension d, of the input space
 */
export function zaslavsky(counts: readonly number[], dimension: number): bigint {
  return counts.reduce((product, C) => {
    let parts = 0n;
    for (let i = 0; i <= Math.min(dimension, C); i++) parts += binomial(C, i);
    return product * parts;
  }, 1n);
}
