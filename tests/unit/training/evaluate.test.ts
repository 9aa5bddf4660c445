import { describe, expect, it } from 'vitest';
import { createModel } from '../../../src/model/model.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { logisticLoss, logisticSlope } from '../../../src/training/logisticLoss.ts';

/** f(x, y) = x */
const first = createModel([
  { inputs: 2, outputs: 1, weights: Float64Array.of(1, 0), biases: Float64Array.of(0) },
]);

describe('the logistic loss', () => {
  it('is log 2 for a logit that says nothing', () => {
    expect(logisticLoss(0, 0)).toBeCloseTo(Math.LN2, 15);
    expect(logisticLoss(0, 1)).toBeCloseTo(Math.LN2, 15);
  });

  it('equals −log p where that can be computed directly', () => {
    for (const z of [-3, -0.5, 0.25, 4]) {
      expect(logisticLoss(z, 1)).toBeCloseTo(-Math.log(1 / (1 + Math.exp(-z))), 13);
      expect(logisticLoss(z, 0)).toBeCloseTo(-Math.log(1 - 1 / (1 + Math.exp(-z))), 13);
    }
  });

  it('stays finite and precise for enormous logits', () => {
    expect(logisticLoss(1e300, 0)).toBe(1e300);
    expect(logisticLoss(-1e300, 1)).toBe(1e300);
    expect(logisticLoss(1e300, 1)).toBe(0);
    expect(logisticLoss(-800, 0)).toBe(0);
    expect(logisticLoss(-30, 0)).toBeCloseTo(Math.exp(-30), 25);
    for (const z of [-1e300, 1e300])
      for (const label of [0, 1]) expect(Math.abs(logisticSlope(z, label))).toBeLessThanOrEqual(1);
  });
});

describe('evaluation', () => {
  it('averages the loss and counts points on the right side', () => {
    const samples = {
      count: 3,
      points: Float64Array.of(2, 0, -1, 0, 1, 0),
      labels: Uint8Array.of(1, 0, 0),
    };
    const { loss, accuracy } = evaluate(first, samples);
    expect(accuracy).toBeCloseTo(2 / 3, 15);
    expect(loss).toBeCloseTo((logisticLoss(2, 1) + logisticLoss(-1, 0) + logisticLoss(1, 0)) / 3);
  });

  it('takes a logit of exactly zero for class 0', () => {
    const point = { count: 1, points: Float64Array.of(0, 5) };
    expect(evaluate(first, { ...point, labels: Uint8Array.of(0) }).accuracy).toBe(1);
    expect(evaluate(first, { ...point, labels: Uint8Array.of(1) }).accuracy).toBe(0);
  });

  it('says null, not NaN, when there is nothing to evaluate', () => {
    const none = { count: 0, points: new Float64Array(0), labels: new Uint8Array(0) };
    expect(evaluate(first, none)).toEqual({ loss: null, accuracy: null });
  });
});
