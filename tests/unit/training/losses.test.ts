import { describe, expect, it } from 'vitest';
import type { TrainingSamples } from '../../../src/data/dataset.ts';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { logisticLoss, logisticSlope } from '../../../src/training/losses/logistic.ts';
import { losses, lossOf } from '../../../src/training/losses/registry.ts';
import { Trainer } from '../../../src/training/trainer.ts';

const network = (...widths: number[]) =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });

/** One sample at the origin for a network of one input. */
const labelled = (label: number) => ({
  count: 1,
  points: Float64Array.of(0),
  labels: Uint8Array.of(label),
});
const aimed = (...targets: number[]) => ({
  count: 1,
  points: Float64Array.of(0),
  targets: Float64Array.from(targets),
});

/** Loss and gradient of one sample whose outputs are given. */
function at(key: string, outputs: number[], samples: TrainingSamples) {
  const loss = lossOf(key, network(1, outputs.length), samples);
  const out = Float64Array.from(outputs);
  const gradient = new Float64Array(outputs.length);
  const value = loss.value(out, 0, 0);
  expect(loss.gradient(out, 0, 0, 1, gradient)).toBe(value);
  return { value, gradient: [...gradient], right: loss.isRight?.(out, 0, 0) ?? null };
}

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

describe('softmax cross-entropy', () => {
  it('is log k where k logits say nothing, and −log p where that can be computed directly', () => {
    expect(at('softmax', [7, 7, 7, 7], labelled(2)).value).toBeCloseTo(Math.log(4), 15);
    const z = [0.3, -1.2, 2.5];
    const total = z.reduce((sum, one) => sum + Math.exp(one), 0);
    for (const label of [0, 1, 2]) {
      const { value, gradient } = at('softmax', z, labelled(label));
      expect(value).toBeCloseTo(-Math.log(Math.exp(z[label]) / total), 14);
      gradient.forEach((slope, c) => {
        expect(slope).toBeCloseTo(Math.exp(z[c]) / total - (c === label ? 1 : 0), 14);
      });
    }
  });

  it('is the logistic loss of the difference where there are two classes', () => {
    for (const z of [-40, -1, 0, 0.5, 30])
      for (const label of [0, 1]) {
        const { value, gradient } = at('softmax', [0, z], labelled(label));
        // The logistic loss adds and subtracts z.
        const rounding = Number.EPSILON * Math.max(1, Math.abs(z));
        expect(Math.abs(value - logisticLoss(z, label))).toBeLessThanOrEqual(2 * rounding);
        expect(gradient[1]).toBeCloseTo(logisticSlope(z, label), 14);
      }
  });

  it('neither overflows nor loses the digits of a small loss', () => {
    expect(at('softmax', [1e300, 0, -1e300], labelled(0))).toEqual({
      value: 0,
      gradient: [-0, 0, 0],
      right: true,
    });
    expect(at('softmax', [1e300, 0, -1e300], labelled(1)).value).toBe(1e300);
    expect(at('softmax', [1000, 0, 0], labelled(1)).gradient).toEqual([1, -1, 0]);
    const { value, gradient } = at('softmax', [50, 0, 0], labelled(0));
    expect(value / (2 * Math.exp(-50))).toBeCloseTo(1, 12);
    expect(gradient[0] / (-2 * Math.exp(-50))).toBeCloseTo(1, 12);
  });

  it('takes the first of equal largest logits as the class', () => {
    expect(at('softmax', [1, 3, 3], labelled(1)).right).toBe(true);
    expect(at('softmax', [1, 3, 3], labelled(2)).right).toBe(false);
  });
});

describe('squared error', () => {
  it('is half the sum of the squares, and has no right and wrong', () => {
    const { value, gradient, right } = at('squared', [3, -1, 0.5], aimed(1, -1, 1));
    expect(value).toBe((4 + 0 + 0.25) / 2);
    expect(gradient).toEqual([2, 0, -0.5]);
    expect(right).toBeNull();
  });
});

describe('a loss', () => {
  const points = new Float64Array(6);
  const samples = { count: 3, points, labels: Uint16Array.of(0, 1, 300) };
  const wrong: [string, number[], TrainingSamples, RegExp][] = [
    ['hinge', [2, 1], samples, /no loss "hinge": choose one of logistic, softmax, squared/],
    ['softmax', [2, 300], samples, /sample 3 has the label 300.* 0 to 299/],
    ['logistic', [2, 1], samples, /sample 3 has the label 300.* 0 to 1/],
    ['logistic', [2, 2], samples, /one output.* 2 outputs/],
    ['softmax', [2, 1], samples, /two classes or more.* 1 output/],
    ['softmax', [3, 301], samples, /3 samples .* 3 inputs have 9 coordinates, not 6/],
    ['softmax', [2, 3], { ...samples, labels: Uint8Array.of(1) }, /3 samples, but 1 label/],
    ['squared', [2, 1], samples, /target values for each sample, not class labels/],
    ['logistic', [2, 1], { count: 3, points, targets: new Float64Array(3) }, /not target values/],
    ['squared', [2, 2], { count: 3, points, targets: new Float64Array(3) }, /3 × 2 .* are 3$/],
    [
      'squared',
      [2, 1],
      { count: 3, points, targets: Float64Array.of(0, Number.NaN, 0) },
      /sample 2 has NaN among its target values/,
    ],
    [
      'softmax',
      [2, 301],
      { ...samples, points: Float64Array.of(0, 0, 0, 0, Number.POSITIVE_INFINITY, 0) },
      /sample 3 has Infinity among its coordinates/,
    ],
    [
      'softmax',
      [2, 301],
      { ...samples, points: Float64Array.of(0, 0, 0, -1e200, 0, 0) },
      /sample 2 has -1e\+200 among its coordinates/,
    ],
  ];

  it.each(wrong)('refuses what it cannot be asked for: %s on %j', (loss, widths, given, says) => {
    const net = network(...widths);
    const config = { optimiser: 'sgd', learningRate: 1, batchSize: 1, l1: 0, l2: 0, seed: 1, loss };
    for (const use of [() => new Trainer(net, given, config), () => evaluate(net, given, loss)]) {
      expect(use).toThrow(InputError);
      expect(use).toThrow(says);
    }
  });

  it('has a name of its own', () => {
    for (const name of ['key', 'label'] as const)
      expect(new Set(losses.map((kind) => kind[name])).size).toBe(losses.length);
  });
});
