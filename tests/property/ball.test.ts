import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localBounds } from '../../src/bounds/ladder.ts';
import { boundMethods } from '../../src/bounds/methods.ts';
import { powerOfTwo } from '../../src/bounds/regionBounds.ts';
import { sampleRegions } from '../../src/bounds/sampling.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { BallCount, ballRegions } from '../../src/regions/ball/ball.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { nearestCrease } from '../../src/regions/query/distance.ts';
import {
  alsoMixed,
  edited,
  network,
  nudged,
  whole,
  withMultiples,
  withSlopes,
} from '../support/networks.ts';
import { rationalBall } from '../support/rationalBall.ts';
import { stepped } from '../support/steps.ts';
import { trials } from '../support/trials.ts';
import { ball } from './balls.ts';
import { place, truths } from './touchingCircles.ts';

/** The count in a ball, which must be exact. */
function counted(net: Model, x: readonly number[], r: number): number {
  const { atLeast, atMost, exact, open } = ballRegions(net, x, r);
  expect([exact, atMost, open]).toEqual([true, BigInt(atLeast), 0]);
  return atLeast;
}

/** The network with other biases: all its pre-activations at x are near 0, of whatever size their terms are. */
function nearZero(net: Model, x: readonly number[]): Model {
  let inputs = [...x];
  return edited(net, ({ inputs: n, weights, biases }) => {
    inputs = Array.from(biases, (bias, j) => {
      const sum = inputs.reduce((total, v, i) => total + weights[j * n + i] * v, 0);
      biases[j] = bias / 4 + Math.sin(97 * weights[j * n]) / 4 - sum;
      return Math.max(0, sum + biases[j]);
    });
  });
}

describe('In the plane, the regions that meet a ball', () => {
  const agrees = (net: Model, x: number, y: number, r: number) => {
    const { activationRegions, complete } = discRegions(net, x, y, r);
    expect(complete).toBe(true);
    expect(counted(net, [x, y], r)).toBe(activationRegions);
  };

  it('are those of the disc, on random and degenerate networks', () => {
    fc.assert(
      fc.property(ball, ({ net, x, y, r }) => agrees(net, x, y, r)),
      { numRuns: trials(150, 2000) },
    );
  });

  it('are those of the disc where circles are inspheres or touch creases to the last digit', () => {
    fc.assert(
      fc.property(place, (at) => {
        for (const { x, y, r, regions } of truths(at))
          expect([x, y, r, counted(at.net, [x, y], r)]).toEqual([x, y, r, regions]);
      }),
      { numRuns: trials(30, 300) },
    );
  });

  it('are those of the disc in units so large or small that squares leave the range', () => {
    const power = fc.constantFrom(-400, -200, -60, 60, 200, 400).map((p) => 2 ** p);
    fc.assert(
      fc.property(place, power, power, ({ net, x, y }, unit, factor) => {
        const scaled = edited(net, ({ weights, biases }, k) => {
          if (k === 0) for (let i = 0; i < weights.length; i++) weights[i] *= factor;
          for (let j = 0; j < biases.length; j++) biases[j] *= factor * unit;
        });
        agrees(scaled, unit * x, unit * y, unit / 2);
      }),
      { numRuns: trials(60, 400) },
    );
  });

  it('are those of the disc on both sides of a radius at which the count jumps, where digits cancel', () => {
    const where = fc.record({
      hidden: fc.constantFrom([3], [5], [4, 3], [3, 3, 2]),
      seed: fc.nat(),
      far: fc.constantFrom(1, 2 ** 10, 2 ** 20, 2 ** 26),
      up: fc.boolean(),
    });
    let jumps = 0;
    fc.assert(
      fc.property(where, ({ hidden, seed, far, up }) => {
        const x = [far * Math.sin(seed), far * Math.cos(seed)];
        const widths = [2, ...hidden, 1];
        const net = nearZero(
          createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed }),
          x,
        );
        const count = (r: number) => discRegions(net, x[0], x[1], r).activationRegions;
        let [low, high] = [2 ** -6, 2];
        if (count(low) === count(high)) return;
        for (;;) {
          const middle = (low + high) / 2;
          if (middle === low || middle === high) break;
          const [below, above] = [count(low) !== count(middle), count(middle) !== count(high)];
          if (up ? above : !below) low = middle;
          else high = middle;
        }
        jumps++;
        for (const r of [low, high, stepped(low, -1), stepped(high, 1), stepped(high, 9)])
          agrees(net, x[0], x[1], r);
      }),
      { numRuns: trials(60, 600) },
    );
    expect(jumps).toBeGreaterThan(20);
  });

  it('are those of the disc where circles pass through vertices, and are centred on them', () => {
    const nets = alsoMixed(fc.oneof(network(whole), withMultiples(network(whole))));
    // A Pythagorean triangle: a vertex on the grid is at distance 5/4 of the centre.
    const vertex = fc.record({ net: nets, x: whole, y: whole, turned: fc.boolean() });
    fc.assert(
      fc.property(vertex, ({ net, x, y, turned }) => {
        agrees(net, x, y, 0.5);
        agrees(net, turned ? x + 0.75 : x + 1, turned ? y + 1 : y + 0.75, 1.25);
      }),
      { numRuns: trials(60, 500) },
    );
  });
});

/** In three dimensions and more; small, because fractions are slow. */
const spatial = (weight: fc.Arbitrary<number>): fc.Arbitrary<Model> =>
  fc
    .record({
      d: fc.constantFrom(3, 3, 4, 5, 6, 10),
      widths: fc.constantFrom([4], [5], [3, 2], [2, 3], [2, 2, 2], [3, 3]),
      stream: fc.infiniteStream(weight),
      slope: fc.constantFrom(0, 0, 0, 0.25),
    })
    .map(({ d, widths, stream, slope }) => {
      const sizes = [d, ...widths, 1];
      const draw = (n: number) => Float64Array.from({ length: n }, () => stream.next().value ?? 0);
      const maps = sizes.slice(1).map((outputs, k) => {
        const inputs = sizes[k];
        return { inputs, outputs, weights: draw(inputs * outputs), biases: draw(outputs) };
      });
      return createModel(maps, slope);
    });

describe('In more dimensions, the regions that meet a ball', () => {
  const coarse = fc.integer({ min: -16, max: 16 }).map((n) => n / 8);
  const nets = fc.oneof(
    spatial(whole),
    spatial(coarse),
    withMultiples(spatial(whole)),
    withSlopes(spatial(whole)),
    nudged(withMultiples(spatial(whole))),
    spatial(whole).map((net) => edited(net, ({ biases }) => biases.fill(0))),
  );
  it('are those that fractions find', () => {
    let several = 0;
    fc.assert(
      fc.property(
        nets,
        fc.infiniteStream(fc.constantFrom(0, 0, 0.5, -1, 1)),
        fc.constantFrom(0.25, 0.5, 1, 1.5),
        fc.constantFrom(undefined, -1, 0, 1),
        (net, stream, size, touching) => {
          const x = Array.from({ length: net.inputs }, () => stream.next().value ?? 0);
          const near = nearestCrease(net, x)?.distance ?? 0;
          // A ball that reaches to the nearest crease, and to the numbers beside it.
          const r = touching === undefined || near < 1e-6 ? size : stepped(near, touching);
          const truth = rationalBall(net, x, r);
          if (truth > 2) several++;
          expect(counted(net, x, r)).toBe(truth);
        },
      ),
      { numRuns: trials(60, 300) },
    );
    expect(several).toBeGreaterThan(10);
  });
});

describe('The bounds on the regions that meet a ball', () => {
  const compute = createReferenceCompute();
  const anywhere = fc.record({
    hidden: fc.array(fc.integer({ min: 2, max: 10 }), { minLength: 1, maxLength: 3 }),
    d: fc.constantFrom(1, 2, 3, 7, 20, 60),
    negativeSlope: fc.constantFrom(0, 0, 0.1),
    seed: fc.nat(),
    r: fc.constantFrom(0.05, 0.2, 0.7),
    maxNodes: fc.constantFrom(0, 1, 3, 10, 100, 1000),
  });

  it('hold wherever the work stops: samples ≤ at least ≤ at most ≤ 2^C, by any method', async () => {
    let [stopped, exact] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ hidden, d, negativeSlope, seed, r, maxNodes }) => {
        const widths = [d, ...hidden, 1];
        const net = createNetwork({ widths, negativeSlope, initialiser: 'he', seed });
        const x = Float64Array.from({ length: d }, (_, t) => Math.sin(seed + t));
        const early = ballRegions(net, x, r, { maxNodes });
        if (early.exact) exact++;
        else stopped++;
        expect(early.exact).toBe(BigInt(early.atLeast) === early.atMost);
        for (const method of boundMethods) {
          const bound = localBounds(net, x, r, method);
          expect(early.atMost <= bound.zaslavsky).toBe(true);
          expect(early.atMost <= powerOfTwo(bound.C)).toBe(true);
        }
        const { atLeast, atMost } = ballRegions(net, x, r, { maxNodes: 20_000 });
        expect(early.atLeast).toBeLessThanOrEqual(atLeast);
        expect(early.atMost >= atMost).toBe(true);
        expect(BigInt(atLeast) <= atMost).toBe(true);
        const sampled = await sampleRegions(compute, net, x, r, { samples: 200, seed: 1 });
        expect(BigInt(sampled.atLeast) <= early.atMost).toBe(true);
        if (early.exact) expect(sampled.atLeast).toBeLessThanOrEqual(early.atLeast);
      }),
      { numRuns: trials(80, 500) },
    );
    expect(Math.min(stopped, exact)).toBeGreaterThan(10);
  });

  it('close as the work goes on, and never open again', () => {
    const widths = [12, 14, 14, 1];
    const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 5 });
    const work = new BallCount(net, new Float64Array(12).fill(0.3), 0.5);
    let before = work.sofar();
    expect(before.exact).toBe(false);
    let pauses = 0;
    while (!work.run(0)) {
      if (++pauses % 50 > 0) continue;
      const now = work.sofar();
      expect(now.atLeast).toBeGreaterThanOrEqual(before.atLeast);
      expect(now.atMost <= before.atMost).toBe(true);
      before = now;
    }
    const { exact, atLeast } = work.result();
    expect(exact).toBe(true);
    expect(atLeast).toBeGreaterThan(100);
  });
});
