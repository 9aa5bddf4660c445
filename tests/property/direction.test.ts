import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestAlong } from '../../src/regions/query/direction.ts';
import { lineCrossings } from '../../src/regions/query/line.ts';
import { alsoMixed, network, nudged, whole, withMultiples } from '../support/networks.ts';

const half = fc.integer({ min: -8, max: 8 }).map((k) => k / 4);
const number = fc.integer({ min: -8192, max: 8192 }).map((k) => k / 4096);
const zero = fc.constant(0);
const nets = alsoMixed(
  fc.oneof(
    network(number, number, 8),
    network(whole, whole, 8),
    withMultiples(network(whole, zero, 8)),
    nudged(withMultiples(network(whole, whole, 8))),
  ),
);

describe('The nearest crease along a direction', () => {
  it('is where the pattern changes first on a long segment, from points on creases and along creases too', () => {
    const far = 2 ** 12;
    let crossed = 0;
    fc.assert(
      fc.property(nets, half, half, half, half, (net, x, y, u, v) => {
        fc.pre(u !== 0 || v !== 0);
        const found = nearestAlong(net, [x, y], [u, v]);
        const { crossings } = lineCrossings(net, [x, y], [x + far * u, y + far * v]);
        const reach = far * Math.hypot(u, v);
        if (crossings.length === 0) {
          expect(found === null || found.distance >= reach * (1 - 1e-15)).toBe(true);
          return;
        }
        crossed++;
        expect(found).not.toBeNull();
        expect(Math.abs((found?.distance ?? 0) / (crossings[0] * reach) - 1)).toBeLessThan(1e-15);
      }),
      { numRuns: 670 },
    );
    expect(crossed).toBeGreaterThan(100);
  });
});
