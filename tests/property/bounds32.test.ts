import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coveringBall, largestRadius, rangeOf } from '../../src/compute/packed/soundness.ts';
import { networkFromJson } from '../../src/model/json.ts';
import { trials } from '../support/trials.ts';
import { boundsIn32 } from './bounds32.ts';
import {
  affineAt,
  brink,
  parkMiller,
  type Scene,
  said,
  small,
  stage,
  steep,
  wide,
} from './scenes32.ts';
import { prepare, runTrials } from './trials32.ts';

/** The same ball in 64 bits and in the worst of 32. */
function both(scene: Scene) {
  const dice = parkMiller(scene.random);
  const { net, x } = stage(scene, dice);
  const r = brink(net, x, scene.pick) * (1 + scene.nearness);
  const { copy, radius, constants } = prepare(net, x, r, true);
  const rough = boundsIn32(net, copy, radius, constants, scene.mood, dice);
  return { net, copy, radius, exact: said(net, x, r), rough };
}

const BALLS = trials(10_000, 100_000);

const runs = [
  [small, 1000],
  [wide, 100],
  [steep, 40],
] as const;

describe('the bound in 32 bits, on the worst arithmetic that WGSL allows', () => {
  it('never says that a neuron is stable when 64 bits do not, and never a smaller reach', () => {
    for (const [scenes, numRuns] of runs)
      fc.assert(
        fc.property(scenes, (chosen) => {
          const { exact, rough } = both(chosen);
          rough.forEach(({ S, P, raw }, i) => {
            const { rawU, ...known } = exact[i];
            if (S < known.S || P < known.P || !(raw >= rawU * (1 - 1e-12)))
              expect.fail(`neuron ${i}: S ${S}, P ${P}, U ${raw}; ${JSON.stringify(exact[i])}`);
          });
        }),
        { numRuns },
      );
  });

  // Each term of the recipe alone: in the final decision, the slack of one can hide that another is missing.
  it('carries with every affine neuron at least its errors: of A, and of the gradient times r', () => {
    let checked = 0;
    for (const [scenes, numRuns] of runs)
      fc.assert(
        fc.property(scenes, (chosen) => {
          const { net, copy, radius, rough } = both(chosen);
          const known = affineAt(net, copy).flat();
          rough.forEach(({ A, L, error }, i) => {
            if (error === Number.POSITIVE_INFINITY) return;
            checked++;
            const off = Math.hypot(...L.map((l, t) => l - known[i].L[t]));
            const made = Math.abs(A - known[i].z) + radius * off;
            if (!(error * (1 + 1e-6) >= made))
              expect.fail(`neuron ${i}: errors of ${made}, bound ${error}`);
          });
        }),
        { numRuns },
      );
    expect(checked).toBeGreaterThan(4000);
  });

  it(`claims no false S = 0 in ${BALLS} balls near a decision, where naive arithmetic does`, () => {
    const recipe = runTrials(BALLS, 1, true);
    expect(recipe.trials).toBeGreaterThanOrEqual(BALLS);
    expect(recipe.unstable).toBeGreaterThan(2 * BALLS);
    expect([recipe.falselyStable, recipe.otherwiseBold]).toEqual([0, 0]);
    const naive = runTrials(BALLS / 10, 1, false);
    expect(naive.falselyStable).toBeGreaterThan(BALLS / 200);
  });

  it('covers the rounding of large coordinates times tiny weights, whose γ share may be flushed', () => {
    // 2⁻¹¹⁰ · 2⁵⁰ twice, all but equal, without a bias: γ|w| is below 2⁻¹²⁶.
    const [v, w] = [2 ** -110 * (1 + 2 ** -22), -(2 ** -110) * (1 + 2 ** -23)];
    const net = networkFromJson({
      layers: [
        { W: [[v, w]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    for (let seed = 1; seed < 200; seed++) {
      const dice = parkMiller(seed);
      const x = Float64Array.from([1, 1], () => Math.fround(2 ** 50 * (1 + dice())));
      x[1] = Math.fround((-x[0] * v) / w);
      const { copy, radius, constants } = prepare(net, x, 0, true);
      const [exact] = said(net, x, 0);
      for (const mood of ['away', 'either'] as const) {
        const [neuron] = boundsIn32(net, copy, radius, constants, mood, dice);
        expect(Math.abs(neuron.A - exact.A)).toBeLessThanOrEqual(neuron.raw);
      }
    }
  });
});

describe('the gate before 32 bits', () => {
  it('leaves parameters whose error bounds would be flushed to 64 bits', () => {
    const layers = [
      { W: [[1]], b: [1] },
      { W: [[1]], b: [0] },
    ];
    const leaky = (negativeSlope: number) =>
      rangeOf(networkFromJson({ activation: 'leaky-relu', negativeSlope, layers })).fits;
    expect([leaky(0.01), leaky(2 ** -99), leaky(2 ** -101)]).toEqual([true, true, false]);
    const biased = (b: number) =>
      rangeOf(networkFromJson({ layers: [{ W: [[1]], b: [b] }, layers[1]] })).fits;
    expect([biased(0), biased(2 ** -126), biased(2 ** -127)]).toEqual([true, true, false]);
  });
});

describe('the ball in 32 bits', () => {
  const coordinate = fc.oneof(
    fc.double({ min: -1e12, max: 1e12, noNaN: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: -(2 ** -120), max: 2 ** -120, noNaN: true }),
  );
  const radius = fc
    .record({
      size: fc.double({ min: 1, max: 2, noNaN: true }),
      exponent: fc.integer({ min: -200, max: 20 }),
    })
    .map(({ size, exponent }) => size * 2 ** exponent);

  it('covers the one asked for from the rounded centre', () => {
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 1, maxLength: 4 }), radius, (at, r) => {
        const x = Float64Array.from(at);
        const copy = Float32Array.from(x);
        const covering = coveringBall(x, copy, r);
        const shift = Math.hypot(...x.map((value, i) => value - copy[i]));
        expect(covering).toBeGreaterThanOrEqual((r + shift) * (1 - 2 ** -51));
        expect(covering).toBe(Math.fround(covering));
        const largest = Math.max(...x.map(Math.abs));
        expect(covering).toBeLessThanOrEqual(largestRadius(x.length, largest, r));
      }),
      { numRuns: 2000 },
    );
  });

  it('is never one that a GPU would flush to zero, however small the radius', () => {
    for (const r of [2 ** -1074, 2 ** -200, 2 ** -127]) {
      const radius = coveringBall(Float64Array.of(1), Float32Array.of(1), r);
      expect(radius).toBeGreaterThanOrEqual(2 ** -126);
    }
  });
});
