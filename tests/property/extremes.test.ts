import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { affineMap } from '../../src/regions/linear/affineMap.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { nearestCrease } from '../../src/regions/query/distance.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { network, patternsOf } from '../support/networks.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';
import { rationalDisc, rationalDistance2, rationalNeurons } from '../support/rationalQueries.ts';
import { isNearest } from '../support/rounding.ts';

const BOX = { xMin: -2, xMax: 2, yMin: -2, yMax: 2 };
const whole = fc.integer({ min: -2, max: 2 });
const extreme = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-1074, -1073, -1030, -600, -1, 0, 0, 600))
  .map(([m, e]) => m * 2 ** e);
const sparse = fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: extreme });

/** What the question answers, or null where it refuses in one sentence. */
const asked = <T>(question: () => T): T | null => {
  try {
    return question();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
};

describe('A network with weights at the ends of the range', () => {
  it('is answered for as in rational arithmetic by every question, or refused in one sentence', () => {
    let answered = 0;
    fc.assert(
      fc.property(fc.oneof(network(sparse, sparse, 3), network(extreme, extreme, 3)), (net) => {
        const truth = rationalRegions(net, BOX);
        const complex = subdivide(net, BOX);
        expect(patternsOf(net, complex)).toEqual(truth.patterns);
        const linear = asked(() => linearRegions(net, complex));
        if (linear !== null) expect(linear.count).toBe(truth.linearRegions);
        const disc = { x: 0.25, y: 0.5, r: 1.25 };
        const met = asked(() => discRegions(net, disc.x, disc.y, disc.r));
        if (met !== null)
          expect({ ...met, switching: Array.from(met.switching) }).toMatchObject(
            rationalDisc(truth, disc),
          );
        const square = rationalDistance2(rationalNeurons(net, [0.25, 0.5]));
        const nearest = asked(() => nearestCrease(net, [0.25, 0.5])?.distance ?? 'none');
        if (typeof nearest === 'number') {
          answered++;
          expect(square !== null && isNearest(nearest, square, 2)).toBe(true);
        } else if (nearest === 'none') expect(square).toBeNull();
        const bits = (i: number) => truth.cells[i].bits;
        const maps = new Map(truth.cells.map((_, i) => [bits(i), truth.outputs[i]]));
        patternsOf(net, { ...complex, faceCount: 1 }).forEach((pattern) => {
          const map = asked(() => affineMap(net, complex, 0));
          const rows = maps.get(pattern);
          if (map === null || rows === undefined) return;
          rows.forEach(([a, b, c], o) => {
            expect(isNearest(map.A[2 * o], a)).toBe(true);
            expect(isNearest(map.A[2 * o + 1], b)).toBe(true);
            expect(isNearest(map.b[o], c)).toBe(true);
          });
        });
      }),
      { numRuns: 25 },
    );
    expect(answered).toBeGreaterThan(2);
  });
});
