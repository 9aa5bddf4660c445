import type { Samples } from '../data/dataset.ts';
import type { Model } from '../model/model.ts';
import { ForwardPass } from './forwardPass.ts';
import { logisticLoss } from './logisticLoss.ts';

export interface Evaluation {
  /** Mean logistic loss, without penalties; null when there are no samples. */
  readonly loss: number | null;
  /** Share of samples on the right side of the decision boundary, in [0, 1]; null when there are no samples. */
  readonly accuracy: number | null;
}

/** How well a network with one output, the logit of class 1, fits samples; a logit of exactly 0 means class 0. */
export function evaluate(net: Model, { count, points, labels }: Samples): Evaluation {
  if (count === 0) return { loss: null, accuracy: null };
  const pass = new ForwardPass(net);
  let loss = 0;
  let right = 0;
  for (let n = 0; n < count; n++) {
    const logit = pass.run(points, n);
    loss += logisticLoss(logit, labels[n]);
    if (logit > 0 === (labels[n] === 1)) right++;
  }
  return { loss: loss / count, accuracy: right / count };
}
