import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { localBounds } from '../../src/bounds/ladder.ts';
import { boundMethods } from '../../src/bounds/methods.ts';
import { zaslavsky } from '../../src/bounds/regionBounds.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import { createNetwork } from '../../src/network/initialisers/createNetwork.ts';
import { hiddenWidths, type Network, neuronOffsets } from '../../src/network/network.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { plainRecursion } from '../bench/backends/plainRecursion.ts';
import { edited, network, nudged, whole, withMultiples } from '../support/networks.ts';
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
);
const place = fc.record({
  net: nets,
  x: decimal,
  y: decimal,
  /** How far from the origin, and how much around it is looked at. */
  away: fc.constantFrom(1, 1, 1, 30, 1e6),
});

interface Truth extends TestCircle {
  readonly regions: number;
  readonly switching: Uint8Array;
}

/** The circles around a place, with what meets them. */
function truths({
  net,
  x,
  y,
  away,
}: {
  net: Network;
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
function falseFlags(S: readonly number[], { switching }: Truth): string {
  return [...switching].flatMap((s, i) => (s > S[i] ? [`neuron ${i} switches`] : [])).join();
}

function falseCounts(net: Network, C: readonly number[], { regions, switching }: Truth): string {
  const offsets = neuronOffsets(net);
  const short = C.flatMap((count, k) => {
    const truly = switching.subarray(offsets[k], offsets[k + 1]).reduce((a, b) => a + b, 0);
    return count < truly ? [`layer ${k}: ${count} of ${truly}`] : [];
  });
  if (zaslavsky(C, 2) < BigInt(regions)) short.push(`${regions} regions`);
  return short.join();
}

let backends: readonly Compute[];
beforeAll(async () => {
  backends = [createReferenceCompute(), await createSimdCompute()];
});
afterAll(() => {
  for (const backend of backends) backend.dispose();
});

const NUM_RUNS = 60;

describe('circles that touch creases to the last digit', () => {
  it('have no S = 0 that is false, by any method or variant, and no bound below the count', () => {
    let switching = 0;
    fc.assert(
      fc.property(place, (at) => {
        for (const truth of truths(at)) {
          const centre = [truth.x, truth.y];
          switching += truth.switching.reduce((a, b) => a + b, 0);
          const said = [
            ...(['guarded', 'printed'] as const).map((variant) => ({
              who: variant as string,
              layers: algorithmOne(at.net, centre, truth.r, variant).layers,
            })),
            ...boundMethods.map((method) => ({
              who: method as string,
              layers: localBounds(at.net, centre, truth.r, method).layers,
            })),
          ];
          for (const { who, layers } of said) {
            const flags = layers.flatMap(({ S }) => [...S]);
            const counts = layers.map(({ C }) => C);
            const wrong = falseFlags(flags, truth) + falseCounts(at.net, counts, truth);
            if (wrong) expect.fail(`${who}: ${wrong} within ${truth.r} of ${centre}`);
          }
          // One C per method.
          expect(said[2].layers.map(({ C }) => C)).toEqual(said[0].layers.map(({ C }) => C));
        }
      }),
      { numRuns: NUM_RUNS },
    );
    expect(switching).toBeGreaterThan(100);
  });

  it('have no count that is too small on any backend, alone or in a batch', async () => {
    await fc.assert(
      fc.asyncProperty(place, async (at) => {
        const all = truths(at);
        const points = Float64Array.from(all.flatMap(({ x, y }) => [x, y]));
        const radii = Float64Array.from(all, ({ r }) => r);
        const K = hiddenWidths(at.net).length;
        for (const compute of backends) {
          compute.load(at.net);
          for (const method of boundMethods) {
            const { C } = await compute.bounds(points, radii, { method });
            all.forEach((truth, i) => {
              const wrong = falseCounts(at.net, [...C.subarray(i * K, (i + 1) * K)], truth);
              if (wrong) expect.fail(`${compute.backend}, ${method}: ${wrong} within ${truth.r}`);
            });
          }
          const { C, detail } = await compute.bounds(points, radii, { detail: true });
          all.forEach((truth, i) => {
            const N = truth.switching.length;
            const flags = [...(detail?.S.subarray(i * N, (i + 1) * N) ?? [])];
            const counts = [...C.subarray(i * K, (i + 1) * K)];
            expect(falseFlags(flags, truth) + falseCounts(at.net, counts, truth)).toBe('');
            expect(counts).toEqual(
              algorithmOne(at.net, [truth.x, truth.y], truth.r).layers.map((layer) => layer.C),
            );
          });
        }
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('are bounded falsely by plain 64-bit arithmetic', () => {
    let wrong = 0;
    for (const at of fc.sample(place, { numRuns: NUM_RUNS, seed: 7 }))
      for (const truth of at.net.negativeSlope === 0 ? truths(at) : []) {
        const C = plainRecursion(at.net, Float64Array.of(truth.x, truth.y), truth.r, Float64Array);
        if (falseCounts(at.net, [...C], truth)) wrong++;
      }
    expect(wrong).toBeGreaterThan(10);
  });
});
