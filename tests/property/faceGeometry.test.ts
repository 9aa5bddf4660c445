import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faceArea } from '../../src/regions/complex/faces.ts';
import { faceGeometry } from '../../src/regions/measure/faceGeometry.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { exactArea2 } from '../support/exactFaces.ts';
import { Fraction } from '../support/fraction.ts';
import { alsoMixed, network, nudged, whole, withMultiples } from '../support/networks.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';
import { isNearest } from '../support/rounding.ts';

const SQUARE = { xMin: -2, xMax: 2, yMin: -2, yMax: 2 };
const HALF = new Fraction(1n, 2n);
const decimal = fc.integer({ min: -20, max: 20 }).map((k) => k / 10);

describe('Area and corners of a region', () => {
  it('are those of rational arithmetic, rounded once, where creases are nearly parallel too', () => {
    let [regions, lost] = [0, 0];
    fc.assert(
      fc.property(
        alsoMixed(
          fc.oneof(network(decimal, decimal, 4), nudged(withMultiples(network(whole, whole, 4)))),
        ),
        (net) => {
          const { cells } = rationalRegions(net, SQUARE);
          const complex = subdivide(net, SQUARE);
          const geometry = faceGeometry(net, complex);
          const truth = new Map(cells.map(({ bits, corners }) => [bits, corners]));
          for (let face = 0; face < complex.faceCount; face++) {
            const bits = Array.from(cells[0].bits, (_, i) =>
              String((complex.patterns[face * complex.words + (i >>> 5)] >>> (i & 31)) & 1),
            ).join('');
            const corners = truth.get(bits) ?? [];
            const area = geometry.area(face);
            regions++;
            expect(isNearest(area, exactArea2(corners).times(HALF))).toBe(true);
            if (Math.abs(faceArea(complex, face) / area - 1) > 1e-3) lost++;
            for (const [x, y] of geometry.polygon(face))
              expect(corners.some((p) => isNearest(x, p[0]) && isNearest(y, p[1]))).toBe(true);
          }
        },
      ),
      { numRuns: 80 },
    );
    expect(regions).toBeGreaterThan(200);
    expect(lost).toBeGreaterThan(0);
  });
});
