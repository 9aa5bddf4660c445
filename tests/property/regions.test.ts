import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AffineMap, createModel, type Model } from '../../src/model/model.ts';
import { affineMap } from '../../src/regions/linear/affineMap.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { lineCrossings } from '../../src/regions/query/line.ts';
import { createLocator } from '../../src/regions/query/locate.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { forward, forwardAll } from '../support/forward.ts';
import { BOX, middle, patternOf, patternOfSigns } from '../unit/regions/support.ts';

const number = fc.double({ min: -2, max: 2, noNaN: true }).map((v) => Math.round(v * 4096) / 4096);

const layer = (
  inputs: number,
  outputs: number,
  value: fc.Arbitrary<number>,
): fc.Arbitrary<AffineMap> =>
  fc
    .tuple(
      fc.array(value, { minLength: inputs * outputs, maxLength: inputs * outputs }),
      fc.array(value, { minLength: outputs, maxLength: outputs }),
    )
    .map(([weights, biases]) => ({
      inputs,
      outputs,
      weights: Float64Array.from(weights),
      biases: Float64Array.from(biases),
    }));

const network = (value: fc.Arbitrary<number>): fc.Arbitrary<Model> =>
  fc
    .record({
      widths: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
      negativeSlope: fc.constantFrom(0, 0, 0.25),
    })
    .chain(({ widths, negativeSlope }) => {
      const sizes = [2, ...widths, 1];
      return fc
        .tuple(...sizes.slice(1).map((size, k) => layer(sizes[k], size, value)))
        .map((layers) => createModel(layers, negativeSlope));
    });

describe('The complex of any network', () => {
  it('has the signs and the values of the forward pass inside every region', () => {
    fc.assert(
      fc.property(network(number), (net) => {
        const complex = subdivide(net, BOX);
        for (let face = 0; face < complex.faceCount; face++) {
          const [x, y] = middle(complex, face);
          const { hidden, output } = forwardAll(net, [x, y]);
          // A region thinner than rounding has no point that a forward pass could tell from its rim.
          if (hidden.some((z) => z.some((v) => v !== 0 && Math.abs(v) < 1e-9))) continue;
          expect(patternOf(complex, face)).toBe(patternOfSigns(hidden, complex.words));
          const { A, b } = affineMap(net, complex, face);
          expect(A[0] * x + A[1] * y + b[0]).toBeCloseTo(output[0], 9);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is found again by the locator', () => {
    fc.assert(
      fc.property(network(number), number, number, (net, u, v) => {
        const [x, y] = [u / 2, v / 2];
        const complex = subdivide(net, BOX);
        const face = createLocator(net, complex).locate(x, y);
        const { A, b } = affineMap(net, complex, face);
        expect(A[0] * x + A[1] * y + b[0]).toBeCloseTo(forward(net, [x, y])[0], 9);
      }),
      { numRuns: 150 },
    );
  });
});

describe('The regions in a disc', () => {
  it('are at least the patterns that samples see', () => {
    fc.assert(
      fc.property(
        network(number),
        number,
        number,
        fc.integer({ min: 1, max: 40 }),
        (net, x, y, n) => {
          const r = n / 40;
          const found = discRegions(net, x, y, r);
          const seen = new Set<string>();
          const words = subdivide(net, BOX, { maxRegions: 1 }).words;
          for (let i = 0; i < 400; i++) {
            const radius = r * 0.999 * Math.sqrt((i + 0.5) / 400);
            const angle = 2.399963229728653 * (i + 0.7);
            const point = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
            const { hidden } = forwardAll(net, point);
            // Points on a crease show patterns that belong to no region.
            if (hidden.every((z) => z.every((v) => v === 0 || Math.abs(v) > 1e-9)))
              seen.add(patternOfSigns(hidden, words));
          }
          expect(found.activationRegions).toBeGreaterThanOrEqual(seen.size);
          expect(found.linearRegions).toBeLessThanOrEqual(found.activationRegions);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are no fewer than those of a square that lies inside', () => {
    fc.assert(
      fc.property(network(number), (net) => {
        const all = subdivide(net, { xMin: -2, xMax: 2, yMin: -2, yMax: 2 });
        expect(discRegions(net, 0, 0, 3).activationRegions).toBeGreaterThanOrEqual(all.faceCount);
      }),
      { numRuns: 60 },
    );
  });
});

describe('The pieces along a segment', () => {
  it('are one more than the crossings, and add up when the segment is cut between them', () => {
    fc.assert(
      fc.property(network(number), number, number, number, number, (net, a, b, c, d) => {
        fc.pre(Math.hypot(a - c, b - d) > 0.1);
        const whole = lineCrossings(net, [a, b], [c, d]);
        expect(whole.activationRegions).toBe(whole.crossings.length + 1);
        const t = 0.4375;
        fc.pre(whole.crossings.every((s) => Math.abs(s - t) > 1e-6));
        const cut = [a + t * (c - a), b + t * (d - b)];
        const first = lineCrossings(net, [a, b], cut);
        const second = lineCrossings(net, cut, [c, d]);
        expect(first.activationRegions + second.activationRegions - 1).toBe(
          whole.activationRegions,
        );
        expect(first.linearRegions + second.linearRegions - 1).toBe(whole.linearRegions);
      }),
      { numRuns: 200 },
    );
  });
});
