import { ALL_DIGITS, result, type Shown, shown } from './digits.ts';

/** One term of a sum: a factor times a number, or times a vector; the bias has neither factor nor input. */
export interface Term {
  /** Which input it comes from, from 0; null for the bias. */
  readonly input: number | null;
  readonly factor: Shown | null;
  readonly times: readonly Shown[];
  readonly product: readonly Shown[];
}

/** A sum of such terms, with as many digits as are needed for a person to find the total by hand. */
export interface Sum {
  /** In the order of the inputs. */
  readonly terms: readonly Term[];
  /** The largest ones, where there are many. */
  readonly large: readonly Term[];
  /** How many others there are, and what they add; null where `large` has all. */
  readonly rest: { readonly count: number; readonly sum: readonly Shown[] } | null;
  readonly total: readonly Shown[];
  /** Whether the total follows from the digits shown; otherwise rounding of 64-bit numbers is all that is seen of it. */
  readonly follows: boolean;
}

/** What a sum is made of, before any rounding. */
export interface RawTerm {
  readonly input: number | null;
  /** Null for the bias. */
  readonly factor: number | null;
  readonly times: readonly number[];
}

/** Of more terms only the largest are shown at first. */
const MOST_TERMS = 8;
const LARGEST = 6;

const sizeOf = ({ product }: Term): number => Math.hypot(...product.map(({ value }) => value));

/** How many digits an input is shown with in a sum whose factors have so many. */
export type InputDigits = (digits: number) => number;

/** The product of what is shown, and the factors with so many digits. */
function termOf({ input, factor, times }: RawTerm, digits: number, inputs: InputDigits): Term {
  if (factor === null) {
    return { input, factor, times: [], product: times.map((v) => shown(v, digits)) };
  }
  const numbers = times.map((v) => shown(v, inputs(digits)));
  const by = shown(factor, digits);
  const product = numbers.map((number) => {
    const value = factor * number.value;
    const found = by.read * number.read;
    return result(value, [found], Math.abs(found), digits, 1) ?? shown(value, digits);
  });
  return { input, factor: by, times: numbers, product };
}

const largest = (terms: readonly Term[]): readonly Term[] => {
  if (terms.length <= MOST_TERMS) return terms;
  const order = [...terms].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, LARGEST);
  return terms.filter((term) => order.includes(term));
};

/** The sum of the sizes of what is read. */
const spread = (terms: readonly Term[], t: number): number =>
  terms.reduce((sum, { product }) => sum + Math.abs(product[t].read), 0);

const addRead = (terms: readonly Term[], t: number): number =>
  terms.reduce((sum, { product }) => sum + product[t].read, 0);

/**
 * The sum with `digits` digits in its terms, or with more where the total would not have `digits` − 2 that follow from
 * them, as after cancellation.
 * @param total the components of the sum, as the engine has them
 */
export function sumOf(
  raw: readonly RawTerm[],
  total: readonly number[],
  digits: number,
  inputs: InputDigits,
): Sum {
  // With all digits, the order of the sum may show in the last ones.
  const least = Math.min(digits - 2, 12);
  for (let d = digits; ; d++) {
    const terms = raw.map((term) => termOf(term, d, inputs));
    const large = largest(terms);
    const small = terms.filter((term) => !large.includes(term));
    const sums = total.map((_, t) => {
      const sum = small.reduce((all, { product }) => all + product[t].value, 0);
      return result(sum, [addRead(small, t)], spread(small, t), d, 1) ?? shown(sum, d);
    });
    // The same digits have to follow from all terms, and from the largest with the sum of the others.
    const found = total.map((value, t) => {
      const short = addRead(large, t) + (small.length > 0 ? sums[t].read : 0);
      return result(value, [addRead(terms, t), short], spread(terms, t), d, least);
    });
    const rest = small.length > 0 ? { count: small.length, sum: sums } : null;
    const follows = found.every((one) => one !== null);
    if (follows || d >= ALL_DIGITS)
      return {
        terms,
        large,
        rest,
        total: found.map((one, t) => one ?? shown(total[t], 3)),
        follows,
      };
  }
}
