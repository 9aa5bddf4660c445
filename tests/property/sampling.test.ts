import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ballPoints } from '../../src/bounds/ballPoints.ts';
import { CertainPattern } from '../../src/bounds/certainPattern.ts';
import { localBounds } from '../../src/bounds/ladder.ts';
import { sampleRegions } from '../../src/bounds/sampling.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import { InputError } from '../../src/errors.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { createRandom } from '../../src/random.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { readCases, readNet } from '../unit/bounds/cases.ts';
import { ball } from './balls.ts';

const reference = createReferenceCompute();

const atLeast = async (net: Model, x: number[], r: number, samples: number, seed = 1) =>
  (await sampleRegions(reference, net, Float64Array.from(x), r, { samples, seed })).atLeast;

describe('the number of regions found by sampling', () => {
  it('is at most the exact one, which is at most every bound, on any network in the plane', async () => {
    let met = 0;
    await fc.assert(
      fc.asyncProperty(ball, fc.nat(), async ({ net, x, y, r }, seed) => {
        const lower = await atLeast(net, [x, y], r, 400, seed);
        const { activationRegions } = discRegions(net, x, y, r);
        expect(lower).toBeGreaterThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(activationRegions);
        if (lower === activationRegions) met++;
        const upper = localBounds(net, [x, y], r, 'crown').zaslavsky;
        expect(BigInt(lower)).toBeLessThanOrEqual(upper);
      }),
      { numRuns: 150 },
    );
    expect(met).toBeGreaterThan(30);
  });

  it('reaches the exact number when the regions are large', async () => {
    const byHand = readCases().filter(({ name }) => !name.includes('_he_'));
    for (const { net, bounds } of byHand)
      for (const { c, r } of bounds.slice(0, 3)) {
        const exact = discRegions(net, c[0], c[1], r).activationRegions;
        expect(await atLeast(net, c, r, 5000)).toBe(exact);
      }
  });

  it('comes near the exact number on a network with thousands of regions', async () => {
    const net = readNet('2-64-64-64-1');
    const { activationRegions } = discRegions(net, 0.1, 0.2, 0.3);
    const lower = await atLeast(net, [0.1, 0.2], 0.3, 40_000);
    expect(lower).toBeLessThanOrEqual(activationRegions);
    expect(lower).toBeGreaterThan(0.8 * activationRegions);
  });

  it('is true where the hashes come from 32 bits, and hardly less', async () => {
    const net = readNet('2-16-16-1');
    const simd = await createSimdCompute();
    for (const r of [1e-6, 0.01, 0.3, 1]) {
      const { activationRegions } = discRegions(net, 0.2, -0.1, r);
      const x = Float64Array.of(0.2, -0.1);
      const { atLeast: lower } = await sampleRegions(simd, net, x, r, { samples: 5000, seed: 2 });
      expect(lower).toBeLessThanOrEqual(activationRegions);
      expect(lower).toBeGreaterThan(0.7 * activationRegions);
    }
    simd.dispose();
  });

  it('counts no phantom patterns of points that lie on creases', async () => {
    // relu(y) and relu(−y) at y = 0: bits (0, 0), which no region has; and a neuron that is zero everywhere has bit 0.
    const net = networkFromJson({
      layers: [
        {
          W: [
            [0, 1],
            [0, -1],
            [0, 0],
          ],
          b: [0, 0, 0],
        },
        { W: [[1, 1, 1]], b: [0] },
      ],
    });
    // Every other sample is moved onto the crease.
    const onCrease: Pick<Compute, 'hashes'> = {
      hashes(of, points, options) {
        for (let i = 1; i < points.length; i += 4) points[i] = 0;
        return reference.hashes(of, points, options);
      },
    };
    const found = await sampleRegions(onCrease, net, Float64Array.of(0, 0), 1, {
      samples: 200,
      seed: 1,
    });
    expect(found.atLeast).toBe(2);
  });

  it('counts no patterns that rounding alone makes up', async () => {
    // (x/10 + 1) + (x/5 + 1) − (3x/10 + 1) − 1 is 0 up to the rounding of the weights, and f64 makes of it what it will.
    const net = networkFromJson({
      layers: [
        { W: [[0.1], [0.2], [0.3]], b: [1, 1, 1] },
        {
          W: [
            [1, 1, -1],
            [-1, -1, 1],
          ],
          b: [-1, 1],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    const points = new Float64Array(500);
    ballPoints([0.5], 0.4, createRandom(1))(points);
    const shown = new Set((await reference.hashes(net, points)).filter((_, i) => i % 2 === 0));
    expect(shown.size).toBeGreaterThan(1);
    expect(await atLeast(net, [0.5], 0.4, 500)).toBe(1);
  });

  it('does not count a region beyond the rim, however near', async () => {
    const net = networkFromJson({
      layers: [
        { W: [[1]], b: [-(1 + 2 ** -30)] },
        { W: [[1]], b: [0] },
      ],
    });
    const beyond: Pick<Compute, 'hashes'> = {
      hashes(of, points, options) {
        points[0] = 1 + 2 ** -20;
        return reference.hashes(of, points, options);
      },
    };
    const x = Float64Array.of(0);
    expect((await sampleRegions(beyond, net, x, 1, { samples: 50, seed: 1 })).atLeast).toBe(1);
  });

  it('does not count a sample as inside beyond a radius whose square is too small for 64 bits', () => {
    const certain = new CertainPattern(readNet('2-16-16-1'));
    const isInside = (x: number, r: number) =>
      certain.isInside(Float64Array.of(x, 0), 0, [0, 0], r);
    for (const r of [1e-170, 1e-300, 1e150])
      expect([0.99 * r, 1.01 * r, 5 * r].map((x) => isInside(x, r))).toEqual([true, false, false]);
  });

  it('is one in a ball of radius zero, and in an affine network', async () => {
    expect(await atLeast(readNet('2-16-16-1'), [0.1, 0.1], 0, 10)).toBe(1);
    const affine = createNetwork({ widths: [2, 1], negativeSlope: 0, initialiser: 'he', seed: 1 });
    expect(await atLeast(affine, [0, 0], 1, 100)).toBe(1);
  });

  it('is within the bounds in 36 and 784 dimensions', async () => {
    for (const [d, r] of [
      [36, 0.3],
      [784, 3],
    ]) {
      const net = createNetwork({
        widths: [d, 12, 12, 1],
        negativeSlope: 0,
        initialiser: 'he',
        seed: 2,
      });
      const x = Array.from({ length: d }, (_, i) => Math.sin(i));
      const lower = await atLeast(net, x, r, 1500);
      expect(lower).toBeGreaterThan(1);
      for (const method of ['zonotope', 'crown', 'algorithm1plus'] as const)
        expect(BigInt(lower)).toBeLessThanOrEqual(localBounds(net, x, r, method).zaslavsky);
    }
  });

  it('repeats with its seed, reports its progress, and stops when told to', async () => {
    const net = readNet('2-16-16-1');
    const x = Float64Array.of(0, 0);
    const told: [number, number][] = [];
    const run = () =>
      sampleRegions(reference, net, x, 1, {
        samples: 40_000,
        seed: 5,
        onProgress: (done, lower) => told.push([done, lower]),
      });
    const first = await run();
    expect(told[told.length - 1]).toEqual([1, first.atLeast]);
    for (let i = 1; i < told.length; i++) {
      expect(told[i][0]).toBeGreaterThanOrEqual(told[i - 1][0]);
      expect(told[i][1]).toBeGreaterThanOrEqual(told[i - 1][1]);
    }
    expect(await run()).toEqual(first);
    const abort = new AbortController();
    const stopped = sampleRegions(reference, net, x, 1, {
      samples: 10_000_000,
      seed: 5,
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    for (const samples of [0, 1.5, Number.NaN])
      await expect(sampleRegions(reference, net, x, 1, { samples, seed: 1 })).rejects.toThrow(
        InputError,
      );
  });
});

describe('the turns that sampling leaves to others', () => {
  afterEach(() => vi.restoreAllMocks());

  it('come after every pattern that is looked for, when that takes long: 64 of them were one slice', async () => {
    const net = readNet('2-16-16-1');
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (time += 10));
    let turns = 0;
    const { atLeast: found } = await sampleRegions(reference, net, Float64Array.of(0, 0), 1, {
      samples: 60,
      seed: 1,
      onProgress: () => turns++,
    });
    expect(found).toBeGreaterThan(20);
    expect(turns).toBeGreaterThan(found);
  });
});

describe('points drawn from a ball', () => {
  it('are uniform in it: as many within r/2 as its volume has there, and no direction preferred', () => {
    for (const d of [1, 2, 3, 36]) {
      const x = Array.from({ length: d }, (_, t) => t - 1);
      const n = 5000;
      const points = new Float64Array(n * d);
      ballPoints(x, 2, createRandom(3))(points);
      let inner = 0;
      let farthest = 0;
      const sums = new Float64Array(d);
      const share = 0.5 ** (1 / d);
      for (let i = 0; i < n; i++) {
        let square = 0;
        for (let t = 0; t < d; t++) {
          const step = points[i * d + t] - x[t];
          square += step * step;
          sums[t] += step / n;
        }
        farthest = Math.max(farthest, Math.sqrt(square));
        if (Math.sqrt(square) < 2 * share) inner++;
      }
      expect(farthest).toBeLessThanOrEqual(2 * (1 + 1e-12));
      expect(Math.abs(inner / n - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / n));
      // A coordinate's variance is r²/(d + 2).
      for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(4.5 * Math.sqrt(4 / (d + 2) / n));
    }
  });
});
