import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import type { DrawnInitialiser } from '../../../src/model/initialisers/initialiser.ts';
import { initialisers } from '../../../src/model/initialisers/registry.ts';
import type { Model } from '../../../src/model/model.ts';
import { createRandom } from '../../../src/random.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { forward } from '../../support/forward.ts';

const options = { widths: [2, 8, 8, 1], negativeSlope: 0, initialiser: 'he', seed: 5 };
const drawn = initialisers.filter((kind): kind is DrawnInitialiser => 'weights' in kind);
const drawnBy = (key: string) => drawn.find((known) => known.key === key)!;

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

describe.each(drawn.map(({ key }) => key))('the initialiser %s', (key) => {
  const kind = drawnBy(key);

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
    const { weights } = drawnBy('orthogonal');
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

describe('a sawtooth network', () => {
  const square = { xMin: -1.2, xMax: 1.2, yMin: -1.2, yMax: 1.2 };
  const plane = { xMin: -1e6, xMax: 1e6, yMin: -1e6, yMax: 1e6 };
  const network = (...hidden: number[]) =>
    createNetwork({ ...options, initialiser: 'sawtooth', widths: [2, ...hidden, 1] });
  /** Activation regions and linear regions. */
  const counts = (net: Model, box = square) => {
    const complex = subdivide(net, box);
    return [complex.faceCount, linearRegions(net, complex).count];
  };

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'of %i layers of 2 neurons has 2^L strips in the square and in the plane',
    (depth) => {
      const net = network(...Array(depth).fill(2));
      expect(counts(net)).toEqual([2 ** depth, 2 ** depth]);
      expect(counts(net, plane)).toEqual([2 ** depth, 2 ** depth]);
    },
  );

  it.each([1, 2, 3, 4, 5, 6])(
    'of %i layers of 4 neurons has 4^L squares, no two of which share a map',
    (depth) => {
      const net = network(...Array(depth).fill(4));
      expect(counts(net)).toEqual([4 ** depth, 4 ** depth]);
      expect(counts(net, plane)).toEqual([4 ** depth, 4 ** depth]);
    },
  );

  it('is the composed tent map of x, plus that of y where that is folded too', () => {
    const tents = (u: number, times: number): number =>
      times === 0 ? u : tents(1 - 2 * Math.abs(u), times - 1);
    for (const x of [-1.2, -1, -0.625, -0.3, 0, 0.125, 0.77, 1.2])
      for (const y of [-0.9, 0.25, 1]) {
        expect([...forward(network(2, 2, 2), [x, y])]).toEqual([tents(x, 3)]);
        expect([...forward(network(4, 5), [x, y])]).toEqual([tents(x, 2) + tents(y, 2)]);
      }
  });

  it('keeps neurons to spare off, whatever the input', () => {
    const net = network(7, 9, 5);
    expect(counts(net)).toEqual([4 ** 3, 4 ** 3]);
    net.hidden.forEach(({ inputs, outputs, weights, biases }) => {
      expect([...weights.slice(4 * inputs)].every((w) => w === 0)).toBe(true);
      expect([...biases.slice(4)]).toEqual(Array(outputs - 4).fill(-1));
    });
  });

  it('carries x through a layer of one neuron, y through one of three, and drops y for good after two', () => {
    expect(counts(network(1))).toEqual([1, 1]);
    expect(counts(network(1, 2, 1, 2))).toEqual([4, 4]);
    expect(counts(network(4, 3, 4))).toEqual([8 * 4, 8 * 4]);
    // The first layer's crease in y is still there, but the output no longer depends on y.
    expect(counts(network(4, 2, 4))).toEqual([8 * 2, 8]);
    expect(counts(network(3, 3, 3, 3, 3, 3, 3, 4))).toEqual([2 ** 9, 2 ** 9]);
    expect(counts(network(2, 2, 2, 2, 2, 2, 2, 1))).toEqual([2 ** 7, 2 ** 7]);
  });

  it('is made of whole numbers, so that no seed matters and nothing is rounded', () => {
    const net = network(4, 3, 1, 6);
    for (const { weights, biases } of net.layers)
      expect([...weights, ...biases].every(Number.isInteger)).toBe(true);
    const { widths } = net;
    const other = { ...options, initialiser: 'sawtooth', widths: [2, ...widths, 1], seed: 6 };
    expect(createNetwork(other)).toEqual(net);
  });

  it('gives several outputs alternating signs, and folds any number of inputs', () => {
    const net = createNetwork({ ...options, initialiser: 'sawtooth', widths: [3, 6, 2] });
    expect([...forward(net, [0.5, 0.25, 1])]).toEqual([0 + 0.5 - 1, -(0 + 0.5 - 1)]);
  });
});
