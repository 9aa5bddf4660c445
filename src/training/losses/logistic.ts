import { counted, InputError } from '../../errors.ts';
import { type LossKind, labelsBelow } from './loss.ts';

/**
 * −log p(label) for a logit z of class 1, p = 1 / (1 + e^−z); written so that no logit overflows:
 * log(1 + e^z) − label · z = max(z, 0) + log(1 + e^−|z|) − label · z.
 */
export const logisticLoss = (logit: number, label: number): number =>
  Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - label * logit;

/** d loss / d logit = 1 / (1 + e^−z) − label. */
export const logisticSlope = (logit: number, label: number): number =>
  1 / (1 + Math.exp(-logit)) - label;

/** Cross-entropy for two classes: one output, the logit of class 1. A logit of exactly 0 means class 0. */
export const logistic: LossKind = {
  key: 'logistic',
  label: 'Logistic',
  on(samples, outputs) {
    if (outputs !== 1)
      throw new InputError(
        `the logistic loss needs one output, the logit of class 1, but the network has ${counted(outputs, 'output')}`,
      );
    const labels = labelsBelow(2, samples, 'the logistic loss');
    return {
      value: (logits, at, sample) => logisticLoss(logits[at], labels[sample]),
      gradient(logits, at, sample, share, gradient) {
        const logit = logits[at];
        const label = labels[sample];
        gradient[at] = share * logisticSlope(logit, label);
        return logisticLoss(logit, label);
      },
      isRight: (logits, at, sample) => logits[at] > 0 === (labels[sample] === 1),
    };
  },
};
