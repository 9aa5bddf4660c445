import { describe, expect, it } from 'vitest';
import { createModel, type Model } from '../../../src/model/model.ts';
import type { Box } from '../../../src/regions/complex/complex.ts';
import { dyadic, quotient } from '../../../src/regions/exact/dyadic.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { discRegions } from '../../../src/regions/query/disc.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { rationalRegions } from '../../support/rationalEnumerator.ts';
import { BOX, countedNetworks } from './support.ts';

/** Rows of weights with the bias last, layer by layer. */
const network = (rows: number[][][], negativeSlope = 0): Model =>
  createModel(
    rows.map((layer) => ({
      inputs: layer[0].length - 1,
      outputs: layer.length,
      weights: Float64Array.from(layer.flatMap((row) => row.slice(0, -1))),
      biases: Float64Array.from(layer, (row) => row[row.length - 1]),
    })),
    negativeSlope,
  );

const oneLayer = (...rows: number[][]) => network([rows, [[...rows.map(() => 1), 0]]]);

/** The count, after all counts have been compared with rational arithmetic. */
function regions(net: Model, box: Box = BOX): number {
  const count = activationRegions(net, box);
  const truth = rationalRegions(net, box);
  expect(linearRegions(net, subdivide(net, box)).count).toBe(truth.linearRegions);
  return count;
}

/** The same without linear regions, which a network has only where its outputs are 64-bit numbers. */
function activationRegions(net: Model, box: Box = BOX): number {
  const truth = rationalRegions(net, box);
  const complex = subdivide(net, box);
  expect([complex.faceCount, complex.vertexCount, complex.edgeCount]).toEqual([
    truth.patterns.length,
    truth.vertices,
    truth.edges,
  ]);
  return complex.faceCount;
}

const ULP = 2 ** -52;

describe('The subdivision', () => {
  it('sees the triangle of three creases that miss a common point by 2^-60, and none when they meet', () => {
    expect(regions(oneLayer([1, 0, 0], [0, 1, 0], [1, 1, 0]))).toBe(6);
    expect(regions(oneLayer([1, 0, 0], [0, 1, 0], [1, 1, 2 ** -60]))).toBe(7);
    expect(regions(oneLayer([1, 0, 0], [0, 1, 0], [1, 1, -(2 ** -60)]))).toBe(7);
  });

  it('tells creases that differ by one unit in the last place, crossing or parallel', () => {
    expect(regions(oneLayer([1, 1, 0.5], [1, 1, 0.5]))).toBe(2);
    expect(regions(oneLayer([1, 1, 0.5], [1, 1 + ULP, 0.5]))).toBe(4);
    expect(regions(oneLayer([1, 1, 0.5], [1, 1, 0.5 + ULP / 2]))).toBe(3);
  });

  it('takes thirds of decimals for what they are: 3 · 0.1 is not 0.3', () => {
    expect(regions(oneLayer([1, 3, 0.3], [0.1, 0.3, 0.03]))).toBe(4);
  });

  it('keeps a crease on the border out, and one a hair inside in', () => {
    expect(regions(oneLayer([1, 0, -1]))).toBe(1);
    expect(regions(oneLayer([1, 0, -1 + ULP / 2]))).toBe(2);
    expect(regions(oneLayer([1, 0, -1 - ULP]))).toBe(1);
    expect(regions(oneLayer([1, 1, -2]))).toBe(1);
    expect(regions(oneLayer([1, 1, -2 + ULP]))).toBe(2);
  });

  it('folds a second-layer crease through a vertex, or past it by a hair', () => {
    const fold = (bias: number) =>
      network([
        [
          [1, 0, 0],
          [0, 1, 0],
          [-1, 0, 0],
        ],
        [[1, -1, 1, bias]],
        [[1, 0]],
      ]);
    expect(regions(fold(0))).toBe(6);
    expect(regions(fold(2 ** -70))).toBe(6);
    expect(regions(fold(-(2 ** -70)))).toBe(8);
    expect(subdivide(fold(0), BOX).exactDecisions).toBeGreaterThan(0);
  });

  it('finds a second layer exactly zero where its inputs cancel', () => {
    const cancelling = network([
      [
        [0.1, 0.7, 0.3],
        [0.1, 0.7, 0.3],
      ],
      [
        [1, -1, 0],
        [3, -3, 0],
      ],
      [[1, 1, 0]],
    ]);
    expect(regions(cancelling)).toBe(2);
  });

  it('works with weights at both ends of the range of 64-bit numbers', () => {
    expect(regions(oneLayer([5e-324, 0, 0], [0, 1e-310, 5e-311]))).toBe(4);
    expect(activationRegions(oneLayer([1e300, -1e300, 0], [1e308, 1e308, 1e307]))).toBe(4);
    const deep = network([
      [
        [1e200, 0, 0],
        [0, 1e-200, 0],
      ],
      [[1e200, -1e200, -1]],
      [[1, 0]],
    ]);
    // Both half-planes x > 0 are cut at x = 1e-400, which is no 64-bit number.
    expect(activationRegions(deep)).toBe(6);
  });

  it('zooms to the last numbers there are', () => {
    const box = { xMin: 0.1, xMax: 0.1 + 2 ** -54, yMin: 0.2, yMax: 0.2 + 2 ** -53 };
    const across = [2 ** 54, -(2 ** 54), 2 ** 54 * 0.1 - 0.5];
    expect(regions(oneLayer(across, [1, 0, -0.1], [0, 1, -0.2]), box)).toBe(2);
    const far = { xMin: 2 ** 40, xMax: 2 ** 40 + 2 ** -10, yMin: -1e-9, yMax: 1e-9 };
    expect(regions(oneLayer([1, 1, -(2 ** 40)], [1, -2, -(2 ** 40) - 2 ** -12]), far)).toBe(3);
  });

  it('has a leaky slope taken as the number it is', () => {
    const leaky = (slope: number) =>
      network(
        [
          [
            [1, 0, 0],
            [0, 1, 0],
          ],
          [[1, -1, 0]],
          [[1, 0]],
        ],
        slope,
      );
    expect(regions(leaky(0.1))).toBe(6);
    expect(regions(leaky(1 / 3))).toBe(6);
  });

  it.each(countedNetworks().filter(({ name }) => name.startsWith('2-')))(
    'is certain of $name by 64-bit numbers nearly alone',
    ({ net, count }) => {
      expect(subdivide(net, BOX).exactDecisions).toBeLessThan(count / 100);
    },
  );
});

describe('Linear regions', () => {
  const sum = (w1: number, w2: number, w3: number) =>
    network([
      [
        [1, 0, 0],
        [1, 0, 0],
        [1, 0, 0],
      ],
      [[w1, w2, w3, 0]],
    ]);

  it('are one where weights cancel, two where they only seem to', () => {
    expect(regions(sum(0.25, 0.5, -0.75))).toBe(2);
    const cancel = sum(0.25, 0.5, -0.75);
    expect(linearRegions(cancel, subdivide(cancel, BOX))).toMatchObject({
      count: 1,
      exactDecisions: 1,
    });
    const seem = sum(0.1, 0.2, -0.30000000000000004);
    expect(linearRegions(seem, subdivide(seem, BOX))).toMatchObject({ count: 2 });
    expect(discRegions(cancel, 0, 0, 0.5).linearRegions).toBe(1);
    expect(discRegions(seem, 0, 0, 0.5).linearRegions).toBe(2);
  });

  it('are told without exact arithmetic below neurons that are off', () => {
    const dead = network([
      [
        [1, 0.3, 0],
        [0.2, 1, 0],
      ],
      [[-1, -1, 0]],
      [[1, 0]],
    ]);
    const complex = subdivide(dead, BOX);
    expect(complex.faceCount).toBe(4);
    expect(linearRegions(dead, complex)).toMatchObject({ count: 1, exactDecisions: 0 });
  });
});

describe('Dyadic numbers', () => {
  it('are the very value of any 64-bit number', () => {
    for (const v of [1, -0.1, 5e-324, 1.7976931348623157e308, 2 ** -1022, 3 * 2 ** 70, 1e-310]) {
      const { mantissa, exponent } = dyadic(v);
      expect(mantissa % 2n).not.toBe(0n);
      const half = Math.trunc(exponent / 2);
      expect(Number(mantissa) * 2 ** half * 2 ** (exponent - half)).toBe(v);
    }
    expect(dyadic(0)).toEqual({ mantissa: 0n, exponent: 0 });
    expect(dyadic(-0)).toEqual({ mantissa: 0n, exponent: 0 });
  });

  it('have quotients good to the last places, however long they are', () => {
    for (const [n, d] of [
      [1n, 3n],
      [-22n, 7n],
      [10n ** 400n, 3n * 10n ** 400n],
      [10n ** 30n, 7n],
      [7n, 10n ** 30n],
    ] as const) {
      const scaled = Number((n * 10n ** 60n) / d) / 1e60;
      expect(Math.abs(quotient(n, d) / scaled - 1)).toBeLessThan(1e-15);
    }
    expect(quotient(0n, 5n)).toBe(0);
  });
});
