import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localBounds } from '../../src/bounds/ladder.ts';
import { type BoundMethod, boundMethods } from '../../src/bounds/methods.ts';
import type { Rounding } from '../../src/bounds/rounding.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../src/model/model.ts';
import { createRandom } from '../../src/random.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { Dyadic, DyadicNetwork, rimPoints } from '../support/dyadicNeurons.ts';
import { forwardAll } from '../support/forward.ts';
import { mixSlopes } from '../support/networks.ts';
import { ball } from './balls.ts';
import { parkMiller, type Style, stage } from './scenes32.ts';

const rounding = fc.constantFrom<Rounding>('nearest', 'outward');

interface Flat {
  readonly lo: number;
  readonly hi: number;
  readonly S: number;
}

const flat = (
  net: Model,
  x: ArrayLike<number>,
  r: number,
  method: BoundMethod,
  how: Rounding,
): Flat[] =>
  localBounds(net, x, r, method, how).layers.flatMap(({ lo, hi, S }) =>
    Array.from(lo, (l, j) => ({ lo: l, hi: hi[j], S: S[j] })),
  );

describe('every bound of the ladder, on any network in the plane', () => {
  it('declares what switches in the open disc, and bounds its exact number of regions', () => {
    fc.assert(
      fc.property(ball, ({ net, x, y, r }) => {
        const exact = discRegions(net, x, y, r);
        expect(exact.complete).toBe(true);
        for (const method of boundMethods) {
          const found = localBounds(net, [x, y], r, method);
          const S = found.layers.flatMap((layer) => [...layer.S]);
          exact.switching.forEach((switches, i) => {
            if (switches && S[i] === 0) expect.fail(`${method}: neuron ${i} switches`);
          });
          expect(BigInt(exact.activationRegions)).toBeLessThanOrEqual(found.zaslavsky);
          expect(found.zaslavsky).toBeLessThanOrEqual(found.powerOfTwo);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('keeps the proven orders: CROWN within IBP, Algorithm 1+ within Algorithm 1', () => {
    fc.assert(
      fc.property(ball, rounding, ({ net, x, y, r }, how) => {
        const of = (method: BoundMethod) => flat(net, [x, y], r, method, how);
        const [crown, ibp, one, plus] = [
          of('crown'),
          of('ibp'),
          of('algorithm1'),
          of('algorithm1plus'),
        ];
        crown.forEach((tight, i) => {
          expect(tight.lo).toBeGreaterThanOrEqual(ibp[i].lo);
          expect(tight.hi).toBeLessThanOrEqual(ibp[i].hi);
          expect(tight.S).toBeLessThanOrEqual(ibp[i].S);
        });
        plus.forEach((tight, i) => {
          const loose = one[i];
          // The two sum in different ways: equal in real arithmetic may be an ulp apart.
          const hair = 1e-13 * (1 + Math.abs(loose.lo) + Math.abs(loose.hi));
          expect(tight.lo).toBeGreaterThanOrEqual(loose.lo - hair);
          expect(tight.hi).toBeLessThanOrEqual(loose.hi + hair);
          const clear = Math.min(Math.abs(loose.lo), Math.abs(loose.hi)) > hair;
          if (clear) expect(tight.S).toBeLessThanOrEqual(loose.S);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('grows with the radius', () => {
    fc.assert(
      fc.property(ball, fc.constantFrom(...boundMethods), ({ net, x, y, r }, method) => {
        // CROWN's lower lines jump from one slope to another, so it alone may be looser in the smaller ball.
        fc.pre(method !== 'crown' && method !== 'zonotope');
        const small = localBounds(net, [x, y], r / 2, method);
        const large = localBounds(net, [x, y], r, method);
        small.layers.forEach(({ C }, k) => {
          expect(C).toBeLessThanOrEqual(large.layers[k].C);
        });
      }),
      { numRuns: 300 },
    );
  });
});

/** Scenes in which deep neurons take small differences of large numbers, so that errors they inherit are all they have. */
const scene = fc.record({
  widths: fc
    .record({
      d: fc.constantFrom(1, 1, 2, 3),
      hidden: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
    })
    .map(({ d, hidden }) => [d, ...hidden, 1]),
  style: fc.constantFrom<Style>('plain', 'twins', 'twins', 'cancelling', 'swamped'),
  negativeSlope: fc.constantFrom(0, 0, 0.3),
  /** Every neuron draws its own slope instead. */
  mixed: fc.boolean(),
  seed: fc.nat(),
  scale: fc.constantFrom(1, 40),
  size: fc.constantFrom(1e-14, 1e-9, 1e-3, 0.1, 1),
  random: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
});

/** Values that leave the interval said of them, in exact arithmetic. */
function escapes(
  chosen: typeof scene extends fc.Arbitrary<infer T> ? T : never,
  method: BoundMethod,
  how: Rounding,
): number {
  const dice = parkMiller(chosen.random);
  const { net: shared, x } = stage(chosen, dice);
  const net = chosen.mixed ? mixSlopes(shared, createRandom(chosen.random, 1)) : shared;
  const r = chosen.size * chosen.scale * dice();
  const said = flat(net, x, r, method, how);
  let count = 0;
  const exact = new DyadicNetwork(net);
  for (const point of rimPoints(x, r))
    exact.preActivations(point).forEach((z, i) => {
      const { lo, hi } = said[i];
      if (z.minus(Dyadic.of(lo)).sign < 0 || Dyadic.of(hi).minus(z).sign < 0) count++;
    });
  return count;
}

describe('rounding in 64 bits', () => {
  it('never takes a value out of an interval that is rounded outward', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(...boundMethods), (chosen, method) => {
        expect(escapes(chosen, method, 'outward')).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('does so without', () => {
    const scenes = fc.sample(scene, { numRuns: 60, seed: 4 });
    for (const method of boundMethods) {
      const count = scenes.reduce((sum, chosen) => sum + escapes(chosen, method, 'nearest'), 0);
      expect([method, count > 10]).toEqual([method, true]);
    }
  });
});

describe('every bound of the ladder, in more dimensions', () => {
  it('contains every pre-activation at points of the ball', () => {
    const high = fc.record({
      d: fc.constantFrom(3, 8, 36),
      hidden: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
      negativeSlope: fc.constantFrom(0, 0.2),
      seed: fc.nat(),
      r: fc.constantFrom(0.01, 0.1, 0.5, 2),
      random: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
    });
    fc.assert(
      fc.property(high, ({ d, hidden, negativeSlope, seed, r, random }) => {
        const net = createNetwork({
          widths: [d, ...hidden, 1],
          negativeSlope,
          initialiser: 'he',
          seed,
        });
        const dice = parkMiller(random);
        const x = Float64Array.from({ length: d }, () => 2 * dice() - 1);
        const said = boundMethods.map((method) => flat(net, x, r, method, 'outward'));
        for (let n = 0; n < 20; n++) {
          const step = Float64Array.from({ length: d }, () => 2 * dice() - 1);
          const reach = (r * (1 - 1e-12)) / Math.hypot(...step);
          const { hidden: layers } = forwardAll(
            net,
            x.map((v, t) => v + reach * step[t]),
          );
          const z = layers.flatMap((layer) => [...layer]);
          said.forEach((bounds, m) => {
            z.forEach((value, i) => {
              const { lo, hi } = bounds[i];
              const hair = 1e-11 * (Math.abs(lo) + Math.abs(hi));
              if (!(value >= lo - hair && value <= hi + hair))
                expect.fail(`${boundMethods[m]}, neuron ${i}: ${value} not in [${lo}, ${hi}]`);
            });
          });
        }
      }),
      { numRuns: 150 },
    );
  });
});
