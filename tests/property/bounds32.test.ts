import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { coveringBall, etaFor, layerConstants, rangeOf } from '../../src/compute/soundness.ts';
import { createNetwork } from '../../src/network/initialisers/createNetwork.ts';
import type { Network } from '../../src/network/network.ts';
import { boundsIn32, type Constants, type Mood } from './bounds32.ts';

const scene = fc.record({
  d: fc.constantFrom(1, 2, 3, 9),
  hidden: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  negativeSlope: fc.constantFrom(0, 0, 0.01, 0.3),
  seed: fc.nat(),
  scale: fc.constantFrom(1e-3, 1, 1, 40),
  mood: fc.constantFrom<Mood>('up', 'down', 'either'),
  /** How near the radius is to one at which a neuron is on the brink. */
  nearness: fc.constantFrom(-1e-5, -3e-7, -3e-8, 3e-8, 3e-7, 1e-5, 0.3),
  pick: fc.nat(),
  random: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
});

type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

/** Park and Miller's generator: cheap, and its own for every run. */
function parkMiller(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

interface Said {
  readonly A: number;
  readonly rawU: number;
  readonly P: number;
  readonly S: number;
}

const said = (net: Network, x: Float64Array, r: number): Said[] =>
  algorithmOne(net, x, r).layers.flatMap(({ A, rawU, P, S }) =>
    Array.from(A, (a, j) => ({ A: a, rawU: rawU[j], P: P[j], S: S[j] })),
  );

/** The radius at which the picked neuron goes from S = 0 to S = 1, by bisection; 0.1 where there is none below 8. */
function brink(net: Network, x: Float64Array, pick: number): number {
  const at = pick % said(net, x, 0).length;
  const unstable = (r: number) => said(net, x, r)[at].S === 1;
  if (!unstable(8)) return 0.1;
  let [low, high] = [0, 8];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (unstable(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The same ball in 64 bits and in the worst of 32, with these constants or those that the backend uses. */
function both(
  { d, hidden, negativeSlope, seed, scale, mood, nearness, pick, random }: Scene,
  constants?: (net: Network, r: number) => Constants,
) {
  const net = createNetwork({ widths: [d, ...hidden, 1], negativeSlope, initialiser: 'he', seed });
  const dice = parkMiller(random);
  const x = Float64Array.from({ length: d }, () => scale * (2 * dice() - 1));
  const r = brink(net, x, pick) * (1 + nearness);
  const copy = Float32Array.from(x);
  const ball = coveringBall(x, copy, r);
  const used = constants?.(net, r) ?? {
    layers: layerConstants(net),
    eta: etaFor(net, rangeOf(net).largestWeight, r),
  };
  const exactBall = constants ? { radius: Math.fround(r), slack: 0 } : ball;
  return { exact: said(net, x, r), rough: boundsIn32(net, copy, exactBall, used, mood, dice) };
}

describe('the bound in 32 bits, on the worst arithmetic that WGSL allows', () => {
  it('never says that a neuron is stable when 64 bits do not, and never a smaller reach', () => {
    fc.assert(
      fc.property(scene, (chosen) => {
        const { exact, rough } = both(chosen);
        rough.forEach(({ S, P, raw }, i) => {
          expect(S).toBeGreaterThanOrEqual(exact[i].S);
          expect(P).toBeGreaterThanOrEqual(exact[i].P);
          expect(raw).toBeGreaterThanOrEqual(exact[i].rawU * (1 - 1e-12));
        });
      }),
      { numRuns: 1500 },
    );
  });

  it('calls a neuron clear only where 64 bits decide the same', () => {
    let clear = 0;
    fc.assert(
      fc.property(scene, (chosen) => {
        const { exact, rough } = both(chosen);
        // What is clear rests on the layers before being clear, so the answer counts for the point as a whole.
        if (!rough.every((neuron) => neuron.clear)) return;
        clear++;
        expect(rough.map(({ S, P }) => [S, P])).toEqual(exact.map(({ S, P }) => [S, P]));
      }),
      { numRuns: 1500 },
    );
    expect(clear).toBeGreaterThan(100);
  });

  it('would be wrong without the inflation', () => {
    const naive = (net: Network): Constants => ({
      layers: net.layers.map(() => ({ gamma: 0, kappa: 1 })),
      eta: 0,
    });
    const falselyStable = fc.sample(scene, { numRuns: 1500, seed: 1 }).filter((chosen) => {
      const { exact, rough } = both(chosen, naive);
      return rough.some(({ S }, i) => S < exact[i].S);
    });
    expect(falselyStable.length).toBeGreaterThan(20);
  });
});
