import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundMethods } from '../../src/bounds/methods.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { brink, parkMiller, type Scene, small, stage, wide } from '../property/scenes32.ts';
import { falseCounts, place, truths } from '../property/touchingCircles.ts';
import { dawn } from './setup.ts';

/** How near radii are to where a neuron goes from stable to unstable. */
const NEAR = [-1e-5, -3e-7, -3e-8, 1e-12, 3e-8, 1e-7, 3e-7, 1e-5, 1e-3, 0.3];

let gpu: Compute;
const cpu = createReferenceCompute();

beforeAll(async () => {
  gpu = await createWebGpuCompute(await dawn(), { allowSoftware: true });
});
afterAll(() => gpu.dispose());

/** Layers counted on the GPU beside those in 64 bits, in one scene: how many, and how many of them are below. */
async function counts(scene: Scene): Promise<{ layers: number; below: number; above: number }> {
  const { net, x } = stage(scene, parkMiller(scene.random));
  const edge = brink(net, x, scene.pick);
  const radii = Float64Array.from(NEAR, (nearness) => edge * (1 + nearness));
  const points = Float64Array.from({ length: NEAR.length * x.length }, (_, i) => x[i % x.length]);
  const { C } = await gpu.bounds(net, points, radii);
  const known = await cpu.bounds(net, points, radii);
  const differing = (sign: number) =>
    C.filter((count, i) => sign * (count - known.C[i]) > 0).length;
  return { layers: C.length, below: differing(-1), above: differing(1) };
}

describe('the bound of the WGSL kernel, near decisions', () => {
  it('never counts fewer unstable neurons than 64 bits, where rounding does the most harm', async () => {
    let [layers, above] = [0, 0];
    for (const [scenes, numRuns] of [
      [small, 80],
      [wide, 8],
    ] as const)
      for (const scene of fc.sample(scenes, { numRuns, seed: 11 })) {
        const found = await counts(scene);
        if (found.below > 0) expect.fail(`false S = 0 in ${JSON.stringify(scene)}`);
        layers += found.layers;
        above += found.above;
      }
    expect(layers).toBeGreaterThan(1500);
    // The inflation does something, and not too much.
    expect(above).toBeGreaterThan(0);
    expect(above).toBeLessThan(layers / 2);
  });

  it('has no count below what switches in circles that touch creases to the last digit, by any method', async () => {
    let circles = 0;
    for (const at of fc.sample(place, { numRuns: 15, seed: 5 })) {
      const all = truths(at);
      const points = Float64Array.from(all.flatMap(({ x, y }) => [x, y]));
      const radii = Float64Array.from(all, ({ r }) => r);
      const K = at.net.widths.length;
      for (const method of boundMethods) {
        const { C } = await gpu.bounds(at.net, points, radii, { method });
        all.forEach((truth, i) => {
          circles++;
          const wrong = falseCounts(at.net, [...C.subarray(i * K, (i + 1) * K)], truth);
          if (wrong) expect.fail(`${method}: ${wrong} within ${truth.r}`);
        });
      }
    }
    expect(circles).toBeGreaterThan(300);
  });
});
