import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { localBounds } from '../../src/bounds/ladder.ts';
import { boundMethods } from '../../src/bounds/methods.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { nearestCrease } from '../../src/regions/query/distance.ts';
import { Fraction } from '../support/fraction.ts';
import {
  extremeSlope,
  network,
  nudged,
  whole,
  withMultiples,
  withSlopes,
} from '../support/networks.ts';
import { rationalDistance2, rationalNeurons } from '../support/rationalQueries.ts';
import { down, up } from '../support/rounding.ts';

const random = fc
  .record({
    inputs: fc.integer({ min: 1, max: 4 }),
    hidden: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    negativeSlope: fc.constantFrom(0, 0, 0.01, 0.3, 1e-20),
    seed: fc.nat(),
  })
  .map(({ inputs, hidden, ...rest }) =>
    createNetwork({ widths: [inputs, ...hidden, 1], initialiser: 'he', ...rest }),
  );
const degenerate = fc.oneof(network(whole), nudged(withMultiples(network(whole))));
const mixed = fc.oneof(
  withSlopes(random),
  withSlopes(random, extremeSlope),
  withSlopes(degenerate),
);
const coordinate = fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((v) => v / (5 * 10 ** 8));
const point = fc.array(coordinate, { minLength: 4, maxLength: 4 });

/** A decision may come early by so much of the distance, or by so much: what rounding leaves open in such networks. */
const SHARE = 1e-9;
const HAIR = 1e-10;

/** Zhu, Lin & Tang (2020) meet Hanin & Rolnick (2019): C = 0 for the ball exactly where no crease is nearer than r. */
describe('The radius at which C stops being 0', () => {
  it('is never beyond the distance to the nearest crease, by any method', () => {
    let silent = 0;
    fc.assert(
      fc.property(fc.oneof(random, degenerate, mixed), point, (net, four) => {
        const x = four.slice(0, net.inputs);
        const square = rationalDistance2(rationalNeurons(net, x));
        const distance = nearestCrease(net, x)?.distance;
        if (square === null || distance === undefined) return;
        const less = down(distance);
        const more = up(distance);
        const radii = [down(less), less, distance, more, up(more), distance * (1 + 2 ** -40)];
        for (const r of [distance * (1 - 2 ** -40), ...radii]) {
          if (!(r >= 0)) continue;
          const beyond = Fraction.of(r).times(Fraction.of(r)).minus(square).sign > 0;
          for (const variant of ['guarded', 'printed'] as const) {
            const { C } = algorithmOne(net, x, r, variant);
            if (C === 0) silent++;
            if (C === 0 && beyond) expect.fail(`${variant}: C = 0 within ${r} of ${x}`);
          }
          for (const method of boundMethods)
            if (localBounds(net, x, r, method).C === 0 && beyond)
              expect.fail(`${method}: C = 0 within ${r} of ${x}`);
        }
      }),
      { numRuns: 450 },
    );
    expect(silent).toBeGreaterThan(100);
  });

  it('is hardly before it', () => {
    let met = 0;
    fc.assert(
      fc.property(fc.oneof(random, withSlopes(random)), point, (net, four) => {
        const x = four.slice(0, net.inputs);
        const distance = nearestCrease(net, x)?.distance ?? 0;
        const r = distance * (1 - SHARE) - HAIR;
        if (!(r > 0)) return;
        met++;
        for (const method of ['algorithm1', 'algorithm1plus', 'zonotope'] as const)
          if (localBounds(net, x, r, method).C !== 0)
            expect.fail(`${method}: C > 0 within ${r} of ${x}, where the distance is ${distance}`);
      }),
      { numRuns: 1000 },
    );
    expect(met).toBeGreaterThan(500);
  });
});
