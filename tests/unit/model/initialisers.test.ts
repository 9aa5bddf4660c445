import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { initialisers } from '../../../src/model/initialisers/registry.ts';
import type { Model } from '../../../src/model/model.ts';
import { createRandom } from '../../../src/random.ts';

const options = { widths: [2, 8, 8, 1], negativeSlope: 0, initialiser: 'he', seed: 5 };
const keys = initialisers.map(({ key }) => key);

const variance = (values: Float64Array) =>
  values.reduce((sum, v) => sum + v * v, 0) / values.length;

/** Variance of a weight from a layer of `inputs` to one of `outputs`. */
const expected: Record<string, (inputs: number, outputs: number) => number> = {
  he: (inputs) => 2 / inputs,
  uniform: (inputs) => 2 / inputs,
  xavier: (inputs, outputs) => 2 / (inputs + outputs),
  lecun: (inputs) => 1 / inputs,
  // 2 · orthonormal: each of the max(in, out) entries of a unit vector has variance 1 / max.
  orthogonal: (inputs, outputs) => 2 / Math.max(inputs, outputs),
};

describe.each(keys)('the initialiser %s', (key) => {
  const kind = initialisers.find((known) => known.key === key)!;

  it('draws weights of the variance it promises, around 0', () => {
    for (const [inputs, outputs] of [
      [100, 50],
      [40, 120],
    ]) {
      const weights = kind.weights(inputs, outputs, createRandom(1));
      expect(weights.length).toBe(inputs * outputs);
      const ratio = variance(weights) / expected[key](inputs, outputs);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.08);
      const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(expected[key](inputs, outputs) / 4800));
    }
  });

  it('draws hidden biases of the deviation it promises and leaves output biases at 0', () => {
    const net = createNetwork({ ...options, initialiser: key, widths: [2, 4000, 1] });
    expect(Math.sqrt(variance(net.layers[0].biases))).toBeCloseTo(kind.biasDeviation, 1);
    expect([...net.layers[1].biases]).toEqual([0]);
  });

  it('gives the same network for the same seed and another for another', () => {
    const first = createNetwork({ ...options, initialiser: key });
    expect(createNetwork({ ...options, initialiser: key })).toEqual(first);
    expect(createNetwork({ ...options, initialiser: key, seed: 6 })).not.toEqual(first);
  });
});

describe('a new network', () => {
  it('has the widths asked for, the slope, and only finite parameters', () => {
    const net = createNetwork({ ...options, widths: [3, 5, 1, 2], negativeSlope: 0.1 });
    expect(net.layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [3, 5],
      [5, 1],
      [1, 2],
    ]);
    expect(Array.from(net.slopes)).toEqual(Array(6).fill(0.1));
    for (const { weights, biases } of net.layers)
      expect([...weights, ...biases].every(Number.isFinite)).toBe(true);
  });

  it('has the same weights under ReLU and leaky ReLU', () => {
    const leaky = createNetwork({ ...options, negativeSlope: 0.2 });
    const maps = ({ layers }: Model) => layers.map(({ weights, biases }) => ({ weights, biases }));
    expect(maps(leaky)).toEqual(maps(createNetwork(options)));
  });

  it('says what is wrong with its options', () => {
    expect(() => createNetwork({ ...options, initialiser: 'zeros' })).toThrow(/no initialiser/);
    for (const wrong of [
      { widths: [2] },
      { widths: [2, 0, 1] },
      { widths: [2, 1.5, 1] },
      { negativeSlope: 1 },
      { negativeSlope: Number.NaN },
      { seed: Number.NaN },
    ])
      expect(() => createNetwork({ ...options, ...wrong })).toThrow(InputError);
  });
});

describe('orthogonal weights', () => {
  it('are √2 times orthonormal rows when wide and orthonormal columns when tall', () => {
    const { weights } = initialisers.find(({ key }) => key === 'orthogonal')!;
    for (const [inputs, outputs] of [
      [9, 4],
      [4, 9],
      [16, 16],
    ]) {
      const w = weights(inputs, outputs, createRandom(2));
      const count = Math.min(inputs, outputs);
      const entry = (vector: number, i: number) =>
        inputs >= outputs ? w[vector * inputs + i] : w[i * inputs + vector];
      for (let a = 0; a < count; a++)
        for (let b = 0; b <= a; b++) {
          let dot = 0;
          for (let i = 0; i < Math.max(inputs, outputs); i++) dot += entry(a, i) * entry(b, i);
          expect(dot).toBeCloseTo(a === b ? 2 : 0, 12);
        }
    }
  });
});
