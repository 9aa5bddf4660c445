import fc from 'fast-check';
import { expect } from 'vitest';
import { zaslavsky } from '../../src/bounds/regionBounds.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../src/model/model.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import {
  edited,
  extremeSlope,
  network,
  nudged,
  whole,
  withMultiples,
  withSlopes,
} from '../support/networks.ts';
import { type TestCircle, toolCircles } from '../support/toolCircles.ts';

/** In [−2, 2], and few of them with an end in binary. */
const decimal = fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((v) => v / (5 * 10 ** 8));
const random = fc
  .record({
    hidden: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
    negativeSlope: fc.constantFrom(0, 0, 0.01, 0.3),
    seed: fc.nat(),
  })
  .map(({ hidden, ...rest }) =>
    createNetwork({ widths: [2, ...hidden, 1], initialiser: 'he', ...rest }),
  );
/** Weights below what 32 bits hold: all backends go to 64. */
const subnormalIn32 = random.map((net) =>
  edited(net, ({ weights }) => {
    weights[0] *= 2 ** -140;
  }),
);
const nets = fc.oneof(
  { weight: 3, arbitrary: random },
  { weight: 1, arbitrary: subnormalIn32 },
  { weight: 1, arbitrary: network(whole) },
  { weight: 1, arbitrary: withMultiples(network(decimal)) },
  { weight: 1, arbitrary: nudged(withMultiples(network(whole))) },
  { weight: 2, arbitrary: withSlopes(random) },
  { weight: 1, arbitrary: withSlopes(random, extremeSlope) },
  { weight: 1, arbitrary: withSlopes(nudged(withMultiples(network(whole)))) },
);
/** A planar network, random or degenerate, and a point whose surroundings are looked at. */
export const place = fc.record({
  net: nets,
  x: decimal,
  y: decimal,
  /** How far from the origin, and how much around it is looked at. */
  away: fc.constantFrom(1, 1, 1, 30, 1e6),
});

export interface Truth extends TestCircle {
  readonly regions: number;
  readonly switching: Uint8Array;
}

/** The circles around a place, with what meets them. */
export function truths({
  net,
  x,
  y,
  away,
}: {
  net: Model;
  x: number;
  y: number;
  away: number;
}): Truth[] {
  return toolCircles(net, away * x, away * y, 1).map((circle) => {
    const { activationRegions, switching, complete } = discRegions(
      net,
      circle.x,
      circle.y,
      circle.r,
    );
    expect(complete).toBe(true);
    return { ...circle, regions: activationRegions, switching };
  });
}

/** What is wrong with flags, and with counts per layer, that somebody claims for a circle; empty where nothing is. */
export function falseFlags(S: readonly number[], { switching }: Truth): string {
  return [...switching].flatMap((s, i) => (s > S[i] ? [`neuron ${i} switches`] : [])).join();
}

export function falseCounts(
  net: Model,
  C: readonly number[],
  { regions, switching }: Truth,
): string {
  const offsets = net.offsets;
  const short = C.flatMap((count, k) => {
    const truly = switching.subarray(offsets[k], offsets[k + 1]).reduce((a, b) => a + b, 0);
    return count < truly ? [`layer ${k}: ${count} of ${truly}`] : [];
  });
  if (zaslavsky(C, 2) < BigInt(regions)) short.push(`${regions} regions`);
  return short.join();
}
