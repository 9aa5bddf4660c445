import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import { affineMap } from '../../src/regions/linear/affineMap.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import type { Fraction } from '../support/fraction.ts';
import { alsoMixed, network, nudged, whole, withMultiples } from '../support/networks.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';
import { isNearest } from '../support/rounding.ts';

const SQUARE = { xMin: -2, xMax: 2, yMin: -2, yMax: 2 };
const decimal = fc.integer({ min: -20, max: 20 }).map((k) => k / 10);

describe('The affine map of a region', () => {
  it('is that of rational arithmetic, every number rounded once', () => {
    const nets: fc.Arbitrary<Model> = alsoMixed(
      fc.oneof(
        network(decimal, decimal, 4),
        withMultiples(network(decimal, decimal, 4)),
        nudged(withMultiples(network(whole, whole, 4))),
      ),
    );
    let numbers = 0;
    fc.assert(
      fc.property(nets, (net) => {
        const { cells, outputs } = rationalRegions(net, SQUARE);
        const complex = subdivide(net, SQUARE);
        const maps = new Map(cells.map(({ bits }, i) => [bits, outputs[i]]));
        for (let face = 0; face < complex.faceCount; face++) {
          const bits = Array.from(cells[0].bits, (_, i) =>
            String((complex.patterns[face * complex.words + (i >>> 5)] >>> (i & 31)) & 1),
          ).join('');
          const { A, b } = affineMap(net, complex, face);
          const truth = maps.get(bits) ?? [];
          expect(truth.length).toBe(b.length);
          truth.forEach((row, o) => {
            const found = [A[2 * o], A[2 * o + 1], b[o]];
            row.forEach((exact: Fraction, k: number) => {
              numbers++;
              expect(isNearest(found[k], exact), `${found[k]} for ${exact}`).toBe(true);
            });
          });
        }
      }),
      { numRuns: 135 },
    );
    expect(numbers).toBeGreaterThan(500);
  });
});
