import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCrossings } from '../../src/regions/query/line.ts';
import { alsoMixed, network, nudged, whole, withMultiples } from '../support/networks.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';
import { rationalLine } from '../support/rationalQueries.ts';
import { isNearest } from '../support/rounding.ts';

const BOX = { xMin: -2, xMax: 2, yMin: -2, yMax: 2 };
const nets = alsoMixed(
  fc.oneof(
    network(whole),
    network(whole, fc.constant(0)),
    withMultiples(network(whole)),
    nudged(withMultiples(network(whole, whole, 4))),
  ),
);

describe('The pieces of a segment', () => {
  const spot = fc.integer({ min: -8, max: 8 }).map((k) => k / 4);

  it('are those that rational arithmetic finds, every crossing rounded once', () => {
    let [along, across] = [0, 0];
    fc.assert(
      fc.property(nets, spot, spot, spot, spot, (net, x, y, u, v) => {
        fc.pre(x !== u || y !== v);
        const truth = rationalLine(rationalRegions(net, BOX), [x, y], [u, v]);
        if (truth === null) {
          along++;
          return;
        }
        across++;
        const found = lineCrossings(net, [x, y], [u, v]);
        expect(found).toMatchObject({
          activationRegions: truth.activationRegions,
          linearRegions: truth.linearRegions,
        });
        truth.crossings.forEach((t, i) => {
          expect(isNearest(found.crossings[i], t)).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
    expect(across).toBeGreaterThan(10 * along);
  });
});
