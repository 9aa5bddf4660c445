import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { InputError } from '../../src/errors.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { readNet } from '../unit/bounds/cases.ts';
import { scatter } from './nets.ts';
import { dawn } from './setup.ts';

const make = (...widths: number[]): Model =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 5 });

const opened: Compute[] = [];
let gpu: GPU;
let compute: Compute;

async function open(options: Parameters<typeof createWebGpuCompute>[1] = {}): Promise<Compute> {
  const made = await createWebGpuCompute(gpu, { allowSoftware: true, ...options });
  opened.push(made);
  return made;
}

beforeAll(async () => {
  gpu = await dawn();
  compute = await open();
});
afterAll(() => {
  for (const made of opened) made.dispose();
});

/** All kernels against the CPU; C may be larger by the few neurons that 32 bits cannot call. */
async function expectLikeCpu(at: Compute, net: Model, n: number): Promise<void> {
  const cpu = createReferenceCompute();
  const points = scatter(n, net.inputs);
  const outputs = await at.forward(net, points);
  const known = await cpu.forward(net, points);
  expect(outputs.length).toBe(known.length);
  const size = Math.max(1, ...known.map(Math.abs));
  expect(known.every((value, i) => Math.abs(outputs[i] - value) < 1e-4 * size)).toBe(true);
  expect(await at.patterns(net, points)).toEqual(await cpu.patterns(net, points));
  expect(await at.hashes(net, points)).toEqual(await cpu.hashes(net, points));
  const centre = points.slice(0, net.inputs);
  expect(await at.compare(net, points, centre)).toEqual(await cpu.compare(net, points, centre));
  const inside = await at.activations(net, points);
  const knownInside = await cpu.activations(net, points);
  expect(knownInside.every((h, i) => Math.abs(inside[i] - h) < 1e-4 * (1 + Math.abs(h)))).toBe(
    true,
  );
  const far = await at.distances(net, points);
  const near = await cpu.distances(net, points);
  expect(far.distance.every((d, i) => Math.abs(d - near.distance[i]) < 1e-3)).toBe(true);
  const { C } = await at.bounds(net, points, 0.02);
  const exact = await cpu.bounds(net, points, 0.02);
  expect(C.length).toBe(exact.C.length);
  const more = C.map((count, i) => count - exact.C[i]);
  expect(C.every((count, i) => count >= exact.C[i])).toBe(true);
  expect(more.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(C.length / 20);
}

describe('batches on the GPU', () => {
  it('fold over the limit of workgroups in a row, and split into chunks', async () => {
    const folded = await open({ limits: { maxGroupsPerDimension: 7 } });
    await expectLikeCpu(folded, make(2, 9, 11, 1), 300);
    const split = await open({ limits: { maxGroupsPerDimension: 3, maxPointsPerChunk: 13 } });
    await expectLikeCpu(split, make(3, 70, 5, 2), 100);
  });

  it('run past 65,535 workgroups in one dispatch', async () => {
    // 64 lanes and so one point per group.
    const net = make(1, 33, 1);
    const points = scatter(65_535 + 100, 1);
    const whole = await open({ limits: { chunkMs: Number.POSITIVE_INFINITY } });
    const seen: number[] = [];
    const { distance } = await whole.distances(net, points, {
      onProgress: (done) => seen.push(done),
    });
    expect(seen).toEqual([1]);
    const cpu = createReferenceCompute();
    const known = await cpu.distances(net, points);
    const off = known.distance.findIndex((value, i) => !(Math.abs(distance[i] - value) < 1e-4));
    expect(off).toBe(-1);
  });

  it('work for layers wider than a workgroup', async () => {
    await expectLikeCpu(compute, make(2, 1024, 5, 2), 2);
    await expectLikeCpu(compute, make(1, 1, 1), 5);
  });

  it('keep their tiles in storage where workgroup memory is too small, folded as well', async () => {
    const folded = await open({ limits: { maxGroupsPerDimension: 2 } });
    for (const at of [compute, folded]) await expectLikeCpu(at, make(36, 130, 10, 1), 5);
  });

  it('agree with the CPU on 2-16-16-1 and on three layers of 64', async () => {
    await expectLikeCpu(compute, readNet('2-16-16-1'), 100);
    await expectLikeCpu(compute, readNet('2-64-64-64-1'), 20);
  });

  it('each work on the network that was loaded when they were asked for', async () => {
    const [one, two] = [make(2, 6, 1), make(2, 5, 7, 1)];
    const points = scatter(30, 2);
    const first = compute.forward(one, points);
    const [a, b] = await Promise.all([first, compute.forward(two, points)]);
    expect(await compute.forward(one, points)).toEqual(a);
    expect(await compute.forward(two, points)).toEqual(b);
    expect(a).not.toEqual(b);
  });

  it('come in chunks of a reasonable size, however long they are', async () => {
    const fresh = await open();
    const net = make(2, 8, 8, 1);
    const points = scatter(30_000, 2);
    const sizes: number[] = [];
    let before = 0;
    await fresh.forward(net, points, {
      onProgress: (done) => {
        sizes.push(Math.round((done - before) * 30_000));
        before = done;
      },
    });
    expect(sizes.length).toBeGreaterThan(1);
    // A software adapter passes some 10⁵ of these points a second; half the chunks at least have hundreds.
    expect(sizes.sort((a, b) => a - b)[sizes.length >> 1]).toBeGreaterThan(200);
  });

  it('tell how far they are and stop when told to', async () => {
    const split = await open({ limits: { maxPointsPerChunk: 50 } });
    const net = make(2, 8, 1);
    const points = scatter(500, 2);
    const seen: number[] = [];
    await split.forward(net, points, { onProgress: (done) => seen.push(done) });
    expect(seen.length).toBeGreaterThanOrEqual(10);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[seen.length - 1]).toBe(1);

    const control = new AbortController();
    const reason = new Error('enough');
    let chunks = 0;
    const stopped = split.bounds(net, points, 0.1, {
      signal: control.signal,
      onProgress: () => {
        chunks++;
        control.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    expect(chunks).toBe(1);
    await expect(split.forward(net, points, { signal: control.signal })).rejects.toBe(reason);
    expect((await split.forward(net, points)).length).toBe(500);
  });

  it('refuse points and radii that cannot be used', async () => {
    const net = make(2, 4, 1);
    await expect(compute.forward(net, Float64Array.of(1, 2, 3))).rejects.toThrow(InputError);
    await expect(compute.bounds(net, Float64Array.of(1, Number.NaN), 1)).rejects.toThrow(
      InputError,
    );
    await expect(compute.bounds(net, Float64Array.of(1, 2), -1)).rejects.toThrow(InputError);
  });
});

describe('the bound in 32 bits', () => {
  it('leaves numbers that 32 bits cannot hold to the CPU', async () => {
    const cpu = createReferenceCompute();
    const scaled = (w: number) =>
      networkFromJson({
        layers: [
          { W: [[w, 0]], b: [0] },
          { W: [[1]], b: [0] },
        ],
      });
    for (const net of [scaled(1e-42), scaled(1e30)]) {
      const points = Float64Array.of(0.5, 0, 2, 0);
      const given = await compute.bounds(net, points, 1, { detail: true });
      expect(given).toEqual(await cpu.bounds(net, points, 1, { detail: true }));
      expect([...given.C]).toEqual([1, 0]);
    }
  });

  it('counts a close one, and leaves its numbers to 64 bits', async () => {
    // One crease, x = 0, and a ball of radius 1/4 that touches it to within 10⁻⁹ or stays well away from it.
    const net = networkFromJson({
      layers: [
        { W: [[0.1, 0]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    const points = Float64Array.of(0.25 + 1e-9, 0, 0.25 - 1e-9, 0, 0.7, 0, 0.1, 0);
    const { C, detail } = await compute.bounds(net, points, 0.25, { detail: true });
    expect([...C]).toEqual([0, 1, 0, 1]);
    expect([...detail!.S]).toEqual([0, 1, 0, 1]);
    expect([...(await compute.bounds(net, points, 0.25)).C]).toEqual([1, 1, 0, 1]);
  });

  it('counts nothing where layers are dead, like the guarded algorithm', async () => {
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
            [2, 1],
            [1, 1],
          ],
          b: [0, 0, 0],
        },
        { W: [[1, 1, -1]], b: [0.5] },
        { W: [[-1]], b: [0.5] },
        { W: [[1]], b: [0] },
      ],
    });
    const { C } = await compute.bounds(net, Float64Array.of(-0.5, -0.5, 0.5, 0.4), 0.25);
    expect(C.length).toBe(2 * net.widths.length);
    expect([...C.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(C[5]).toBeGreaterThan(0);
  });
});
