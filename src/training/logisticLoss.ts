/**
 * −log p(label) for a logit z of class 1, p = 1 / (1 + e^−z); written so that no logit overflows:
 * log(1 + e^z) − label · z = max(z, 0) + log(1 + e^−|z|) − label · z.
 */
export const logisticLoss = (logit: number, label: number): number =>
  Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - label * logit;

/** d loss / d logit = 1 / (1 + e^−z) − label. */
export const logisticSlope = (logit: number, label: number): number =>
  1 / (1 + Math.exp(-logit)) - label;
