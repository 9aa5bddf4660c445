import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import { BORDER } from '../../src/regions/complex/complex.ts';
import { faceArea, facePolygon } from '../../src/regions/complex/faces.ts';
import { insphere } from '../../src/regions/measure/insphere.ts';
import type { Domain } from '../../src/regions/subdivide/domain.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { byTriples, edgeDistance } from '../support/insphere.ts';
import { network, nudged, polygon, whole, withMultiples } from '../support/networks.ts';

const number = fc.integer({ min: -8192, max: 8192 }).map((k) => k / 4096);
const zero = fc.constant(0);

const nets: fc.Arbitrary<Model> = fc.oneof(
  network(number, number, 12),
  network(whole, whole, 9),
  network(whole, zero, 9),
  nudged(withMultiples(network(whole, whole, 9))),
);

const domains: fc.Arbitrary<Domain> = fc.oneof(
  fc.constantFrom<Domain>(
    { xMin: -1, xMax: 1, yMin: -1, yMax: 1 },
    { xMin: -1.3, xMax: 0.7, yMin: -0.1, yMax: 1e-3 },
    { xMin: 0.1, xMax: 0.1 + 1e-6, yMin: 0.1, yMax: 0.1 + 1e-6 },
    { xMin: 1, xMax: 1 + 2 ** -44, yMin: -3, yMax: 2 ** -44 - 3 },
    { xMin: -(2 ** 40), xMax: 2 ** 40, yMin: -(2 ** 40), yMax: 2 ** 40 },
  ),
  polygon(whole),
);

describe('The insphere of every region of any network', () => {
  it('lies inside, touches what it says, and is as large as area and perimeter allow', () => {
    fc.assert(
      fc.property(nets, domains, (net, domain) => {
        const complex = subdivide(net, domain);
        for (let face = 0; face < complex.faceCount; face++) {
          const { x, y, r, touches, clipped } = insphere(complex, face);
          const corners = facePolygon(complex, face);
          const largest = Math.max(...corners.flat().map(Math.abs));
          const [from, to] = [complex.faceStart[face], complex.faceStart[face + 1]];
          const errors = Array.from(
            complex.origin.subarray(from, to),
            (v) => complex.vertexError[v],
          );
          // What the rounding of coordinates, of the centre's too, can do.
          const blur = 2 ** -46 * largest + 8 * Math.max(...errors);
          const perimeter = corners.reduce((sum, [px, py], i) => {
            const [qx, qy] = corners[(i + 1) % corners.length];
            return sum + Math.hypot(qx - px, qy - py);
          }, 0);
          const area = faceArea(complex, face);
          // A region that rounding has made one point.
          if (perimeter === 0) {
            expect([r, touches]).toEqual([0, []]);
            continue;
          }
          expect(r).toBeGreaterThanOrEqual((1 - 1e-9) * (area / perimeter) - blur);
          expect(r).toBeLessThanOrEqual((1 + 1e-9) * ((2 * area) / perimeter) + blur);
          if (area > blur * perimeter) expect(r).toBeGreaterThan(0);
          for (let h = complex.faceStart[face]; h < complex.faceStart[face + 1]; h++)
            expect(edgeDistance(complex, face, h, x, y)).toBeGreaterThanOrEqual(
              r * (1 - 1e-9) - blur,
            );
          for (const h of touches)
            expect(edgeDistance(complex, face, h, x, y)).toBeLessThanOrEqual(r * (1 + 1e-9) + blur);
          if (r > blur) expect(touches.length).toBeGreaterThanOrEqual(2);
          expect(clipped).toBe(touches.some((h) => complex.halfEdgeNeuron[h] <= BORDER));
          // Where sides are much longer than rounding can turn them, no three sides hold a larger circle.
          if (r > 2 ** 20 * blur && corners.length < 12)
            expect(r).toBeGreaterThanOrEqual(byTriples(corners) * (1 - 1e-6) - blur);
        }
      }),
      { numRuns: 500 },
    );
  });
});
