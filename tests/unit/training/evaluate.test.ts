import { describe, expect, it } from 'vitest';
import { createModel } from '../../../src/model/model.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { logisticLoss } from '../../../src/training/losses/logistic.ts';

/** f(x, y) = x */
const first = createModel([
  { inputs: 2, outputs: 1, weights: Float64Array.of(1, 0), biases: Float64Array.of(0) },
]);

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

  it('computes the same whether the samples fill a batch or many', () => {
    const count = 100;
    const points = Float64Array.from({ length: 2 * count }, (_, i) => Math.sin(i));
    const labels = Uint8Array.from({ length: count }, (_, i) => (Math.sin(2 * i) > 0.3 ? 1 : 0));
    let loss = 0;
    let right = 0;
    for (let n = 0; n < count; n++) {
      loss += logisticLoss(points[2 * n], labels[n]);
      if (points[2 * n] > 0 === (labels[n] === 1)) right++;
    }
    expect(right).toBeLessThan(count);
    expect(evaluate(first, { count, points, labels })).toEqual({
      loss: loss / count,
      accuracy: right / count,
    });
  });

  it('has no accuracy where the loss has no classes', () => {
    const samples = {
      count: 2,
      points: Float64Array.of(3, 0, 1, 0),
      targets: Float64Array.of(1, 1),
    };
    expect(evaluate(first, samples, 'squared')).toEqual({ loss: 1, accuracy: null });
  });

  it('says null, not NaN, where the outputs are beyond every number', () => {
    const beyond = createModel(
      Array.from({ length: 40 }, () => ({
        inputs: 1,
        outputs: 1,
        weights: Float64Array.of(1e9),
        biases: Float64Array.of(0),
      })),
    );
    const one = { count: 1, points: Float64Array.of(1), targets: Float64Array.of(0) };
    expect(evaluate(beyond, one, 'squared')).toEqual({ loss: null, accuracy: null });
    const labelled = { count: 1, points: Float64Array.of(1), labels: Uint8Array.of(0) };
    expect(evaluate(beyond, labelled)).toEqual({ loss: null, accuracy: null });
  });
});
