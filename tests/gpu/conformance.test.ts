import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createCpuCompute } from '../../src/compute/cpu.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { forwardAll } from '../../src/network/forward.ts';
import { hiddenWidths, inputSize, type Network, neuronCount } from '../../src/network/network.ts';
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
const cpu = createCpuCompute();

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

describe('the WGSL kernels', () => {
  it.each(readCases())('say of $name what the CPU says', async ({ net, bounds }) => {
    await compare(net, scatter(24, 2), 0.25);
    for (const { c, r } of bounds) await compareDetail(Float64Array.from(c), r);
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
