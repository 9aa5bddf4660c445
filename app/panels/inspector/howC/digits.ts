import { formatNumber } from '../../../format.ts';

/** A number of the recursion, and the text that stands for it. */
export interface Shown {
  /** In all its bits. */
  readonly value: number;
  readonly text: string;
  /** What a person reads: the number that the text says. */
  readonly read: number;
}

/** All digits that tell one 64-bit number from another. */
export const ALL_DIGITS = 17;

/**
 * Digits of a number that one layer passes on to the next, from the 64-bit number: the same in both, so that the next layer
 * starts from what is read here.
 */
export const PASSED_DIGITS = 7;

/** The number that `formatNumber` writes, without its text: whole parts keep their digits up to 10⁷. */
function rounded(x: number, digits: number): number {
  const size = Math.abs(x);
  if (size === 0) return 0;
  if (size >= 1e7 || size < 1e-4) return Number(x.toExponential(digits - 1));
  const decimals = digits - 1 - Math.floor(Math.log10(size));
  return Number(x.toFixed(Math.min(20, Math.max(0, decimals))));
}

/** A number to so many significant digits. Most are looked at as numbers alone: the text is made where it is asked for. */
export const shown = (value: number, digits: number): Shown => ({
  value,
  read: rounded(value, digits),
  get text() {
    return formatNumber(value, digits);
  },
});

/**
 * A result as a person finds it who works with the numbers shown: to the most digits, up to `most`, to which `value` and
 * all of `found`, which come from those, are rounded alike. Null if that is true of fewer than `least`.
 * @param size of the largest number that went into `found`: what 64 bits lose of it here is not lost on paper
 */
export function result(
  value: number,
  found: readonly number[],
  size: number,
  most: number,
  least: number,
): Shown | null {
  const error = size * 2 ** -52;
  const onPaper = found.flatMap((v) => (v === 0 && value === 0 ? [v] : [v - error, v + error]));
  for (let digits = most; digits >= least; digits--) {
    const one = rounded(value, digits);
    if (onPaper.every((other) => rounded(other, digits) === one)) return shown(value, digits);
  }
  return null;
}
