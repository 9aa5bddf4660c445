import { Fraction } from './fraction.ts';

const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

/** The next 64-bit number above a number ≥ 0. */
export function up(value: number): number {
  number[0] = value;
  bits[0] += 1n;
  return number[0];
}

/** The next 64-bit number below a number > 0. */
export function down(value: number): number {
  number[0] = value;
  bits[0] -= 1n;
  return number[0];
}

const HALF = new Fraction(1n, 2n);
const middle = (p: number, q: number): Fraction => Fraction.of(p).plus(Fraction.of(q)).times(HALF);

/** Whether no 64-bit number is nearer to the truth, of which `power` ≥ 0 is the power 1 or 2. */
export function isNearest(value: number, power: Fraction, exponent: 1 | 2 = 1): boolean {
  if (power.sign < 0) return exponent === 1 && isNearest(-value, new Fraction(-power.n, power.d));
  if (!(value >= 0 && value < Number.MAX_VALUE)) return false;
  const raised = (root: Fraction) => (exponent === 1 ? root : root.times(root));
  const above = raised(middle(value, up(value)));
  if (power.minus(above).sign > 0) return false;
  return value === 0 || power.minus(raised(middle(down(value), value))).sign >= 0;
}
