import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Compute } from '../../src/compute/compute.ts';
import { DistancesReader } from '../../src/compute/packed/distances.ts';
import { batchLayout, packJob, packNetwork } from '../../src/compute/packed/layout.ts';
import { plainPoints } from '../../src/compute/packed/packedPoints.ts';
import type { PackedRunner } from '../../src/compute/packed/packedRunner.ts';
import { etaFor, layerConstants, rangeOf } from '../../src/compute/packed/soundness.ts';
import { createSimdCompute, createSimdRunner } from '../../src/compute/simd/backend.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../src/model/model.ts';
import { neuronsAt, quotient } from '../conformance/oracle.ts';
import { scatter } from '../gpu/nets.ts';
import { triangularFactor } from '../support/triangularFactor.ts';
import { parkMiller, type Scene, small, stage, wide } from './scenes32.ts';

/** Relative to the distance and to the sizes on the way over the gradient; 10⁻⁶ is the most that was ever seen. */
const NEAR = 1e-5;
/** Relative to what a gradient is made of: a dozen roundings of 2⁻²⁴ each. */
const GRADIENT_NEAR = 1e-6;

/** Networks with twins, cancelling sums and swamped terms; numbers near 2⁻¹²⁰ are for 64 bits, see below. */
const ordinary = (scene: Scene): boolean => scene.style !== 'minute';

let compute: Compute;
let runner: PackedRunner;
beforeAll(async () => {
  compute = await createSimdCompute();
  runner = await createSimdRunner();
});

/** How many points the kernel itself gives back for 64 bits to look at. */
async function unclear(net: Model, points: Float64Array): Promise<number> {
  const n = points.length / net.inputs;
  const layout = batchLayout(net, 'distances');
  const size = points.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  const eta = etaFor(net, rangeOf(net).largestWeight, size);
  const reader = new DistancesReader(n);
  await runner.upload(packNetwork(net, layerConstants(net)));
  const batch = {
    kernel: 'distances',
    n,
    layout,
    extra: new Uint32Array(triangularFactor(net).buffer),
    job: (count: number) => packJob(net, layout, count, eta),
    points: plainPoints(points, net.inputs),
    take: (words: Uint32Array, from: number) => reader.read(words, from),
  } as const;
  await runner.run(batch, undefined);
  return reader.unclear.length;
}

describe('distances in 32 bits', () => {
  it.each([
    ['small', small, 600],
    ['wide', wide, 60],
  ] as const)(
    'are those of 64 bits on %s networks that do rounding harm',
    async (_, scenes, numRuns) => {
      await fc.assert(
        fc.asyncProperty(scenes.filter(ordinary), async (scene) => {
          const { net, x } = stage(scene, parkMiller(scene.random));
          const { distance, neuron } = await compute.distances(net, x);
          const neurons = neuronsAt(net, x);
          const known = Math.min(Number.POSITIVE_INFINITY, ...neurons.map(quotient));
          if (known === Number.POSITIVE_INFINITY) {
            expect([distance[0], neuron[0]]).toEqual([known, -1]);
            return;
          }
          const nearest = neurons[neuron[0]];
          const size = Math.max(...neurons.map(({ z }) => Math.abs(z)), ...x.map(Math.abs));
          // What rounding does to the nearest crease itself counts as well: it may look farther than the next.
          const truly = neurons[neurons.findIndex((neuron) => quotient(neuron) === known)];
          const slope = Math.min(nearest.slope, truly.slope);
          const steep = Math.max(nearest.steep, truly.steep);
          const room = NEAR * (size / slope + known) + GRADIENT_NEAR * known * (steep / slope);
          expect(Math.abs(distance[0] - known)).toBeLessThanOrEqual(room);
          expect(quotient(nearest)).toBeLessThanOrEqual(known + room);
        }),
        { numRuns },
      );
    },
  );

  it('rarely need 64 bits: never on ordinary networks, and always where numbers are too small', async () => {
    for (const widths of [
      [2, 16, 16, 1],
      [2, 64, 64, 64, 1],
      [36, 64, 64, 1],
      [784, 64, 64, 10],
      [2, 8, 8, 8, 8, 8, 8, 8, 8, 1],
    ]) {
      const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 3 });
      expect(await unclear(net, scatter(100, widths[0]))).toBe(0);
      for (const layer of net.layers) {
        layer.weights.forEach((w, i) => {
          layer.weights[i] = w * 2 ** -60;
        });
        layer.biases.fill(0);
      }
      expect(await unclear(net, scatter(100, widths[0]))).toBe(100);
    }
  });
});
