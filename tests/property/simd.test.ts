import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import type { PackedRunner } from '../../src/compute/packed/packedRunner.ts';
import { rangeOf, staysInRange } from '../../src/compute/packed/soundness.ts';
import { createSimdRunner } from '../../src/compute/simd/backend.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import {
  brink,
  parkMiller,
  type Said,
  type Scene,
  said,
  small,
  stage,
  steep,
  wide,
} from './scenes32.ts';
import { askKernel, naive, type Recipe, sound } from './simdBalls.ts';

/** Radii relative to one at which a neuron just begins to switch, besides that one itself and zero. */
const NEAR = [-1e-3, -1e-5, -3e-7, -3e-8, -1e-12, 1e-12, 3e-8, 3e-7, 1e-5, 0.3];

let runner: PackedRunner;
beforeAll(async () => {
  runner = await createSimdRunner();
});

/** C of every hidden layer, as the kernel itself counts it in balls around x: `[radii × K]`. */
async function counts(
  net: Model,
  x: Float64Array,
  radii: readonly number[],
  recipe: Recipe = sound,
): Promise<Uint32Array> {
  const K = net.widths.length;
  const C = new Uint32Array(radii.length * K);
  const what = { kernel: 'algorithm1', recipe } as const;
  await askKernel(runner, what, net, x, radii, (words, from) => C.set(words, from * K));
  return C;
}

/** The network up to hidden layer k, of which only neuron j is left: C of that layer is S of the neuron. */
function alone(net: Model, k: number, j: number): Model {
  const { inputs, weights, biases, slopes } = net.layers[k];
  const neuron = {
    inputs,
    outputs: 1,
    weights: weights.slice(j * inputs, (j + 1) * inputs),
    biases: biases.slice(j, j + 1),
  };
  const output = {
    inputs: 1,
    outputs: 1,
    weights: Float64Array.of(1),
    biases: new Float64Array(1),
  };
  const before = net.layers.slice(0, k);
  const own = slopes.slice(j, j + 1);
  return createModel([...before, neuron, output], [...before.map((layer) => layer.slopes), own]);
}

/** S of the last hidden neuron of such a network. */
async function lastS(net: Model, x: Float64Array, radii: readonly number[]): Promise<number[]> {
  const K = net.widths.length;
  const C = await counts(net, x, radii);
  return radii.map((_, i) => C[i * K + K - 1]);
}

/** Drops some of the weights, so that neurons miss inputs, move not at all or are out of reach of the bent. */
function thinOut(net: Model, dice: () => number): void {
  for (const { weights } of net.layers)
    weights.forEach((_, i) => {
      if (dice() < 0.4) weights[i] = 0;
    });
}

/** At most so many neurons of a layer are looked at, spread over it. */
const PER_LAYER = 6;
/** How far within the bound of a neuron its pre-activation is moved: 64 bits still call it unstable. */
const WITHIN = 1 - 1e-9;

let cases = 0;
let stable = 0;
let moved = 0;

async function checkScene(scene: Scene, thin: boolean): Promise<void> {
  const dice = parkMiller(scene.random);
  const { net, x } = stage(scene, dice);
  if (thin) thinOut(net, dice);
  const edge = brink(net, x, scene.pick);
  const radii = [0, edge, ...NEAR.map((nearness) => edge * (1 + nearness))];
  if (!staysInRange(rangeOf(net), net.inputs, largestOf(x), 2 * edge)) return;
  const known = radii.map((r) => said(net, x, r));
  for (const [k, width] of net.widths.entries())
    for (let j = 0; j < width; j += Math.ceil(width / PER_LAYER)) {
      const one = alone(net, k, j);
      const S = await lastS(one, x, radii);
      known.forEach((all, i) => {
        cases++;
        if (S[i] === 0) stable++;
        const { S: needed } = all[net.offsets[k] + j];
        if (S[i] < needed) expect.fail(`r = ${radii[i]}, layer ${k}, neuron ${j}: false S = 0`);
      });
      await checkReach(one, x, edge, known[1][net.offsets[k] + j]);
    }
}

/** Moves the last neuron's bias to where its |A| is within its reach by a hair: it must be unstable. */
async function checkReach(one: Model, x: Float64Array, r: number, { A, rawU }: Said) {
  const { biases } = one.hidden[one.hidden.length - 1];
  // Alternating between both sides.
  biases[0] += (moved % 2 === 0 ? 1 : -1) * rawU * WITHIN - A;
  const needed = said(one, x, r).at(-1)!;
  if (needed.S === 0 || !staysInRange(rangeOf(one), x.length, largestOf(x), 2 * r)) return;
  moved++;
  const [S] = await lastS(one, x, [r]);
  if (S === 0) expect.fail(`r = ${r}: the reach is below ${needed.rawU} at ${needed.A}`);
}

const largestOf = (x: Float64Array): number => Math.max(...x.map(Math.abs));

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
    expect(moved).toBeGreaterThan(5_000);
  });

  it('would be wrong without the inflation', async () => {
    let wrong = 0;
    for (const scene of fc.sample(small, { numRuns: 300, seed: 1 })) {
      const { net, x } = stage(scene, parkMiller(scene.random));
      const r = brink(net, x, scene.pick);
      const C = await counts(net, x, [r], naive);
      if (algorithmOne(net, x, r).layers.some((known, k) => C[k] < known.C)) wrong++;
    }
    expect(wrong).toBeGreaterThan(10);
  });
});
