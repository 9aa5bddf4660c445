import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { neuronBounds } from '../../src/bounds/algorithmOne.ts';
import type { PackedRunner } from '../../src/compute/packed/packedRunner.ts';
import { rangeOf, staysInRange } from '../../src/compute/packed/soundness.ts';
import { createSimdRunner } from '../../src/compute/simd/runner.ts';
import type { Model } from '../../src/model/model.ts';
import { brink, parkMiller, type Scene, said, small, stage, steep, wide } from './scenes32.ts';
import { askKernel, naive, type Recipe, sound } from './simdBalls.ts';

/** Radii relative to one at which a neuron is on the brink, besides that one itself and zero. */
const NEAR = [-1e-3, -1e-5, -3e-7, -3e-8, -1e-12, 1e-12, 3e-8, 3e-7, 1e-5, 0.3];

let runner: PackedRunner;
beforeAll(async () => {
  runner = await createSimdRunner();
});

/** What the kernel itself says around x at each of the radii. */
async function kernelSays(
  net: Model,
  x: Float64Array,
  radii: readonly number[],
  recipe: Recipe = sound,
) {
  const K = net.widths.length;
  const N = net.neurons;
  const found = neuronBounds(radii.length * N);
  const what = { kernel: 'bounds', detail: true, recipe } as const;
  await askKernel(runner, what, net, x, radii, (words, from) => {
    const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
    for (let at = K, to = from * N; at < words.length; at += K)
      for (const end = at + 4 * N; at < end; at += 4, to++) {
        found.rawU[to] = floats[at + 2];
        found.P[to] = words[at + 3] & 1;
        found.S[to] = words[at + 3] >> 1;
      }
  });
  return found;
}

/** Drops some of the weights, so that neurons miss inputs, move not at all or are out of reach of the bent. */
function thinOut(net: Model, dice: () => number): void {
  for (const { weights } of net.layers)
    weights.forEach((_, i) => {
      if (dice() < 0.4) weights[i] = 0;
    });
}

let cases = 0;
let stable = 0;

async function checkScene(scene: Scene, thin: boolean): Promise<void> {
  const dice = parkMiller(scene.random);
  const { net, x } = stage(scene, dice);
  if (thin) thinOut(net, dice);
  const edge = brink(net, x, scene.pick);
  const radii = [0, edge, ...NEAR.map((nearness) => edge * (1 + nearness))];
  if (!staysInRange(rangeOf(net), net.inputs, Math.max(...x.map(Math.abs)), 2 * edge)) return;
  const found = await kernelSays(net, x, radii);
  const N = net.neurons;
  radii.forEach((r, i) => {
    cases++;
    said(net, x, r).forEach((known, j) => {
      const at = i * N + j;
      const [S, P, rawU] = [found.S[at], found.P[at], found.rawU[at]];
      if (S === 0) stable++;
      const smaller = S < known.S || P < known.P || !(rawU >= known.rawU * (1 - 1e-12));
      if (smaller)
        expect.fail(`r = ${r}, neuron ${j}: S ${S}, P ${P}, U ${rawU}; ${JSON.stringify(known)}`);
    });
  });
}

describe('the bound of the SIMD kernel', () => {
  it('never says that a neuron is stable when 64 bits do not, and never a smaller reach', async () => {
    for (const [scenes, numRuns] of [
      [small, 900],
      [wide, 60],
      [steep, 40],
    ] as const)
      await fc.assert(fc.asyncProperty(scenes, fc.boolean(), checkScene), { numRuns });
    expect(cases).toBeGreaterThan(10_000);
    // It would mean nothing if the kernel always shrugged.
    expect(stable).toBeGreaterThan(10_000);
  });

  it('would be wrong without the inflation', async () => {
    let wrong = 0;
    for (const scene of fc.sample(small, { numRuns: 300, seed: 1 })) {
      const { net, x } = stage(scene, parkMiller(scene.random));
      const r = brink(net, x, scene.pick);
      const { S } = await kernelSays(net, x, [r], naive);
      if (said(net, x, r).some((known, j) => S[j] < known.S)) wrong++;
    }
    expect(wrong).toBeGreaterThan(10);
  });
});
