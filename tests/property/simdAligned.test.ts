import { describe, expect, it } from 'vitest';
import type { PackedRunner } from '../../src/compute/packed/packedRunner.ts';
import { createSimdRunner } from '../../src/compute/simd/backend.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../src/model/model.ts';
import { forwardAll } from '../support/forward.ts';
import { LADDER_METHODS, type LadderMethod } from './ladderTrials32.ts';
import { parkMiller } from './scenes32.ts';
import { askKernel, naive, type Recipe, sound } from './simdBalls.ts';

/** Wide layers, and inputs for which a triangular factor stands for the gradients. */
const SHAPES = [
  [2, 100, 64, 1],
  [36, 17, 200, 1],
  [120, 64, 33, 64, 1],
  [3, 200, 8, 100, 65, 1],
];
/** How far beyond the first crossing radii are, relative to it. */
const BEYOND = [1e-8, 3e-8, 1e-7, 2e-7, 4e-7, 1e-6];
/** Rounding of 64-bit sums. */
const TIE = 1e-13;

interface Aligned {
  readonly net: Model;
  readonly x: Float64Array;
  /** A neuron's first crossing is at x + radius · direction. */
  readonly radius: number;
  readonly direction: Float64Array;
}

const along = (x: Float64Array, t: number, direction: Float64Array): Float64Array =>
  x.map((value, i) => value + t * direction[i]);

/**
 * A network of which every method's bound is attained at one point of the rim: the first layer's rows point the same way,
 * the second takes all of that layer away from biases, and later layers add what is left, which stays positive, but for one
 * neuron that reaches zero there.
 */
function aligned(widths: readonly number[], negativeSlope: number, seed: number): Aligned {
  const dice = parkMiller(seed);
  const net = createNetwork({ widths, negativeSlope, initialiser: 'he', seed });
  const hidden = net.layers.slice(0, -1);
  const row = net.layers[0].weights.slice(0, widths[0]);
  const length = Math.hypot(...row);
  const x = Float64Array.from(row, () => 2 * dice() - 1);
  const direction = row.map((w) => w / length);
  const radius = 0.05 + dice();
  const rim = along(x, radius, direction);
  const brink = 1 + Math.floor(dice() * (hidden.length - 1));
  hidden.forEach(({ inputs, outputs, weights, biases }, k) => {
    for (let j = 0; j < outputs; j++) {
      const size = 0.3 + dice();
      for (let i = 0; i < inputs; i++)
        weights[j * inputs + i] =
          k === 0 ? size * row[i] : ((k === 1 ? -1 : 1) * (0.5 + dice())) / inputs;
    }
    biases.fill(0);
    const [here, there] = [x, rim].map((at) => forwardAll(net, at).hidden[k]);
    for (let j = 0; j < outputs; j++)
      biases[j] =
        k === 0
          ? radius * length * (2 * dice() - 0.8) - here[j]
          : Math.abs(here[j] - there[j]) * (0.3 + dice()) + 1e-6 - there[j];
    if (k !== brink) return;
    const j = Math.floor(dice() * outputs);
    biases[j] -= forwardAll(net, rim).hidden[k][j];
  });
  return { net, x, radius, direction };
}

/** How many neurons of every hidden layer are seen to take both signs in the ball, beyond rounding. */
function switching({ net, x, direction }: Aligned, r: number): number[] {
  const inside = r * (1 - 2 ** -40);
  const at = [-inside, 0, inside].map((t) => forwardAll(net, along(x, t, direction)).hidden);
  return at[0].map(
    (_, k) =>
      Array.from(at[0][k], (_z, j) => at.map((hidden) => hidden[k][j])).filter((values) => {
        const tie = TIE * Math.max(...values.map(Math.abs));
        return Math.min(...values) < -tie && Math.max(...values) > tie;
      }).length,
  );
}

/** Layers near a decision in which a kernel counts fewer neurons than switch, of how many. */
async function trial(runner: PackedRunner, kernel: LadderMethod, recipe: Recipe) {
  const found = { layers: 0, missed: 0 };
  for (let seed = 1; seed <= 200; seed++) {
    const scene = aligned(SHAPES[seed % SHAPES.length], [0, 0, 0.1][seed % 3], seed);
    const { net, x, radius } = scene;
    const radii = BEYOND.map((share) => radius * (1 + share));
    const K = net.layers.length - 1;
    const C = new Uint32Array(K * radii.length);
    const what = { kernel, recipe };
    await askKernel(runner, what, net, x, radii, (words, from) => C.set(words, from * K));
    radii.forEach((r, i) => {
      switching(scene, r).forEach((count, k) => {
        if (k === 0 || count === 0) return;
        found.layers++;
        if (C[i * K + k] < count) found.missed++;
      });
    });
  }
  return found;
}

describe('where bounds are attained', () => {
  it.each(LADDER_METHODS)(
    '%s counts every neuron that switches in wide layers, by however little',
    async (method) => {
      const { layers, missed } = await trial(await createSimdRunner(), method, sound);
      expect(layers).toBeGreaterThan(1000);
      expect(missed).toBe(0);
    },
  );

  // The zonotope would: of two ends it takes the farther, which rounds up by more than sums of so many terms go astray.
  it.each(['algorithm1plus', 'ibp', 'crown'] as const)(
    '%s would not without the inflation',
    async (method) => {
      const { missed } = await trial(await createSimdRunner(), method, naive);
      expect(missed).toBeGreaterThan(20);
    },
  );
});
