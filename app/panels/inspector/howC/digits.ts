import { formatNumber } from '../../../format.ts';

/** A number of the recursion, and the text that stands for it. */
export interface Shown {
  /** In all its bits. */
  readonly value: number;
  readonly text: string;
  /** What a person reads: the number that the text says. */
  readonly read: number;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The number that a text of `formatNumber` says. */
export function readShown(text: string): number {
  const [mantissa, power] = text
    .replace(/\u202f/g, '')
    .replace(/−/g, '-')
    .split(' × 10');
  if (power === undefined) return Number(mantissa);
  const digits = Array.from(power, (c) => (c === '⁻' ? '-' : SUPERSCRIPTS.indexOf(c))).join('');
  return Number(`${mantissa}e${digits}`);
}

/** A number to so many significant digits. */
export function shown(value: number, digits: number): Shown {
  const text = formatNumber(value, digits);
  return { value, text, read: readShown(text) };
}

/** All digits that tell one 64-bit number from another. */
export const ALL_DIGITS = 17;

/**
 * A result as a person finds it who works with the numbers shown: to the most digits, up to `most`, to which `value` and
 * all of `found`, which come from those, are the same text. Null if that is true of fewer than `least`.
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
    const one = shown(value, digits);
    if (onPaper.every((other) => formatNumber(other, digits) === one.text)) return one;
  }
  return null;
}
