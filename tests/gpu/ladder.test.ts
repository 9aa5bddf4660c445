import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ballPoints } from '../../src/bounds/ballPoints.ts';
import { localBounds } from '../../src/bounds/ladder.ts';
import type { BoundMethod } from '../../src/bounds/methods.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createWebGpuCompute, type WebGpuOptions } from '../../src/compute/webgpu/backend.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { pointAt } from '../conformance/oracle.ts';
import {
  LADDER_METHODS,
  type LadderMethod,
  NEARNESS,
  onsetOf,
  ranges,
  type Seen,
} from '../property/ladderTrials32.ts';
import { brink, parkMiller, type Scene, small, stage, wide } from '../property/scenes32.ts';
import { forwardAll } from '../support/forward.ts';
import { anyNet, scatter } from './nets.ts';
import { dawn } from './setup.ts';

/** Those whose intervals hold those of 64 bits, so that C is never below. */
const ISOTONIC = ['algorithm1plus', 'ibp'] as const;

const RADII = [0, 1e-6, 0.01, 0.1, 0.5];
/** Of all neurons, how many more 32 bits may count than 64: those that hang on rounding. */
const MOST_APART = 0.01;

const make = (widths: readonly number[], negativeSlope = 0): Model =>
  createNetwork({ widths: [...widths], negativeSlope, initialiser: 'he', seed: 3 });

const opened: Compute[] = [];
async function open(options: WebGpuOptions = {}): Promise<Compute> {
  const made = await createWebGpuCompute(await dawn(), { allowSoftware: true, ...options });
  opened.push(made);
  return made;
}

let gpu: Compute;
beforeAll(async () => {
  gpu = await open();
});
afterAll(() => {
  for (const made of opened) made.dispose();
});

/** C of every layer of ball after ball, in 64 bits. */
function known(
  net: Model,
  points: Float64Array,
  radii: Float64Array,
  method: BoundMethod,
): number[] {
  return [...radii].flatMap((r, i) =>
    localBounds(net, pointAt(net, points, i), r, method).layers.map(({ C }) => C),
  );
}

/** How many neurons of every layer take both signs at samples of the ball, by more than rounding. */
function witnessed(net: Model, x: Float64Array, r: number, seed: number): number[] {
  const samples = new Float64Array(40 * x.length);
  ballPoints(x, r, parkMiller(seed))(samples);
  const seen = net.widths.map((width) => new Uint8Array(width));
  for (let i = 0; i < 40; i++)
    forwardAll(net, pointAt(net, samples, i)).hidden.forEach((z, k) => {
      z.forEach((value, j) => {
        if (Math.abs(value) > 1e-9 && net.hidden[k].slopes[j] !== 1)
          seen[k][j] |= value > 0 ? 1 : 2;
      });
    });
  return seen.map((signs) => signs.filter((both) => both === 3).length);
}

interface Tally {
  neurons: number;
  apart: number;
}

/** The counts of one method against 64 bits: what must hold is expected, what may differ is added up. */
async function compare(
  at: Compute,
  net: Model,
  points: Float64Array,
  radii: Float64Array,
  method: LadderMethod,
): Promise<Tally> {
  const { C } = await at.bounds(net, points, radii, { method });
  const outward = known(net, points, radii, method);
  expect(C.length).toBe(outward.length);
  if (ISOTONIC.some((isotonic) => isotonic === method)) {
    const below = C.findIndex((count, i) => count < outward[i]);
    if (below >= 0) expect.fail(`${method}: ${C[below]} of ${outward[below]} at ${below}`);
  }
  const switching = [...radii].flatMap((r, i) => witnessed(net, pointAt(net, points, i), r, i + 1));
  const missed = C.findIndex((count, i) => count < switching[i]);
  if (missed >= 0) expect.fail(`${method}: ${C[missed]}, but ${switching[missed]} switch`);
  const widths = net.widths;
  return {
    neurons: radii.length * widths.reduce((sum, width) => sum + width, 0),
    apart: C.reduce((sum, count, i) => sum + Math.abs(count - outward[i]), 0),
  };
}

/** Balls of every radius around points of [−1, 1]^d. */
function balls(net: Model, n: number, phase = 0): { points: Float64Array; radii: Float64Array } {
  const points = scatter(n, net.inputs, phase);
  return { points, radii: Float64Array.from({ length: n }, (_, i) => RADII[i % RADII.length]) };
}

describe.each(LADDER_METHODS)('the WGSL kernel of %s', (method) => {
  it.each([
    { widths: [1, 1, 1], n: 10 },
    { widths: [1, 5, 3, 2], n: 10 },
    { widths: [2, 64, 64, 64, 1], n: 10 },
    { widths: [3, 17, 100, 5, 2], n: 10 },
    { widths: [2, 9, 8, 7, 6, 5, 6, 7, 8, 1], n: 10 },
    { widths: [36, 64, 64, 1], n: 5 },
    { widths: [36, 100, 17, 1], n: 5 },
    { widths: [784, 31, 10, 2], n: 5 },
  ])('counts like 64 bits on a network of shape $widths', async ({ widths, n }) => {
    for (const slope of [0, 0.2]) {
      const net = make(widths, slope);
      const { points, radii } = balls(net, n);
      const { neurons, apart } = await compare(gpu, net, points, radii, method);
      expect(apart).toBeLessThanOrEqual(Math.max(1, MOST_APART * neurons));
    }
  });

  it('counts like 64 bits on networks of any shape', async () => {
    const total: Tally = { neurons: 0, apart: 0 };
    await fc.assert(
      fc.asyncProperty(anyNet, fc.double({ min: 0, max: 6, noNaN: true }), async (net, phase) => {
        const { points, radii } = balls(net, 15, phase);
        const { neurons, apart } = await compare(gpu, net, points, radii, method);
        total.neurons += neurons;
        total.apart += apart;
      }),
      { numRuns: 12 },
    );
    expect(total.apart).toBeLessThanOrEqual(MOST_APART * total.neurons);
  });

  it('never misses a neuron that switches in a disc', async () => {
    for (const widths of [
      [2, 12, 12, 1],
      [2, 5, 6, 7, 1],
    ]) {
      const net = make(widths);
      const { points, radii } = balls(net, 20, 1);
      const { C } = await gpu.bounds(net, points, radii, { method });
      const K = widths.length - 2;
      [...radii].forEach((r, i) => {
        if (r === 0) return;
        const [x, y] = pointAt(net, points, i);
        let neuron = 0;
        const { switching } = discRegions(net, x, y, r);
        net.widths.forEach((width, k) => {
          const own = Array.from({ length: width }, () => switching[neuron++]);
          expect(C[i * K + k]).toBeGreaterThanOrEqual(own.filter(Boolean).length);
        });
      });
    }
  });

  it('counts nothing where layers are dead, and nothing of a neuron without weights', async () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [0, 1],
          ],
          b: [0, 0],
        },
        {
          W: [
            [1, -1],
            [0, 0],
            [1, 1],
          ],
          b: [0, 0, 0],
        },
        { W: [[1, 1, -1]], b: [1] },
        { W: [[-1]], b: [0.25] },
        { W: [[1]], b: [0] },
      ],
    });
    // Around the first, constants alone reach the second layer; around the second its middle neuron is still constant.
    const { C } = await gpu.bounds(net, Float64Array.of(-0.5, -0.5, 0, 0), 0.25, { method });
    expect([...C]).toEqual([0, 0, 0, 0, 2, 2, 0, 0]);
  });

  it('folds over the limit of workgroups in a row, splits into chunks, and takes no points', async () => {
    const limits = { maxGroupsPerDimension: 3, maxPointsPerChunk: 13 };
    const folded = await open({ limits });
    for (const widths of [
      [2, 9, 11, 1],
      [3, 70, 5, 2],
    ]) {
      const net = make(widths);
      const { points, radii } = balls(net, 100);
      const whole = await gpu.bounds(net, points, radii, { method });
      expect((await folded.bounds(net, points, radii, { method })).C).toEqual(whole.C);
      expect((await gpu.bounds(net, new Float64Array(0), 1, { method })).C.length).toBe(0);
    }
  });

  it('keeps tiles in storage where workgroup memory is too small', async () => {
    const folded = await open({ limits: { maxGroupsPerDimension: 2 } });
    // Interval propagation has two numbers for a neuron, and its tiles fit longest.
    const net = make([36, method === 'ibp' ? 1100 : 300, 10, 1]);
    const { points, radii } = balls(net, 5);
    const { neurons, apart } = await compare(folded, net, points, radii, method);
    expect(apart).toBeLessThanOrEqual(MOST_APART * neurons);
  });

  it('leaves numbers that a person will read to 64 bits', async () => {
    const net = make([2, 8, 8, 1]);
    const cpu = createReferenceCompute();
    const { points, radii } = balls(net, 10);
    const options = { method, detail: true };
    expect(await gpu.bounds(net, points, radii, options)).toEqual(
      await cpu.bounds(net, points, radii, options),
    );
  });
});

/** The GPU with so many bytes of workgroup memory, as the smallest that WebGPU allows have. */
async function withWorkgroupMemory(bytes: number): Promise<GPU> {
  const gpu = await dawn();
  const requestAdapter = async (): Promise<GPUAdapter | null> => {
    const adapter = await gpu.requestAdapter();
    if (!adapter) return null;
    const limits = new Proxy(adapter.limits, {
      get: (target, name) =>
        name === 'maxComputeWorkgroupStorageSize' ? bytes : Reflect.get(target, name, target),
    });
    const requestDevice = adapter.requestDevice.bind(adapter);
    return { info: adapter.info, limits, features: adapter.features, requestDevice } as GPUAdapter;
  };
  return { requestAdapter } as GPU;
}

describe('the WGSL kernel of crown, beside its tiles,', () => {
  it('has room for its counters where tiles would fill workgroup memory to the last byte', async () => {
    const smallest = await withWorkgroupMemory(16_384);
    const compute = await createWebGpuCompute(smallest, { allowSoftware: true });
    opened.push(compute);
    // Tiles of 16 KiB each, and of 512 bytes with 32 in a group.
    for (const net of [make([2, 64, 64, 64, 64, 1]), make([2, 2, 2, 2, 2, 1])]) {
      const { points, radii } = balls(net, 5);
      const { C } = await compute.bounds(net, points, radii, { method: 'crown' });
      expect(C).toEqual((await gpu.bounds(net, points, radii, { method: 'crown' })).C);
    }
  });
});

describe('the WGSL kernels of the ladder, near decisions', () => {
  /** How near radii are to where a neuron goes from stable to unstable. */
  const NEAR = [-1e-5, -3e-7, -3e-8, 1e-12, 3e-8, 1e-7, 3e-7, 1e-5, 1e-3, 0.3];

  /** Layers counted, and how many of them are below, and above, those of 64 bits. */
  async function counts(scene: Scene, method: LadderMethod) {
    const { net, x } = stage(scene, parkMiller(scene.random));
    const edge = brink(net, x, scene.pick);
    const radii = Float64Array.from(NEAR, (nearness) => edge * (1 + nearness));
    const points = Float64Array.from({ length: NEAR.length * x.length }, (_, i) => x[i % x.length]);
    const { C } = await gpu.bounds(net, points, radii, { method });
    const least = known(net, points, radii, method);
    const differing = (sign: number) =>
      C.filter((count, i) => sign * (count - least[i]) > 0).length;
    return { layers: C.length, below: differing(-1), above: differing(1) };
  }

  it.each(ISOTONIC)(
    '%s never counts fewer than 64 bits, where rounding does the most harm',
    async (method) => {
      let [layers, above] = [0, 0];
      for (const [scenes, numRuns] of [
        [small, 60],
        [wide, 4],
      ] as const)
        for (const scene of fc.sample(scenes, { numRuns, seed: 12 })) {
          const found = await counts(scene, method);
          if (found.below > 0) expect.fail(`${method} is too bold in ${JSON.stringify(scene)}`);
          layers += found.layers;
          above += found.above;
        }
      expect(layers).toBeGreaterThan(1000);
      // The inflation does something, and not too much.
      expect(above).toBeGreaterThan(0);
      expect(above).toBeLessThan(layers / 2);
    },
  );

  it('never call a neuron stable that is seen to switch', async () => {
    let switching = 0;
    for (const scene of fc.sample(small, { numRuns: 30, seed: 13 })) {
      const staged = onsetOf(scene, parkMiller(scene.random));
      if (!staged) continue;
      const { net, x, onset } = staged;
      const radii = Float64Array.from(NEARNESS, (nearness) => onset * (1 + nearness));
      const points = Float64Array.from(
        { length: radii.length * x.length },
        (_, i) => x[i % x.length],
      );
      const known = [...radii].flatMap((r) => switchingLayers(net, ranges(net, x, r)));
      for (const method of LADDER_METHODS) {
        const { C } = await gpu.bounds(net, points, radii, { method });
        const missed = known.findIndex((count, i) => C[i] < count);
        if (missed >= 0) expect.fail(`${method} is too bold in ${JSON.stringify(scene)}`);
      }
      switching += known.reduce((sum, count) => sum + count, 0);
    }
    expect(switching).toBeGreaterThan(300);
  });
});

/** How many neurons of every layer are seen with both signs. */
function switchingLayers(net: Model, seen: readonly Seen[]): number[] {
  const offsets = net.offsets;
  return net.widths.map(
    (_, k) => seen.slice(offsets[k], offsets[k + 1]).filter(({ switches }) => switches).length,
  );
}
