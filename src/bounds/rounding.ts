/** `nearest`: plain f64. `outward`: every interval is widened by what rounding may have done, see docs/soundness.md. */
export type Rounding = 'nearest' | 'outward';

/** Half the distance between 1 and the next f64: + − × ÷ √ err by a factor within 1 ± it. */
export const UNIT = 2 ** -53;

/**
 * What underflow may lose in one layer, with room to spare: products below 2⁻¹⁰²² lose up to 2⁻¹⁰⁷⁵ each. Parameters
 * and coordinates must be zero or at least 2⁻⁵⁰⁰ in size for that.
 */
export const FLOOR = 2 ** -400;

/** γ_m = m u / (1 − m u) for m roundings; 0 when rounding is not accounted for. */
export function gammaFor(roundings: number, rounding: Rounding): number {
  const mu = roundings * UNIT;
  return rounding === 'outward' ? mu / (1 - mu) : 0;
}
