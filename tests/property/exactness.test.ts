import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer, Network } from '../../src/network/network.ts';
import { neuronCount } from '../../src/network/network.ts';
import type { Box, RegionComplex } from '../../src/regions/complex.ts';
import { linearRegions } from '../../src/regions/linearRegions.ts';
import { subdivide } from '../../src/regions/subdivide.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';

const BOXES: readonly Box[] = [
  { xMin: -1, xMax: 1, yMin: -1, yMax: 1 },
  { xMin: -1, xMax: 1, yMin: -1, yMax: 1 },
  { xMin: -2, xMax: 2, yMin: -2, yMax: 2 },
  { xMin: 0, xMax: 2, yMin: -1, yMax: 0 },
  { xMin: -0.5, xMax: 1, yMin: 0, yMax: 3 },
  { xMin: -1.3, xMax: 0.7, yMin: -0.1, yMax: 1e-3 },
];

function patternsOf(net: Network, { faceCount, patterns, words }: RegionComplex): string[] {
  const neurons = neuronCount(net);
  return Array.from({ length: faceCount }, (_, face) =>
    Array.from(
      { length: neurons },
      (_, i) => (patterns[face * words + (i >>> 5)] >>> (i & 31)) & 1,
    ).join(''),
  ).sort();
}

function agrees(net: Network, box: Box): void {
  const truth = rationalRegions(net, box);
  const complex = subdivide(net, box);
  expect(patternsOf(net, complex)).toEqual(truth.patterns);
  expect([complex.vertexCount, complex.edgeCount, complex.faceCount]).toEqual([
    truth.vertices,
    truth.edges,
    truth.patterns.length,
  ]);
  expect(linearRegions(net, complex).count).toBe(truth.linearRegions);
}

const whole = fc.integer({ min: -2, max: 2 });
const slope = fc.constantFrom(0, 0, 0, 0.25, 0.01);

interface Shape {
  readonly sizes: readonly number[];
  readonly negativeSlope: number;
}

const shape = (widest: number): fc.Arbitrary<Shape> =>
  fc.record({
    sizes: fc
      .array(fc.integer({ min: 1, max: widest }), { minLength: 1, maxLength: 3 })
      .chain((widths) => fc.constantFrom([2, ...widths, 1], [2, ...widths, 1], [2, ...widths, 2])),
    negativeSlope: slope,
  });

const layerOf = (
  inputs: number,
  outputs: number,
  weight: fc.Arbitrary<number>,
  bias: fc.Arbitrary<number>,
): fc.Arbitrary<Layer> =>
  fc
    .tuple(
      fc.array(weight, { minLength: inputs * outputs, maxLength: inputs * outputs }),
      fc.array(bias, { minLength: outputs, maxLength: outputs }),
    )
    .map(([weights, biases]) => ({
      inputs,
      outputs,
      weights: Float64Array.from(weights),
      biases: Float64Array.from(biases),
    }));

const network = (
  weight: fc.Arbitrary<number>,
  bias: fc.Arbitrary<number> = weight,
  widest = 5,
): fc.Arbitrary<Network> =>
  shape(widest).chain(({ sizes, negativeSlope }) =>
    fc
      .tuple(...sizes.slice(1).map((size, k) => layerOf(sizes[k], size, weight, bias)))
      .map((layers) => ({ layers, negativeSlope })),
  );

const edited = (net: Network, edit: (layer: Layer, k: number) => void): Network => {
  const layers = net.layers.map(({ weights, biases, ...rest }) => ({
    ...rest,
    weights: weights.slice(),
    biases: biases.slice(),
  }));
  layers.forEach(edit);
  return { ...net, layers };
};

/** Some neurons become multiples of their neighbours: equal, proportional or opposite. */
const withMultiples = (net: fc.Arbitrary<Network>): fc.Arbitrary<Network> =>
  fc
    .tuple(net, fc.infiniteStream(fc.constantFrom(0, 0, 1, -1, 2, -0.5, 3)))
    .map(([base, factors]) =>
      edited(base, ({ inputs, outputs, weights, biases }, k) => {
        if (k === base.layers.length - 1) return;
        for (let j = 1; j < outputs; j++) {
          const { value: factor } = factors.next();
          if (!factor) continue;
          for (let i = 0; i < inputs; i++)
            weights[j * inputs + i] = factor * weights[(j - 1) * inputs + i];
          biases[j] = factor * biases[j - 1];
        }
      }),
    );

/** Moves weights and biases by 2^−50 … 2^−60, or to the next 64-bit number where that is farther. */
const nudged = (net: fc.Arbitrary<Network>): fc.Arbitrary<Network> =>
  fc
    .tuple(
      net,
      fc.infiniteStream(fc.constantFrom(0, 0, 0, 50, 51, 52, 53, 55, 60)),
      fc.infiniteStream(fc.boolean()),
    )
    .map(([base, powers, ways]) => {
      const move = (v: number) => {
        const { value: power } = powers.next();
        if (!power) return v;
        const step = Math.max(2 ** -power, Math.abs(v) * 2 ** -52);
        return ways.next().value ? v + step : v - step;
      };
      return edited(base, ({ weights, biases }) => {
        weights.forEach((w, i) => {
          weights[i] = move(w);
        });
        biases.forEach((b, j) => {
          biases[j] = move(b);
        });
      });
    });

/** First-layer creases that pass through points of a grid on the box, as nearly as 64-bit numbers allow. */
const aimed = (net: fc.Arbitrary<Network>, box: Box): fc.Arbitrary<Network> =>
  fc.tuple(net, fc.infiniteStream(fc.integer({ min: 0, max: 2 }))).map(([base, places]) =>
    edited(base, ({ outputs, weights, biases }, k) => {
      if (k > 0) return;
      const next = (from: number, to: number) =>
        from + ((to - from) * (places.next().value ?? 0)) / 2;
      for (let j = 0; j < outputs; j++)
        biases[j] = -(
          weights[2 * j] * next(box.xMin, box.xMax) +
          weights[2 * j + 1] * next(box.yMin, box.yMax)
        );
    }),
  );

const inBox = fc.constantFrom(...BOXES);
const runs = (numRuns: number) => ({ numRuns });

describe('Patterns, vertices, edges, faces and linear regions are those of rational arithmetic', () => {
  it('for weights and biases from −2 to 2, creases along the border included', () => {
    fc.assert(fc.property(network(whole), inBox, agrees), runs(400));
  });

  it('for networks without biases, whose creases all meet', () => {
    fc.assert(fc.property(network(whole, fc.constant(0)), inBox, agrees), runs(250));
  });

  it('for equal, proportional and opposite neurons', () => {
    fc.assert(fc.property(withMultiples(network(whole)), inBox, agrees), runs(350));
  });

  it('for integers moved by 2^−50 to 2^−60, whose creases miss vertices by a hair', () => {
    fc.assert(
      fc.property(nudged(withMultiples(network(whole, whole, 4))), inBox, agrees),
      runs(300),
    );
  });

  it('for networks in general', () => {
    // Numbers near 0 would only make the fractions long.
    const number = fc
      .double({ min: -2, max: 2, noNaN: true })
      .map((v) => (Math.abs(v) < 2 ** -20 ? 0 : v));
    fc.assert(fc.property(network(number, number, 4), inBox, agrees), runs(100));
  });

  it.each([
    { name: 'a millionth wide', xMin: 0.1, xMax: 0.1 + 1e-6, yMin: 0.1, yMax: 0.1 + 1e-6 },
    { name: 'far out', xMin: 1000, xMax: 1001, yMin: 1000, yMax: 1001 },
    {
      name: 'a few hundred numbers wide',
      xMin: 1,
      xMax: 1 + 2 ** -44,
      yMin: -3,
      yMax: 2 ** -44 - 3,
    },
    { name: 'flat', xMin: -1, xMax: 1, yMin: 0.1, yMax: 0.1 + 2 ** -40 },
  ])('in a box that is $name', (box) => {
    const decimal = fc.constantFrom(-1.1, -0.7, 0.3, 0.9, 1, 2);
    fc.assert(
      fc.property(
        fc.oneof(
          aimed(network(whole, whole, 4), box),
          aimed(network(decimal, fc.constantFrom(-0.1, 0, 0.2), 4), box),
        ),
        (net) => agrees(net, box),
      ),
      runs(60),
    );
  });
});
