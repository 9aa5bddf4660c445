import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLocalBound } from '../../src/bounds/ladder.ts';
import { neuronIntervals } from '../../src/bounds/localBound.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { PackedCompute } from '../../src/compute/packed/packedCompute.ts';
import type { PackedRunner } from '../../src/compute/packed/packedRunner.ts';
import { rangeOf, staysInRange } from '../../src/compute/packed/soundness.ts';
import { createSimdRunner } from '../../src/compute/simd/backend.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { scatter } from '../gpu/nets.ts';
import { ball } from './balls.ts';
import { LADDER_METHODS, type LadderMethod, NEARNESS, onsetOf, ranges } from './ladderTrials32.ts';
import { brink, parkMiller, type Scene, small, stage, steep, wide } from './scenes32.ts';
import { askKernel, naive, type Recipe, sound } from './simdBalls.ts';

/** Those whose answer can only grow when anything on the way does. */
const ISOTONIC = ['algorithm1plus', 'ibp'] as const;

let runner: PackedRunner;
let compute: Compute;
/** What the kernels did, not the reference in their stead. */
let ran = 0;
beforeAll(async () => {
  runner = await createSimdRunner();
  compute = new PackedCompute({
    backend: runner.backend,
    description: runner.description,
    upload: (packed) => runner.upload(packed),
    run: async (batch, options) => {
      ran += batch.n;
      await runner.run(batch, options);
    },
    dispose: () => runner.dispose(),
  });
});

/** C of every layer in 64 bits, `[n × K]`. */
function known(
  net: Model,
  points: Float64Array,
  radii: Float64Array,
  method: LadderMethod,
): number[] {
  const bound = createLocalBound(net, method);
  const out = neuronIntervals(net.neurons);
  const offsets = net.offsets;
  return Array.from(radii).flatMap((r, i) => {
    bound.run(points, i * net.inputs, r, out, 0);
    return net.widths.map((_, k) =>
      out.S.subarray(offsets[k], offsets[k + 1]).reduce((sum, s) => sum + s, 0),
    );
  });
}

/** The same by the kernel. */
async function said(net: Model, points: Float64Array, radii: Float64Array, method: LadderMethod) {
  const before = ran;
  const { C } = await compute.bounds(net, points, radii, { method });
  expect(ran - before).toBe(radii.length);
  return [...C];
}

/** A He network whose biases are not zero. */
function biased(widths: readonly number[], negativeSlope: number, seed: number): Model {
  const net = createNetwork({ widths, negativeSlope, initialiser: 'he', seed });
  const dice = parkMiller(seed + 1);
  for (const { biases } of net.layers) for (const j of biases.keys()) biases[j] = dice() - 0.5;
  return net;
}

const SHAPES: readonly (readonly number[])[] = [
  [1, 1, 1],
  [1, 5, 3, 2],
  [1, 17, 17, 1],
  [2, 64, 64, 64, 1],
  [2, 100, 5, 17, 3, 1],
  [2, 3, 100, 1],
  [3, 1, 1, 5, 1],
  [36, 64, 17, 1],
  [36, 5, 100, 3, 1],
  [784, 17, 5, 2],
  [784, 64, 64, 10],
  [300, 7, 40, 1],
  [2, 200, 250, 200, 1],
  [3, 20, 20, 20, 20, 20, 20, 20, 20, 1],
];
const RADII = [0, 1e-4, 0.01, 0.05, 0.2, 0.5];

describe.each(LADDER_METHODS)('the kernel of %s', (method) => {
  it.each(SHAPES.map((widths) => ({ widths, shape: widths.join('-') })))(
    'agrees with 64 bits on $shape',
    async ({ widths }) => {
      // Of a hundred neurons one may be next to a tie; a sum of more terms is rounded more.
      const room = Math.ceil(Math.max(...widths) / 100);
      let neurons = 0;
      let apart = 0;
      for (const slope of [0, 0.1]) {
        const net = biased(widths, slope, 11);
        const n = widths[0] > 100 ? 6 : 18;
        const points = scatter(n, widths[0], slope);
        const radii = Float64Array.from({ length: n }, (_, i) => RADII[i % RADII.length]);
        const given = await said(net, points, radii, method);
        neurons += n * net.neurons;
        known(net, points, radii, method).forEach((C, at) => {
          apart += Math.abs(given[at] - C);
          expect(given[at] - C).toBeGreaterThanOrEqual(-1);
          expect(given[at] - C).toBeLessThanOrEqual(room);
        });
      }
      expect(apart).toBeLessThanOrEqual(1 + neurons / 150);
    },
  );

  it('counts at least what switches in the disc, on any network in the plane', async () => {
    let switching = 0;
    await fc.assert(
      fc.asyncProperty(ball, async ({ net, x, y, r }) => {
        const exact = discRegions(net, x, y, r);
        expect(exact.complete).toBe(true);
        const given = await said(net, Float64Array.of(x, y), Float64Array.of(r), method);
        const offsets = net.offsets;
        given.forEach((C, k) => {
          const those = [...exact.switching].slice(offsets[k], offsets[k + 1]).filter(Boolean);
          switching += those.length;
          expect(C).toBeGreaterThanOrEqual(those.length);
        });
      }),
      { numRuns: 150 },
    );
    expect(switching).toBeGreaterThan(100);
  });

  it('counts no neuron that cannot move', async () => {
    const dead = networkFromJson({
      layers: [
        { W: [[1], [-1], [3]], b: [-5, -5, -7] },
        {
          W: [
            [0.1, 0.7, -0.3],
            [1, 1, 1],
          ],
          b: [0, 1e-20],
        },
        {
          W: [
            [0.1, 0.7],
            [1, -1],
          ],
          b: [0, 0],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    const given = await said(dead, Float64Array.of(0, 0.5), Float64Array.of(0, 1), method);
    expect(given).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('counts at radius 0 next to nothing', async () => {
    const net = biased([2, 40, 40, 1], 0, 3);
    const given = await said(net, scatter(50, 2), new Float64Array(50), method);
    // Of 4,000 neurons; in 32 bits one may be as good as zero.
    expect(given.reduce((sum, C) => sum + C, 0)).toBeLessThanOrEqual(2);
  });
});

describe('the forms of CROWN', () => {
  it('are those of their own neurons where one between four is decided', async () => {
    const net = networkFromJson({
      layers: [
        { W: [[1], [1]], b: [0, 0.5] },
        {
          W: [
            [1, 0],
            [1, 1],
            [1, 0],
            [1, 0],
          ],
          b: [-0.3, 10, -0.5, -0.7],
        },
        { W: [[1, 1, 1, 1]], b: [0] },
      ],
    });
    expect(await said(net, Float64Array.of(0), Float64Array.of(1), 'crown')).toEqual([2, 3]);
  });
});

/** Radii relative to one at which a neuron just begins to switch, besides zero. */
const NEAR = [-1e-3, -1e-5, -3e-7, -3e-8, -1e-12, 0, 1e-12, 3e-8, 3e-7, 1e-5, 0.3];

describe('where rounding does the most harm', () => {
  it.each(ISOTONIC)('%s never counts fewer than 64 bits', async (method) => {
    let counted = 0;
    const check = async (scene: Scene) => {
      const { net, x } = stage(scene, parkMiller(scene.random));
      const edge = brink(net, x, scene.pick);
      const radii = Float64Array.from([0, ...NEAR.map((nearness) => edge * (1 + nearness))]);
      const largest = Math.max(...x.map(Math.abs));
      if (!staysInRange(rangeOf(net), net.inputs, largest, 2 * edge)) return;
      const points = Float64Array.from(Array.from(radii).flatMap(() => [...x]));
      const given = await said(net, points, radii, method);
      known(net, points, radii, method).forEach((C, at) => {
        counted += C;
        if (given[at] < C) expect.fail(`${given[at]} < ${C} in layer-and-radius ${at}`);
      });
    };
    for (const [scenes, numRuns] of [
      [small, 300],
      [wide, 30],
      [steep, 20],
    ] as const)
      await fc.assert(fc.asyncProperty(scenes, check), { numRuns });
    expect(counted).toBeGreaterThan(1000);
  });

  /** Neurons that are seen to switch in balls near a decision, and for each method the layers in which it counts fewer. */
  async function onTheBrink(methods: readonly LadderMethod[], recipe: Recipe, wanted: number) {
    const missed = methods.map(() => 0);
    let switching = 0;
    for (const scene of fc.sample(small, { numRuns: wanted, seed: 3 })) {
      const staged = onsetOf(scene, parkMiller(scene.random));
      if (!staged) continue;
      const { net, x, onset } = staged;
      const radii = NEARNESS.map((nearness) => onset * (1 + nearness));
      const offsets = net.offsets;
      const seen = radii.flatMap((r) => {
        const both = ranges(net, x, r).map(({ switches }) => switches);
        return net.widths.map(
          (_, k) => both.slice(offsets[k], offsets[k + 1]).filter(Boolean).length,
        );
      });
      switching += seen.reduce((sum, count) => sum + count, 0);
      for (const [m, kernel] of methods.entries()) {
        const C = new Uint32Array(seen.length);
        const what = { kernel, recipe };
        await askKernel(runner, what, net, x, radii, (words, from) =>
          C.set(words, from * (net.layers.length - 1)),
        );
        missed[m] += seen.filter((count, at) => C[at] < count).length;
      }
    }
    return { switching, missed };
  }

  it('every method counts whatever is seen to switch', async () => {
    const { switching, missed } = await onTheBrink(LADDER_METHODS, sound, 1000);
    expect(switching).toBeGreaterThan(2000);
    expect(missed).toEqual([0, 0, 0, 0]);
  });

  it('none would without the inflation', async () => {
    const { missed } = await onTheBrink(LADDER_METHODS, naive, 400);
    expect(Math.min(...missed)).toBeGreaterThan(10);
  });
});
