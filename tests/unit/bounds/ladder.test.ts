import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { localBounds } from '../../../src/bounds/ladder.ts';
import { type BoundMethod, boundMethods } from '../../../src/bounds/methods.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { readCases } from './cases.ts';

const balls = readCases().flatMap(({ name, net, bounds }) =>
  bounds.map((ball) => ({ name, net, ball })),
);
const leaky = { activation: 'leaky-relu', negativeSlope: 0.25 };

describe('the ladder of local bounds', () => {
  it('takes a leaky slope from the rounding of a neuron that is off, too', () => {
    // Two neurons are off, and what they pass on is 10⁻²⁰ of their size; the nearest crease is 1.2 away.
    const net = networkFromJson({
      activation: 'leaky-relu',
      negativeSlope: 1e-20,
      layers: [
        { W: [[1.1], [1]], b: [-2.3, -1.3] },
        { W: [[1.1, 1.7]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    const C = boundMethods.map((method) => localBounds(net, [0.1], 1, method).C);
    expect(C).toEqual(boundMethods.map(() => 0));
  });

  it('counts no neuron that nothing moves, where its value is lost in rounding', () => {
    // Two constants of a third cancel; the third neuron stays on.
    const net = networkFromJson({
      layers: [
        { W: [[0], [0], [1]], b: [1 / 3, 1 / 3, 0] },
        { W: [[3, -3, 0]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    const C = boundMethods.map((method) => localBounds(net, [2], 1, method).C);
    expect(C).toEqual(boundMethods.map(() => 0));
  });

  for (const method of ['ibp', 'crown'] as const)
    it.each(balls)(
      `has the known ${method} intervals of $name at $ball.c, r = $ball.r`,
      (known) => {
        const { net, ball } = known;
        const given = localBounds(net, ball.c, ball.r, method, 'nearest');
        const expected = ball[method];
        expect(given.layers.map(({ S }) => [...S])).toEqual(expected.unstable);
        expect(given.layers.map(({ C }) => C)).toEqual(expected.C_per_layer);
        expect(given.C).toBe(expected.C);
        expect(given.powerOfTwo).toBe(2n ** BigInt(expected.C));
        expect(given.zaslavsky).toBe(BigInt(expected.bound_zaslavsky));
        expected.pre_bounds.forEach((layer, k) => {
          layer.forEach(([lo, hi], j) => {
            const hair = 1e-13 * (1 + Math.abs(lo) + Math.abs(hi));
            expect(Math.abs(given.layers[k].lo[j] - lo)).toBeLessThanOrEqual(hair);
            expect(Math.abs(given.layers[k].hi[j] - hi)).toBeLessThanOrEqual(hair);
          });
        });
      },
    );

  it.each(balls)(
    'rounded outward contains, and hardly exceeds, what it is otherwise on $name at $ball.c, r = $ball.r',
    (known) => {
      const { net, ball } = known;
      for (const method of boundMethods) {
        const outward = localBounds(net, ball.c, ball.r, method);
        const nearest = localBounds(net, ball.c, ball.r, method, 'nearest');
        outward.layers.forEach((layer, k) => {
          nearest.layers[k].S.forEach((s, j) => {
            expect(layer.S[j]).toBeGreaterThanOrEqual(s);
            expect(layer.lo[j]).toBeLessThanOrEqual(nearest.layers[k].lo[j]);
            expect(layer.hi[j]).toBeGreaterThanOrEqual(nearest.layers[k].hi[j]);
            const width = nearest.layers[k].hi[j] - nearest.layers[k].lo[j];
            const size = Math.abs(layer.lo[j]) + Math.abs(layer.hi[j]);
            expect(layer.hi[j] - layer.lo[j]).toBeLessThanOrEqual(width + 1e-11 * (1 + size));
          });
        });
      }
    },
  );

  it('has Algorithm 1 with the numbers of the guarded recursion', () => {
    for (const { net, ball } of balls) {
      const rung = localBounds(net, ball.c, ball.r, 'algorithm1');
      algorithmOne(net, ball.c, ball.r).layers.forEach((layer, k) => {
        expect(rung.layers[k].S).toEqual(layer.S);
        layer.A.forEach((A, j) => {
          const lo = rung.layers[k].lo[j];
          if (layer.rawU[j] > 0) expect(lo).toBe(A - layer.rawU[j]);
          // Constant: what is left is the rounding of A.
          else expect(Math.abs(lo - A)).toBeLessThanOrEqual(1e-14 * (1 + Math.abs(A)));
        });
      });
    }
  });

  it('follows the rules for a leaky slope, worked out by hand', () => {
    // z¹ = x on [−1, 3], so σ(z¹) on [−1/4, 3]; z² = σ(z¹) − 2 x + 5 with x from a neuron that is always on.
    const net = networkFromJson({
      ...leaky,
      layers: [
        { W: [[1], [1], [1]], b: [0, 8, -8] },
        {
          W: [
            [1, -2, 0],
            [0, 0, 1],
          ],
          b: [21, 0],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    const second = (method: BoundMethod) => {
      const { lo, hi } = localBounds(net, [1], 2, method, 'nearest').layers[1];
      return [lo[0], hi[0], lo[1], hi[1]];
    };
    // The neuron that is always off has slope 1/4: z in [−9, −5] goes to [−9/4, −5/4].
    expect(second('ibp')).toEqual([-0.25 - 22 + 21, 3 - 14 + 21, -2.25, -1.25]);
    // Chord s = (3 + 1/4)/4 = 13/16; x − 1 = δ: σ ≤ 13/16 (δ + 1) + 9/16, and σ ≥ x above, since 3 ≥ 1.
    const crown = second('crown');
    expect(crown.slice(2)).toEqual([-2.25, -1.25]);
    // Upper: 13/16 (1 + δ) + 9/16 − 2 (9 + δ) + 21 at δ = −2; lower: (1 + δ) − 2 (9 + δ) + 21 at δ = 2.
    expect(crown[1]).toBeCloseTo(13 / 16 + 9 / 16 + 3 + 2 * (19 / 16), 14);
    expect(crown[0]).toBeCloseTo(4 - 2, 14);
    // Zonotope: σ = 13/16 z + 9/32 ± 9/32.
    const zonotope = second('zonotope');
    expect(zonotope[1]).toBeCloseTo(13 / 16 + 9 / 32 + 3 + 2 * (19 / 16) + 9 / 32, 14);
    expect(zonotope[0]).toBeCloseTo(13 / 16 + 9 / 32 + 3 - 2 * (19 / 16) - 9 / 32, 14);
    // Algorithm 1+: σ(1) = 1, remainder [σ(−1) − 1, 3 − 1]; the rest is affine, −2 δ.
    expect(second('algorithm1plus')).toEqual([1 - 18 + 21 - 4 - 1.25, 4 + 4 + 2, -2.25, -1.25]);
  });

  it('keeps the affine part of a bent input, which Algorithm 1 gives up', () => {
    // The neurons of layer 2 are on and have a bent input each; in layer 3 their affine parts all but cancel.
    const net = networkFromJson({
      layers: [
        { W: [[1], [1]], b: [0, 8] },
        {
          W: [
            [1, -1],
            [1, -1],
          ],
          b: [12, 13],
        },
        { W: [[1, -1]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    const width = (method: BoundMethod) => {
      const { lo, hi } = localBounds(net, [0.5], 1, method, 'nearest').layers[2];
      return hi[0] - lo[0];
    };
    // To Algorithm 1 each of them deviates by 1 for its bent input and 1 for its affine one; their remainders are [−0.5, 1].
    expect(width('algorithm1')).toBe(2 * (2 + 2));
    expect(width('algorithm1plus')).toBe(3);
  });

  it('leaves a dead layer without a bias alone, with outward rounding too', () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [0, 1],
          ],
          b: [0, 0],
        },
        {
          W: [
            [1, 1],
            [-0.3, 0.7],
          ],
          b: [0, 0],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    for (const method of boundMethods) {
      const { C, zaslavsky } = localBounds(net, [-0.3, -0.7], 0.1, method);
      expect([method, C, zaslavsky]).toEqual([method, 0, 1n]);
    }
  });

  it('names what is wrong with a centre, a radius, or numbers out of range', () => {
    const { net } = balls[0];
    const huge = networkFromJson({
      layers: [
        { W: [[1e200, 0]], b: [0] },
        { W: [[1e200]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    for (const method of boundMethods) {
      expect(() => localBounds(net, [0], 1, method)).toThrow(/1 coordinates/);
      for (const r of [-1, Number.NaN, Number.POSITIVE_INFINITY])
        expect(() => localBounds(net, [0, 0], r, method)).toThrow(InputError);
      expect(() => localBounds(huge, [1, 0], 1, method)).toThrow(/layer 2 leave the range/);
    }
  });

  it('works in any dimension, and in a network without hidden layers', () => {
    for (const widths of [
      [1, 3, 2, 1],
      [5, 7, 3, 1],
      [36, 9, 9, 2],
      [784, 5, 4, 1],
    ]) {
      const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 3 });
      const x = Float64Array.from({ length: widths[0] }, (_, i) => Math.sin(i));
      for (const method of boundMethods) {
        expect(localBounds(net, x, 0, method, 'nearest').C).toBe(0);
        expect(localBounds(net, x, 100, method).C).toBeGreaterThan(net.neurons / 2);
      }
    }
    const affine = createNetwork({ widths: [2, 1], negativeSlope: 0, initialiser: 'he', seed: 1 });
    for (const method of boundMethods)
      expect(localBounds(affine, [0, 0], 1, method).powerOfTwo).toBe(1n);
  });
});

describe('bounds of the reference backend by the methods of the ladder', () => {
  const net = createNetwork({
    widths: [3, 6, 5, 4, 1],
    negativeSlope: 0,
    initialiser: 'he',
    seed: 5,
  });
  const d = net.inputs;
  const points = Float64Array.from({ length: 7 * d }, (_, i) => Math.sin(12.9898 * (i + 1)));
  const radii = Float64Array.from({ length: 7 }, (_, i) => 0.05 * (i + 1));

  it('are those of every single ball, with a radius for each', async () => {
    const compute = createReferenceCompute();
    for (const method of boundMethods) {
      const given = await compute.bounds(net, points, radii, { method, detail: true });
      const lo = given.intervals?.lo ?? given.detail!.A.map((A, i) => A - given.detail!.rawU[i]);
      for (let i = 0; i < 7; i++) {
        const known = localBounds(net, points.subarray(i * d, i * d + d), radii[i], method);
        expect([...given.C.subarray(3 * i, 3 * i + 3)]).toEqual(known.layers.map(({ C }) => C));
        const N = net.neurons;
        const flat = known.layers.flatMap(({ lo }) => [...lo]);
        expect([...lo.subarray(i * N, (i + 1) * N)]).toEqual(flat);
      }
    }
  });

  it('are those of Algorithm 1 where nothing else is asked for', async () => {
    const compute = createReferenceCompute();
    const plain = await compute.bounds(net, points, 0.1, { detail: true });
    const named = await compute.bounds(net, points, 0.1, { detail: true, method: 'algorithm1' });
    expect(named).toEqual(plain);
    expect(plain.intervals).toBeUndefined();
    const crown = await compute.bounds(net, points, 0.1, { method: 'crown' });
    expect(crown.intervals).toBeUndefined();
    expect(crown.C.length).toBe(21);
  });
});
