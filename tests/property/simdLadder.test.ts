import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLocalBound } from '../../src/bounds/ladder.ts';
import { neuronIntervals } from '../../src/bounds/localBound.ts';
import type { Rounding } from '../../src/bounds/rounding.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { PackedCompute } from '../../src/compute/packedCompute.ts';
import { createSimdRunner } from '../../src/compute/simd/runner.ts';
import { rangeOf, staysInRange } from '../../src/compute/soundness.ts';
import { createNetwork } from '../../src/network/initialisers/createNetwork.ts';
import { networkFromJson } from '../../src/network/json.ts';
import {
  hiddenWidths,
  inputSize,
  type Network,
  neuronCount,
  neuronOffsets,
} from '../../src/network/network.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { scatter } from '../gpu/nets.ts';
import { ball } from './balls.ts';
import { brink, parkMiller, type Scene, small, stage, steep, wide } from './scenes32.ts';

const METHODS = ['algorithm1plus', 'ibp', 'zonotope', 'crown'] as const;
/** Those whose answer can only grow when anything on the way does. */
const ISOTONIC = ['algorithm1plus', 'ibp'] as const;
type Method = (typeof METHODS)[number];

let compute: Compute;
/** What the kernels did, not the reference in their stead. */
let ran = 0;
beforeAll(async () => {
  const runner = await createSimdRunner();
  compute = new PackedCompute({
    backend: runner.backend,
    description: runner.description,
    kernels: runner.kernels,
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
  net: Network,
  points: Float64Array,
  radii: Float64Array,
  method: Method,
  how: Rounding,
): number[] {
  const bound = createLocalBound(net, method, how);
  const out = neuronIntervals(neuronCount(net));
  const offsets = neuronOffsets(net);
  return Array.from(radii).flatMap((r, i) => {
    bound.run(points, i * inputSize(net), r, out, 0);
    return hiddenWidths(net).map((_, k) =>
      out.S.subarray(offsets[k], offsets[k + 1]).reduce((sum, s) => sum + s, 0),
    );
  });
}

/** The same by the kernel. */
async function said(net: Network, points: Float64Array, radii: Float64Array, method: Method) {
  compute.load(net);
  const before = ran;
  const { C } = await compute.bounds(points, radii, { method });
  expect(ran - before).toBe(radii.length);
  return [...C];
}

/** A He network whose biases are not zero. */
function biased(widths: readonly number[], negativeSlope: number, seed: number): Network {
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
];
const RADII = [0, 1e-4, 0.01, 0.05, 0.2, 0.5];

describe.each(METHODS)('the kernel of %s', (method) => {
  it.each(SHAPES.map((widths) => ({ widths, shape: widths.join('-') })))(
    'agrees with 64 bits on $shape',
    async ({ widths }) => {
      // A sum of 784 terms is off by up to a thousand units: more neurons are next to a tie.
      const [room, often] = widths[0] > 100 ? [3, 3] : [1, 20];
      let layers = 0;
      let different = 0;
      for (const slope of [0, 0.1]) {
        const net = biased(widths, slope, 11);
        const n = widths[0] > 100 ? 6 : 18;
        const points = scatter(n, widths[0], slope);
        const radii = Float64Array.from({ length: n }, (_, i) => RADII[i % RADII.length]);
        const given = await said(net, points, radii, method);
        known(net, points, radii, method, 'outward').forEach((C, at) => {
          layers++;
          if (C !== given[at]) different++;
          // What rounding may make of a few neurons that are next to a tie.
          expect(given[at] - C).toBeGreaterThanOrEqual(-1);
          expect(given[at] - C).toBeLessThanOrEqual(room);
        });
      }
      expect(different).toBeLessThanOrEqual(layers / often);
    },
  );

  it('counts at least what switches in the disc, on any network in the plane', async () => {
    let switching = 0;
    await fc.assert(
      fc.asyncProperty(ball, async ({ net, x, y, r }) => {
        const exact = discRegions(net, x, y, r);
        expect(exact.complete).toBe(true);
        const given = await said(net, Float64Array.of(x, y), Float64Array.of(r), method);
        const offsets = neuronOffsets(net);
        given.forEach((C, k) => {
          const found = [...exact.switching].slice(offsets[k], offsets[k + 1]);
          const true_ = found.filter(Boolean).length;
          switching += true_;
          expect(C).toBeGreaterThanOrEqual(true_);
        });
      }),
      { numRuns: 200 },
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

/** Radii relative to one at which a neuron is on the brink, besides zero. */
const NEAR = [-1e-3, -1e-5, -3e-7, -3e-8, -1e-12, 0, 1e-12, 3e-8, 3e-7, 1e-5, 0.3];

describe('where rounding does the most harm', () => {
  it.each(ISOTONIC)('%s never counts fewer than 64 bits', async (method) => {
    let counted = 0;
    const check = async (scene: Scene) => {
      const { net, x } = stage(scene, parkMiller(scene.random));
      const edge = brink(net, x, scene.pick);
      const radii = Float64Array.from([0, ...NEAR.map((nearness) => edge * (1 + nearness))]);
      const largest = Math.max(...x.map(Math.abs));
      if (!staysInRange(rangeOf(net), inputSize(net), largest, 2 * edge)) return;
      const points = Float64Array.from(Array.from(radii).flatMap(() => [...x]));
      const given = await said(net, points, radii, method);
      known(net, points, radii, method, 'nearest').forEach((C, at) => {
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
});
