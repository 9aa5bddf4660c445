import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { localBounds } from '../../src/bounds/ladder.ts';
import { type BoundMethod, boundMethods } from '../../src/bounds/methods.ts';
import { InputError } from '../../src/errors.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { createRandom } from '../../src/random.ts';
import { Dyadic, DyadicNetwork, rimPoints } from '../support/dyadicNeurons.ts';
import { mixSlopes } from '../support/networks.ts';
import { parkMiller } from './scenes32.ts';

/** From the smallest subnormal number to the largest there is; most networks keep near one of them. */
const EXPONENTS = [-1074, -1060, -1022, -700, -540, -500, -300, -30, 0, 0, 30, 300, 500, 700, 960];

const SLOPES = [0, 1, 1, -1, 0.3, -0.3, 1e-20, -1e-20, 1e-160, -1e-310, 5e-324, -5e-324];
const NEARLY_ONE = [1 - 2 ** -53, 2 ** -53 - 1];

const scene = fc.record({
  widths: fc
    .record({
      d: fc.constantFrom(1, 1, 2, 3),
      hidden: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    })
    .map(({ d, hidden }) => [d, ...hidden, 1]),
  /** Of all neurons; none: every neuron draws its own. */
  negativeSlope: fc.constantFrom(0, 0, 0.3, 1e-160, 1e-310, 5e-324, 1 - 2 ** -53, -1, null, null),
  /** Of the weights and biases layer by layer, then of the point and the radius. */
  exponents: fc.array(fc.constantFrom(...EXPONENTS), { minLength: 10, maxLength: 10 }),
  random: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
});

type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

/** A number of about 2^exponent, sometimes far from it, sometimes 0, with few bits or with all. */
function numberNear(exponent: number, dice: () => number): number {
  if (dice() < 0.15) return 0;
  const away = dice() < 0.2 ? EXPONENTS[Math.floor(dice() * EXPONENTS.length)] : exponent;
  const digits = dice() < 0.5 ? 1 + Math.floor(4 * dice()) / 4 : 1 + dice();
  const size = digits * 2 ** Math.min(960, away);
  return dice() < 0.5 ? -size : size;
}

function stage({ widths, negativeSlope, exponents, random }: Scene) {
  const dice = parkMiller(random);
  const numbers = (length: number, exponent: number) =>
    Float64Array.from({ length }, () => numberNear(exponent, dice));
  const layers = widths.slice(1).map((outputs, k) => ({
    inputs: widths[k],
    outputs,
    weights: numbers(outputs * widths[k], exponents[2 * k]),
    biases: numbers(outputs, exponents[2 * k + 1]),
  }));
  const shared = createModel(layers, negativeSlope ?? 0);
  const net =
    negativeSlope === null
      ? mixSlopes(shared, createRandom(random, 1), [...SLOPES, ...NEARLY_ONE])
      : shared;
  const x = numbers(widths[0], exponents[8]);
  return { net, x, r: Math.abs(numberNear(exponents[9], dice)) };
}

const slopesOf = (net: Model) => net.hidden.flatMap(({ slopes }) => [...slopes]);

const flat = (net: Model, x: Float64Array, r: number, method: BoundMethod) =>
  localBounds(net, x, r, method).layers.flatMap(({ lo, hi, S }) =>
    Array.from(lo, (l, j) => ({ lo: l, hi: hi[j], S: S[j] })),
  );

const below = (a: Dyadic, b: number): boolean => a.minus(Dyadic.of(b)).sign < 0;
const above = (a: Dyadic, b: number): boolean => a.minus(Dyadic.of(b)).sign > 0;

/** All pre-activations, exactly, at the centre and at pairs of opposite points of the rim. */
function everywhere(net: Model, x: Float64Array, r: number): Dyadic[][] {
  const exact = new DyadicNetwork(net);
  return rimPoints(x, r).map((point) => exact.preActivations(point));
}

/** Calls `work`; undefined where it throws that numbers leave the range. */
function unlessOutOfRange<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(/leave the range of 64-bit arithmetic/);
    return undefined;
  }
}

describe('numbers at the ends of the range of f64', () => {
  it('give bounds that hold in real arithmetic, or one sentence', () => {
    let held = 0;
    fc.assert(
      fc.property(scene, (chosen) => {
        const { net, x, r } = stage(chosen);
        const values = everywhere(net, x, r);
        const slopes = slopesOf(net);
        for (const method of boundMethods) {
          const said = unlessOutOfRange(() => flat(net, x, r, method));
          if (!said) continue;
          held++;
          said.forEach(({ lo, hi, S }, i) => {
            const z = values.map((at) => at[i]);
            if (z.some((v) => below(v, lo) || above(v, hi)))
              expect.fail(
                `${method}, neuron ${i}: ${z.map(({ m, e }) => `${m}e${e}`)} not in [${lo}, ${hi}]`,
              );
            const signs = new Set(z.map((v) => v.sign));
            if (S === 0 && signs.has(1) && signs.has(-1) && r > 0 && slopes[i] !== 1)
              expect.fail(`${method}, neuron ${i} switches`);
            if (S === 1 && slopes[i] === 1) expect.fail(`${method}, neuron ${i} has no crease`);
          });
        }
      }),
      { numRuns: 1500 },
    );
    expect(held).toBeGreaterThan(1000);
  });

  it('are right in every column of Algorithm 1, guarded and as printed', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom('guarded' as const, 'printed' as const), (chosen, how) => {
        const { net, x, r } = stage(chosen);
        const said = unlessOutOfRange(() => algorithmOne(net, x, r, how));
        if (!said) return;
        const exact = new DyadicNetwork(net);
        const slopes = slopesOf(net);
        const [centre, ...rim] = everywhere(net, x, r);
        const [atCentre, ...atRim] = [centre, ...rim].map((z) => exact.activations(z));
        let i = 0;
        for (const { U, P, S } of said.layers)
          for (let j = 0; j < U.length; j++, i++) {
            const moved = atRim.map((h) => h[i].minus(atCentre[i]));
            if (moved.some((by) => above(by, U[j]) || below(by, -U[j]))) expect.fail(`U of ${i}`);
            for (let p = 0; P[j] === 0 && p < moved.length; p += 2)
              if (moved[p].plus(moved[p + 1]).sign !== 0) expect.fail(`P of ${i}`);
            const signs = new Set([centre, ...rim].map((z) => z[i].sign));
            const switches = signs.has(1) && signs.has(-1) && slopes[i] !== 1;
            if (S[j] === 0 && switches) expect.fail(`S of ${i}`);
            if (S[j] === 1 && slopes[i] === 1) expect.fail(`S of ${i}, which has no crease`);
          }
      }),
      { numRuns: 1500 },
    );
  });
});
