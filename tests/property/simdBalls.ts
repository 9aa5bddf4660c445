import type { KernelName } from '../../src/compute/packed/kernels.ts';
import { batchLayout, packJob, packNetwork } from '../../src/compute/packed/layout.ts';
import { pointsWithBalls } from '../../src/compute/packed/packedPoints.ts';
import type { PackedRunner } from '../../src/compute/packed/packedRunner.ts';
import {
  coveringBall,
  etaFor,
  largestRadius,
  layerConstants,
  rangeOf,
} from '../../src/compute/packed/soundness.ts';
import type { Model } from '../../src/model/model.ts';
import { triangularFactor } from '../support/triangularFactor.ts';
import type { Constants } from './bounds32.ts';

/** The constants of the recipe, or none of it. */
export type Recipe = (net: Model, radius: number) => Constants;

export const sound: Recipe = (net, radius) => ({
  layers: layerConstants(net),
  eta: etaFor(net, rangeOf(net).largestWeight, radius),
});
export const naive: Recipe = ({ layers }) => ({
  layers: layers.map(() => ({ gamma: 0, kappa: 1 })),
  eta: 0,
});

/** Asks a kernel itself, with nothing recomputed in 64 bits, for balls around x with each of the radii. */
export async function askKernel(
  runner: PackedRunner,
  { kernel, recipe }: { kernel: KernelName; recipe: Recipe },
  net: Model,
  x: Float64Array,
  radii: readonly number[],
  take: (words: Uint32Array, from: number) => void,
): Promise<void> {
  const d = net.inputs;
  const layout = batchLayout(net, kernel);
  const points = Float64Array.from(radii.flatMap(() => [...x]));
  const largest = largestRadius(d, Math.max(...x.map(Math.abs)), Math.max(...radii));
  const { layers, eta } = recipe(net, largest);
  await runner.upload(packNetwork(net, layers));
  const batch = {
    kernel,
    n: radii.length,
    layout,
    extra: new Uint32Array(triangularFactor(net).buffer),
    job: (count: number) => packJob(net, layout, count, eta),
    points: pointsWithBalls(points, d, (at, copy, i) => coveringBall(at, copy, radii[i])),
    take,
  };
  await runner.run(batch, undefined);
}
