import { tidyView, type View } from '../src/settings/compound.ts';

/** Narrow and unbreakable: a number must not continue on the next line. */
const THIN_SPACE = '\u202f';
const MINUS = '\u2212';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Stands where a number would, when there is none to show. */
export const NO_NUMBER = '–';

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);

/** Decimal text of a finite number with the minus sign and thin-space thousands of print. */
function typeset(text: string): string {
  const negative = text.startsWith('-');
  const [whole, fraction] = (negative ? text.slice(1) : text).split('.');
  const body = group(whole) + (fraction === undefined ? '' : `.${fraction}`);
  return negative && /[1-9]/.test(body) ? MINUS + body : body;
}

/** An integer in superscript digits: −12 becomes ⁻¹². */
export function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (d) => SUPERSCRIPTS[Number(d)]);
  return exponent < 0 ? `⁻${digits}` : digits;
}

function scientific(x: number, digits: number): string {
  const [mantissa, exponent] = x.toExponential(digits - 1).split('e');
  return `${typeset(trimZeros(mantissa))} × 10${superscript(Number(exponent))}`;
}

const trimZeros = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text;

/** A whole number with thin-space thousands; a fraction is rounded. */
export function formatInteger(n: number | bigint): string {
  if (typeof n === 'bigint') return typeset(n.toString());
  if (!Number.isFinite(n)) return NO_NUMBER;
  return Math.abs(n) < 1e21 ? typeset(BigInt(Math.round(n)).toString()) : scientific(n, 3);
}

/**
 * A number to `digits` significant digits, trailing zeros dropped; whole parts keep all their digits up to
 * 10⁷, and what is larger, or smaller than 10⁻⁴, is written as a power of ten.
 */
export function formatNumber(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return NO_NUMBER;
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size >= 1e7 || size < 1e-4) return scientific(x, digits);
  const decimals = digits - 1 - Math.floor(Math.log10(size));
  return typeset(trimZeros(x.toFixed(Math.min(20, Math.max(0, decimals)))));
}

/** A number with a fixed count of decimals, for columns and values that change in place. */
export function formatFixed(x: number, decimals: number): string {
  if (!Number.isFinite(x)) return NO_NUMBER;
  return Math.abs(x) >= 1e7 ? scientific(x, 3) : typeset(x.toFixed(decimals));
}

/** A fraction as a percentage: 0.957 becomes "95.7 %". Only exactly 1 is "100 %": 0.9999 is "99.9 %". */
export function formatPercent(fraction: number, decimals = 1): string {
  if (!Number.isFinite(fraction)) return NO_NUMBER;
  const scale = 10 ** decimals;
  const rounded = Math.round(fraction * 100 * scale) / scale;
  const shown = rounded >= 100 && fraction < 1 ? 100 - 1 / scale : rounded;
  return `${typeset(trimZeros(shown.toFixed(decimals)))}${THIN_SPACE}%`;
}

/** A bigint in full while it has at most `maxDigits` digits, else "≈ 3.2 × 10¹⁸". */
export function formatBig(n: bigint, maxDigits = 10): string {
  const text = n.toString();
  const negative = text.startsWith('-');
  const digits = negative ? text.slice(1) : text;
  if (digits.length <= maxDigits) return typeset(text);
  let exponent = digits.length - 1;
  let mantissa = Number(`${digits[0]}.${digits.slice(1, 15)}`).toFixed(1);
  if (mantissa === '10.0') {
    mantissa = '1.0';
    exponent++;
  }
  return `≈ ${negative ? MINUS : ''}${mantissa} × 10${superscript(exponent)}`;
}

/** 2^C as a power: "2¹¹". */
export const formatPower = (exponent: number): string =>
  Number.isFinite(exponent) ? `2${superscript(exponent)}` : NO_NUMBER;

/** 2^C as a power and, when it has at most `maxDigits` digits, as a number: "2¹¹ = 2 048". */
export function formatPowerOfTwo(exponent: number, maxDigits = 10): string {
  if (!Number.isInteger(exponent) || exponent < 0) return NO_NUMBER;
  const value = (1n << BigInt(exponent)).toString();
  const power = formatPower(exponent);
  return value.length <= maxDigits ? `${power} = ${typeset(value)}` : power;
}

/** The factor 2^x, for "93× too high": two digits below 10, whole up to 10⁵, above that "5.2 × 10⁵ times". */
export function formatFactor(log2: number): string {
  if (!Number.isFinite(log2)) return NO_NUMBER;
  const tens = log2 * Math.LOG10E * Math.LN2;
  if (tens < 1) return `${formatNumber(2 ** log2, 2)}×`;
  if (tens < 5) return `${formatInteger(2 ** log2)}×`;
  let exponent = Math.floor(tens);
  let mantissa = (10 ** (tens - exponent)).toFixed(1);
  if (mantissa === '10.0') {
    mantissa = '1.0';
    exponent++;
  }
  return `${mantissa} × 10${superscript(exponent)} times`;
}

/** A number with all its digits: a place must not be rounded to where it is not. */
function formatExactly(x: number): string {
  const size = Math.abs(x);
  if (x === 0 || (size >= 1e-4 && size < 1e7)) return typeset(String(x));
  const [mantissa, exponent] = x.toExponential().split('e');
  return `${typeset(mantissa)} × 10${superscript(Number(exponent))}`;
}

/** The square of a view: "[−1.2, 1.2]²" about 0, elsewhere "[0.2 ± 0.6] × [0.1 ± 0.6]". */
export function formatSquare(view: View): string {
  const { x, y, half } = tidyView(view);
  const [h, along] = [
    formatExactly(half),
    (v: number) => `[${formatExactly(v)} ± ${formatExactly(half)}]`,
  ];
  if (x === 0 && y === 0) return `[${MINUS}${h}, ${h}]²`;
  return x === y ? `${along(x)}²` : `${along(x)} × ${along(y)}`;
}

/** A number that is only known from below where `known` says so: "≥ 12", "12". */
export const atLeast = (text: string, lowerBound: boolean): string =>
  lowerBound ? `≥ ${text}` : text;

/** "1 region", "22 regions". */
export const countOf = (n: number, singular: string, plural = `${singular}s`): string =>
  `${formatInteger(n)} ${n === 1 ? singular : plural}`;
