import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { localBounds } from '../../src/bounds/ladder.ts';
import { boundMethods } from '../../src/bounds/methods.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import type { Model } from '../../src/model/model.ts';
import { plainRecursion } from '../bench/backends/plainRecursion.ts';
import { falseCounts, falseFlags, place, truths } from './touchingCircles.ts';

let backends: readonly Compute[];
beforeAll(async () => {
  backends = [createReferenceCompute(), await createSimdCompute()];
});
afterAll(() => {
  for (const backend of backends) backend.dispose();
});

const NUM_RUNS = 60;

/** What the plain recursion can do. */
const isReLU = (net: Model) => net.hidden.every(({ slopes }) => slopes.every((s) => s === 0));

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
        const K = at.net.widths.length;
        for (const compute of backends) {
          for (const method of boundMethods) {
            const { C } = await compute.bounds(at.net, points, radii, { method });
            all.forEach((truth, i) => {
              const wrong = falseCounts(at.net, [...C.subarray(i * K, (i + 1) * K)], truth);
              if (wrong) expect.fail(`${compute.backend}, ${method}: ${wrong} within ${truth.r}`);
            });
          }
          const { C, detail } = await compute.bounds(at.net, points, radii, { detail: true });
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
      for (const truth of isReLU(at.net) ? truths(at) : []) {
        const C = plainRecursion(at.net, Float64Array.of(truth.x, truth.y), truth.r, Float64Array);
        if (falseCounts(at.net, [...C], truth)) wrong++;
      }
    expect(wrong).toBeGreaterThan(10);
  });
});
