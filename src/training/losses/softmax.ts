import { counted, InputError } from '../../errors.ts';
import { type LossKind, labelsBelow } from './loss.ts';

/**
 * Cross-entropy for several classes: output c is the logit z_c of class c, p = softmax(z), and the loss is −log p_label =
 * log Σ e^z_c − z_label; d loss / d z_c = p_c − [c = label]. Both are computed from the differences to the largest logit,
 * so that no exponential overflows, and without subtracting from 1, so that small ones keep their digits. Equal largest
 * logits mean the first of their classes.
 */
export const softmax: LossKind = {
  key: 'softmax',
  label: 'Softmax cross-entropy',
  on(samples, outputs) {
    if (outputs < 2)
      throw new InputError(
        `the softmax loss needs one output for each of two classes or more, but the network has ${counted(outputs, 'output')}`,
      );
    const labels = labelsBelow(outputs, samples, 'the softmax loss');
    const largest = (logits: Float64Array, at: number): number => {
      let top = 0;
      for (let c = 1; c < outputs; c++) if (logits[at + c] > logits[at + top]) top = c;
      return top;
    };
    return {
      value(logits, at, sample) {
        const top = largest(logits, at);
        let others = 0;
        for (let c = 0; c < outputs; c++)
          if (c !== top) others += Math.exp(logits[at + c] - logits[at + top]);
        return Math.log1p(others) + (logits[at + top] - logits[at + labels[sample]]);
      },
      gradient(logits, at, sample, share, gradient) {
        const top = largest(logits, at);
        const label = labels[sample];
        let others = 0;
        for (let c = 0; c < outputs; c++) {
          const power = c === top ? 1 : Math.exp(logits[at + c] - logits[at + top]);
          if (c !== top) others += power;
          gradient[at + c] = power;
        }
        const scale = share / (1 + others);
        let rest = 0;
        for (let c = 0; c < outputs; c++) {
          if (c === label) continue;
          gradient[at + c] *= scale;
          rest += gradient[at + c];
        }
        gradient[at + label] = -rest;
        return Math.log1p(others) + (logits[at + top] - logits[at + label]);
      },
      isRight: (logits, at, sample) => largest(logits, at) === labels[sample],
    };
  },
};
