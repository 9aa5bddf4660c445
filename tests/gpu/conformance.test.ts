import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Compute } from '../../src/compute/compute.ts';
import {
  coveringBall,
  etaFor,
  layerConstants,
  rangeOf,
} from '../../src/compute/packed/soundness.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { conforms } from '../conformance/backend.ts';
import { boundsIn32 } from '../property/bounds32.ts';
import { dawn } from './setup.ts';

const open = async (): Promise<Compute> =>
  createWebGpuCompute(await dawn(), { allowSoftware: true });

conforms('webgpu', open);

/** How near a bias is brought to the bound of the kernel, which rounds some 10⁻⁶ of it away. */
const BRINK = 0.02;

/**
 * A network whose second layer takes differences of equal neurons, so that its bound is made of rounding alone, and has
 * biases just within that bound and just outside, alternating. All neurons of the first layer are affine.
 */
function differences(pairs: number, slope: number, x: Float64Array, r: number): Model {
  const d = x.length;
  const rows = Array.from({ length: pairs }, (_, j) =>
    Array.from({ length: d }, (__, i) => 0.4 + Math.sin(7 * j + 3 * i) / 3),
  );
  const first = {
    inputs: d,
    outputs: 2 * pairs,
    weights: Float64Array.from(rows.flatMap((row) => [...row, ...row])),
    // As near to their creases as stable neurons may be; with a leaky slope every other pair is off.
    biases: Float64Array.from(
      rows.flatMap((row, j) => {
        const z = row.reduce((sum, w, i) => sum + w * x[i], 0);
        const b = (slope > 0 && j % 2 === 1 ? -1.01 : 1.01) * r * Math.hypot(...row) - z;
        return [b, b];
      }),
    ),
  };
  const second = {
    inputs: 2 * pairs,
    outputs: 8,
    weights: Float64Array.from({ length: 16 * pairs }, (_, i) => (i % 2 === 0 ? 0.7 : -0.7)),
    biases: new Float64Array(8),
  };
  const last = {
    inputs: 8,
    outputs: 1,
    weights: new Float64Array(8).fill(1),
    biases: new Float64Array(1),
  };
  const net = createModel([first, second, last], slope);
  const bound = recipe(net, x, r)[2 * pairs].raw;
  second.biases.forEach((_, j) => {
    second.biases[j] = (j % 4 < 2 ? 1 : -1) * bound * (j % 2 === 0 ? 1 - BRINK : 1 + BRINK);
  });
  return net;
}

/** The bound in 32 bits as it would be without any rounding. */
function recipe(net: Model, x: Float64Array, r: number) {
  const copy = Float32Array.from(x);
  const radius = coveringBall(x, copy, r);
  const eta = etaFor(net, rangeOf(net).largestWeight, radius);
  return boundsIn32(net, copy, radius, { layers: layerConstants(net), eta }, 'exact', Math.random);
}

describe('the bound of the WGSL kernel', () => {
  const reference = createReferenceCompute();
  let gpu: Compute;
  beforeAll(async () => {
    gpu = await open();
  });
  afterAll(() => gpu.dispose());

  it.each([
    { pairs: 4, slope: 0, at: 1e-3, r: 0.5 },
    { pairs: 4, slope: 0.3, at: 1e-3, r: 0.5 },
    { pairs: 60, slope: 0, at: 0.3, r: 0.1 },
    { pairs: 4, slope: 0, at: 3, r: 1e-3 },
  ])('is the recipe’s where nothing but rounding decides: %o', async ({ pairs, slope, at, r }) => {
    const x = Float64Array.of(at, -at / 3);
    const net = differences(pairs, slope, x, r);
    const { C } = await gpu.bounds(net, x, r);
    expect([...C]).toEqual([0, 4]);
    expect([...(await reference.bounds(net, x, r)).C]).toEqual([0, 0]);
  });
});
