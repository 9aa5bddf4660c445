import { performance } from 'node:perf_hooks';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import small from '../cases/nets/2-16-16-1.json';
import large from '../cases/nets/2-64-64-64-1.json';
import { dawn } from '../gpu/setup.ts';
import { plainBounds, plainForward } from './plainLoop.ts';
import type { Row } from './table.ts';

const NETS = [
  { name: '2-16-16-1', net: networkFromJson(small) },
  { name: '2-64-64-64-1', net: networkFromJson(large) },
];
const RADIUS = 0.1;
const ROUND_MS = 400;
const ROUNDS = 3;

/** Something that computes both things on one network. */
interface Contender {
  readonly name: string;
  bounds(net: Model, points: Float64Array): unknown;
  forward(net: Model, points: Float64Array): unknown;
}

const backend = (compute: Compute, name: string): Contender => ({
  name,
  bounds: (net, points) => compute.bounds(net, points, RADIUS),
  forward: (net, points) => compute.forward(net, points),
});

/** The straightforward implementation, with which the others are compared. */
const plainLoops: Contender = {
  name: 'plain loops, 32-bit',
  bounds: (net, points) => plainBounds(net, points, RADIUS),
  forward: plainForward,
};

/**
 * Points per second of every backend on one thread, for Algorithm 1 (C alone, without detail) and for the forward pass:
 * the best of three rounds after a warm-up; and how many times as fast as plain loops that is. WebGPU runs on the
 * adapter that Dawn finds; without one its rows are left out.
 */
export async function computeBench(): Promise<Row[]> {
  const computes: Compute[] = [createReferenceCompute(), await createSimdCompute()];
  const contenders = [plainLoops, ...computes.map((each) => backend(each, each.description))];
  try {
    const webgpu = await createWebGpuCompute(await dawn(), { allowSoftware: true });
    computes.push(webgpu);
    contenders.push(backend(webgpu, `WebGPU, ${webgpu.description}`));
  } catch (error) {
    console.error(`WebGPU is not measured: ${(error as Error).message}`);
  }
  const rows: Row[] = [];
  for (const { name, net } of NETS) {
    let plain: { bounds: number; forward: number } | undefined;
    for (const contender of contenders) {
      const bounds = await bestRate((points) => contender.bounds(net, points));
      const forward = await bestRate((points) => contender.forward(net, points));
      plain ??= { bounds, forward };
      rows.push({
        network: name,
        backend: contender.name,
        'bounds per second': bounds,
        'bounds × plain': bounds / plain.bounds,
        'forward points per second': forward,
        'forward × plain': forward / plain.forward,
      });
    }
  }
  for (const compute of computes) compute.dispose();
  return rows;
}

/** Grows the batch until a call takes a good part of a round: small ones would measure the round trip. */
async function bestRate(call: (points: Float64Array) => unknown): Promise<number> {
  let count = 256;
  let rate = await rateOf(call, count);
  while (count < (rate * ROUND_MS) / 2000) {
    count *= 2;
    rate = await rateOf(call, count);
  }
  for (let round = 1; round < ROUNDS; round++) rate = Math.max(rate, await rateOf(call, count));
  return rate;
}

async function rateOf(call: (points: Float64Array) => unknown, count: number): Promise<number> {
  const points = Float64Array.from({ length: 2 * count }, (_, i) => Math.sin(12.9898 * (i + 1)));
  const start = performance.now();
  await call(points);
  return (1000 * count) / (performance.now() - start);
}
