/** `outward`: every interval is widened by the possible rounding error, see docs/soundness.md. `nearest`: plain f64, to compare with. */
export type Rounding = 'nearest' | 'outward';

/** Half the distance between 1 and the next f64: + − × ÷ √ err by a factor within 1 ± it, and × ÷ by 2⁻¹⁰⁷⁵ besides. */
export const UNIT = 2 ** -53;

/** Far above all that underflow can lose in the sums of one neuron, and far below numbers that people mean. */
const TINY = 2 ** -1000;

/**
 * What underflow may lose in one neuron's own sums, or in what it passes on, in a ball of radius r: products lose up to
 * 2⁻¹⁰⁷⁵ each, and those in a gradient that much for every unit of the radius. 0 when rounding is not accounted for.
 */
export const underflowIn = (r: number, rounding: Rounding): number =>
  rounding === 'outward' ? TINY * (1 + r) : 0;

/** γ_m = m u / (1 − m u) for m roundings; 0 when rounding is not accounted for. */
export function gammaFor(roundings: number, rounding: Rounding): number {
  const mu = roundings * UNIT;
  return rounding === 'outward' ? mu / (1 - mu) : 0;
}
