import { log2Big, zaslavsky } from '../../../src/bounds/regionBounds.ts';

/** Numbers with more digits than this are not printed in every row of a table: the logarithm suffices. */
const MOST_DIGITS = 64;

/** The product of Zaslavsky sums for many lists of counts: the sum of each count is computed once. */
export class ZaslavskyTable {
  readonly #dimension: number;
  readonly #sums: { readonly exact: bigint; readonly log2: number }[] = [];

  constructor(dimension: number) {
    this.#dimension = dimension;
  }

  of(counts: readonly number[]): { zaslavsky: string | null; log2Zaslavsky: number } {
    let log2 = 0;
    let product = 1n;
    for (const count of counts) {
      const sum = this.#sum(count);
      log2 += sum.log2;
      product *= sum.exact;
    }
    const digits = log2 * Math.log10(2) <= MOST_DIGITS ? String(product) : null;
    return { zaslavsky: digits, log2Zaslavsky: Math.round(log2 * 1e6) / 1e6 };
  }

  #sum(count: number) {
    this.#sums[count] ??= ((exact) => ({ exact, log2: log2Big(exact) }))(
      zaslavsky([count], this.#dimension),
    );
    return this.#sums[count];
  }
}
