import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { coveringBall, etaFor, layerConstants, rangeOf } from '../../src/compute/soundness.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { forwardAll } from '../../src/network/forward.ts';
import { networkFromJson } from '../../src/network/json.ts';
import { hiddenWidths, inputSize, type Network, neuronCount } from '../../src/network/network.ts';
import constant from '../fixtures/constant-with-cancellation.json';
import { boundsIn32 } from '../property/bounds32.ts';
import { readCases } from '../unit/bounds/cases.ts';
import { anyNet, pointAt, scatter } from './nets.ts';
import { dawn } from './setup.ts';

/**
 * Where |A| is this far from U, 32 bits must decide like 64 in the first layers of the nets below. In deep layers
 * rounding is amplified as U is, and next to a tiny radius it is all there is.
 */
const MARGIN = 1e-3;
const SHALLOW = 3;

/** What the kernel promises of the numbers it keeps, with room for adding two of them up. */
const DIGITS = 2e-4;

let gpu: Compute;
const cpu = createReferenceCompute();

beforeAll(async () => {
  gpu = await createWebGpuCompute(await dawn(), { allowSoftware: true });
});
afterAll(() => gpu.dispose());

function load(net: Network): void {
  gpu.load(net);
  cpu.load(net);
}

/** Everything the two backends say of one network and its points. */
async function compare(net: Network, points: Float64Array, r: number): Promise<void> {
  load(net);
  const n = points.length / inputSize(net);
  const outputs = await gpu.forward(points);
  const known = await cpu.forward(points);
  expect(outputs.length).toBe(known.length);
  const size = Math.max(1, ...known.map(Math.abs));
  known.forEach((value, i) => {
    expect(Math.abs(outputs[i] - value)).toBeLessThan(1e-4 * size);
  });
  await comparePatterns(net, points);
  const { C } = await gpu.bounds(points, r);
  const K = hiddenWidths(net).length;
  for (let i = 0; i < n; i++) {
    const { layers } = algorithmOne(net, pointAt(net, points, i), r);
    layers.forEach((layer, k) => {
      // Never fewer than in 64 bits; more only among those too close to call.
      expect(C[i * K + k]).toBeGreaterThanOrEqual(layer.C);
      const close = layer.A.filter((A, j) => isClose(A, layer.rawU[j])).length;
      if (k < SHALLOW && r >= 0.01) expect(C[i * K + k]).toBeLessThanOrEqual(layer.C + close);
    });
  }
  await compareDetail(points, r);
}

const isClose = (A: number, rawU: number): boolean =>
  Math.abs(Math.abs(A) - rawU) <= MARGIN * (1 + Math.abs(A) + rawU);

async function comparePatterns(net: Network, points: Float64Array): Promise<void> {
  const patterns = await gpu.patterns(points);
  const words = Math.ceil(neuronCount(net) / 32);
  const n = points.length / inputSize(net);
  expect(patterns.length).toBe(n * words);
  for (let i = 0; i < n; i++) {
    const z = forwardAll(net, pointAt(net, points, i)).hidden.flatMap((layer) => [...layer]);
    z.forEach((value, bit) => {
      if (Math.abs(value) < 1e-4) return;
      const word = patterns[i * words + (bit >> 5)];
      expect((word >>> (bit & 31)) & 1).toBe(value > 0 ? 1 : 0);
    });
  }
}

/** With detail, the decisions are those of 64 bits, without any margin; the numbers agree to four places. */
async function compareDetail(points: Float64Array, r: number): Promise<void> {
  const given = await gpu.bounds(points, r, { detail: true });
  const known = await cpu.bounds(points, r, { detail: true });
  expect(given.C).toEqual(known.C);
  expect(given.detail?.S).toEqual(known.detail?.S);
  expect(given.detail?.P).toEqual(known.detail?.P);
  const { A, rawU } = known.detail!;
  A.forEach((value, i) => {
    const size = Math.abs(value) + rawU[i];
    for (const key of ['A', 'U', 'rawU'] as const) {
      const error = Math.abs(given.detail![key][i] - known.detail![key][i]);
      expect(error, `${key} of neuron ${i}`).toBeLessThanOrEqual(DIGITS * size + 1e-30);
    }
  });
}

/** How near a bias is brought to the bound of the kernel, which rounds some 10⁻⁶ of it away. */
const BRINK = 0.02;

/**
 * A network whose second layer takes differences of equal neurons, so that its bound is made of rounding alone, and has
 * biases just within that bound and just outside, by turns. All neurons of the first layer are affine.
 */
function differences(pairs: number, slope: number, x: Float64Array, r: number): Network {
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
  const net = { layers: [first, second, last], negativeSlope: slope };
  const bound = recipe(net, x, r)[2 * pairs].raw;
  second.biases.forEach((_, j) => {
    second.biases[j] = (j % 4 < 2 ? 1 : -1) * bound * (j % 2 === 0 ? 1 - BRINK : 1 + BRINK);
  });
  return net;
}

/** The bound in 32 bits as it would be without any rounding. */
function recipe(net: Network, x: Float64Array, r: number) {
  const copy = Float32Array.from(x);
  const ball = coveringBall(x, copy, r);
  const eta = etaFor(net, rangeOf(net).largestWeight, ball.radius);
  return boundsIn32(net, copy, ball, { layers: layerConstants(net), eta }, 'exact', Math.random);
}

describe('the bound of the WGSL kernel', () => {
  it.each([
    { pairs: 4, slope: 0, at: 1e-3, r: 0.5 },
    { pairs: 4, slope: 0.3, at: 1e-3, r: 0.5 },
    { pairs: 60, slope: 0, at: 0.3, r: 0.1 },
    { pairs: 4, slope: 0, at: 3, r: 1e-3 },
  ])('is the recipe’s where nothing but rounding decides: %o', async ({ pairs, slope, at, r }) => {
    const x = Float64Array.of(at, -at / 3);
    const net = differences(pairs, slope, x, r);
    load(net);
    const { C } = await gpu.bounds(x, r);
    expect([...C]).toEqual([0, 4]);
    expect([...(await cpu.bounds(x, r)).C]).toEqual([0, 0]);
  });
});

describe('the WGSL kernels', () => {
  it.each(readCases())('say of $name what the CPU says', async ({ net, bounds }) => {
    await compare(net, scatter(24, 2), 0.25);
    for (const { c, r } of bounds) await compareDetail(Float64Array.from(c), r);
  });

  it('recompute a constant whose terms cancel: at radius 0 every pre-activation is one', async () => {
    await compare(networkFromJson(constant), scatter(9, 1), 0);
  });

  it('agree with the CPU on networks of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyNet,
        fc.constantFrom(0, 1e-6, 0.01, 0.3),
        fc.double({ min: 0, max: 6, noNaN: true }),
        async (net, r, phase) => compare(net, scatter(9, inputSize(net), phase), r),
      ),
      { numRuns: 12 },
    );
  });
});
