import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { workedNeuron } from '../../../src/bounds/worked.ts';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import { createRandom } from '../../../src/random.ts';
import { mixSlopes } from '../../support/networks.ts';
import { plainAlgorithmOne } from '../../support/plainAlgorithmOne.ts';
import { readCases, readNet } from './cases.ts';

interface Ball {
  readonly name: string;
  readonly net: Model;
  readonly x: readonly number[];
  readonly r: number;
}

const he = (widths: readonly number[], negativeSlope: number, seed: number) =>
  createNetwork({ widths, negativeSlope, initialiser: 'he', seed });

const SOME_SLOPES = [0, 1, -1, 0.25, -0.5, 0.3, -0.01];

/** A neuron of the second layer has weights of 0 alone and a bias of 1: constant, not zero. */
const flat = networkFromJson({
  layers: [
    { W: [[1, 1]], b: [0] },
    { W: [[0], [1]], b: [1, 0.5] },
    { W: [[1, 1]], b: [0] },
    { W: [[1]], b: [0] },
  ],
});

const balls: readonly Ball[] = [
  { name: 'a constant neuron that is on', net: flat, x: [0.5, 0.25], r: 0.125 },
  ...readCases().flatMap(({ name, net, bounds }) =>
    bounds.filter(({ r }) => r > 0).map(({ c, r }) => ({ name, net, x: c, r })),
  ),
  ...[0.02, 0.2, 0.7].map((r, i) => ({
    name: 'ReLU 2-8-8-8-1',
    net: he([2, 8, 8, 8, 1], 0, i + 1),
    x: [0.3, -0.2],
    r,
  })),
  { name: 'leaky 2-12-12-1', net: he([2, 12, 12, 1], 0.1, 4), x: [0.4, 0.1], r: 0.15 },
  {
    name: 'mixed slopes 2-9-9-9-1',
    net: mixSlopes(he([2, 9, 9, 9, 1], 0, 5), createRandom(5), SOME_SLOPES),
    x: [-0.2, 0.5],
    r: 0.1,
  },
  { name: '5-7-7-2', net: he([5, 7, 7, 2], 0.3, 6), x: [1, 0, -1, 0.5, 0.25], r: 0.2 },
  { name: '2-16-16-1', net: readNet('2-16-16-1'), x: [0.1, 0.2], r: 0.1 },
];

const near = (given: number, known: number, size: number): void =>
  expect(Math.abs(given - known)).toBeLessThanOrEqual(1e-13 * Math.max(1, size));

/** Largest number on the way to a neuron: what its rounding is measured by. */
const sizeOf = (work: ReturnType<typeof workedNeuron>): number =>
  work.inputs.reduce(
    (sum, { weight, value, U }) => sum + Math.abs(weight) * (Math.abs(value) + U),
    Math.abs(work.bias) + work.rawU,
  );

describe('Algorithm 1 worked out for one neuron', () => {
  it.each(balls)('has the numbers of a plain recursion on $name, r = $r', ({ net, x, r }) => {
    const plain = plainAlgorithmOne(net, x, r);
    net.widths.forEach((width, layer) => {
      for (let neuron = 0; neuron < width; neuron++) {
        const work = workedNeuron(net, x, r, { layer, neuron });
        const known = plain[layer][neuron];
        const size = sizeOf(work);
        near(work.A, known.A, size);
        near(work.norm, known.norm, size / r);
        near(work.local, known.local, size);
        near(work.rawU, known.rawU, size);
        near(work.U, known.U, size);
        near(work.value, known.value, size);
        expect([work.P, work.S]).toEqual([known.P, known.S]);
        x.forEach((_, t) => {
          near(work.L[t], known.L[t], size / r);
          near(work.passedL[t], known.passedL[t], size / r);
        });
        const { weights, inputs } = net.hidden[layer];
        expect(work.inputs.map(({ weight }) => weight)).toEqual([
          ...weights.subarray(neuron * inputs, (neuron + 1) * inputs),
        ]);
      }
    });
  });

  it.each(balls)('is what algorithmOne says, bit for bit, on $name, r = $r', ({ net, x, r }) => {
    for (const variant of ['guarded', 'printed'] as const) {
      const { layers, C } = algorithmOne(net, x, r, variant);
      let counted = 0;
      layers.forEach((known, layer) => {
        for (let neuron = 0; neuron < known.A.length; neuron++) {
          const { A, rawU, U, P, S } = workedNeuron(net, x, r, { layer, neuron }, variant);
          expect([A, rawU, U, P, S]).toEqual([
            known.A[neuron],
            known.rawU[neuron],
            known.U[neuron],
            known.P[neuron],
            known.S[neuron],
          ]);
          counted += S;
        }
      });
      expect(counted).toBe(C);
    }
  });

  it.each(balls)('has pieces that give each other, on $name, r = $r', ({ net, x, r }) => {
    net.widths.forEach((width, layer) => {
      for (let neuron = 0; neuron < width; neuron++) {
        const work = workedNeuron(net, x, r, { layer, neuron });
        const { inputs, A, rawU, slack, norm, local, verdict } = work;
        const size = sizeOf(work);
        near(
          inputs.reduce((sum, { weight, value }) => sum + weight * value, work.bias),
          A,
          size,
        );
        near(
          inputs.reduce((sum, { weight, P, U }) => (P ? sum + Math.abs(weight) * U : sum), 0),
          local,
          size,
        );
        x.forEach((_, t) => {
          near(
            inputs.reduce((sum, { weight, P, L }) => (P ? sum : sum + weight * L[t]), 0),
            work.L[t],
            size / r,
          );
        });
        for (const { kind, P, L } of inputs) {
          expect(kind === 'bent').toBe(P === 1 && kind !== 'zero');
          if (kind !== 'affine') expect([...L]).toEqual(x.map(() => 0));
        }
        expect(slack).toBeLessThanOrEqual(1e-12 * Math.max(1, size));
        // Nothing but rounding is between U_raw and its two parts.
        if (verdict === 'constant') expect([rawU, norm, local]).toEqual([0, 0, 0]);
        else expect(rawU).toBe(r * norm + local + slack);
        expect(verdict === 'on').toBe(A >= 0 && rawU < A && work.slope !== 1 && rawU > 0);
        expect(verdict === 'off').toBe(A < 0 && rawU + A < 0 && work.slope !== 1 && rawU > 0);
        expect(verdict === 'undecided').toBe(work.S === 1);
      }
    });
  });

  it('meets every verdict, and every kind of input, in these balls', () => {
    const verdicts = new Set<string>();
    const kinds = new Set<string>();
    for (const { net, x, r } of balls)
      net.widths.forEach((width, layer) => {
        for (let neuron = 0; neuron < width; neuron++) {
          const { verdict, inputs } = workedNeuron(net, x, r, { layer, neuron });
          verdicts.add(verdict);
          for (const { kind } of inputs) kinds.add(kind);
        }
      });
    expect([...verdicts].sort()).toEqual(['constant', 'off', 'on', 'passing', 'undecided']);
    expect([...kinds].sort()).toEqual(['affine', 'bent', 'constant', 'zero']);
  });

  it('gives rounding as the whole of U where a crease touches the ball', () => {
    const net = networkFromJson({
      layers: [
        { W: [[1, 0]], b: [-0.25] },
        { W: [[1]], b: [0] },
      ],
    });
    const work = workedNeuron(net, [0, 0], 0.25, { layer: 0, neuron: 0 });
    expect(work.verdict).toBe('undecided');
    expect(work.U).toBeGreaterThan(0);
    expect(work.U).toBeLessThanOrEqual(2 * work.slack);
  });

  it('names a centre and a radius that cannot be used', () => {
    const { net } = balls[0];
    const at = { layer: 0, neuron: 0 };
    expect(() => workedNeuron(net, [0], 1, at)).toThrow(InputError);
    expect(() => workedNeuron(net, [0, 0], -1, at)).toThrow(InputError);
    expect(() => workedNeuron(net, [0, 0], 1, { layer: 0, neuron: 99 })).toThrow(RangeError);
    expect(() => workedNeuron(net, [0, 0], 1, { layer: 9, neuron: 0 })).toThrow(RangeError);
  });
});
