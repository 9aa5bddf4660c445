import { performance } from 'node:perf_hooks';
import type { Compute } from '../../src/compute/compute.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { networkFromJson } from '../../src/network/json.ts';
import small from '../cases/nets/2-16-16-1.json';
import large from '../cases/nets/2-64-64-64-1.json';
import { dawn } from '../gpu/setup.ts';
import type { Row } from './table.ts';

const NETS = [
  { name: '2-16-16-1', net: networkFromJson(small) },
  { name: '2-64-64-64-1', net: networkFromJson(large) },
];
const RADIUS = 0.1;
const ROUND_MS = 400;
const ROUNDS = 3;

/**
 * Points per second of every backend, for Algorithm 1 (C alone, without detail) and for the forward pass: the best of
 * three rounds after a warm-up. WebGPU runs on the adapter that Dawn finds; without one its rows are left out.
 */
export async function computeBench(): Promise<Row[]> {
  const backends: Compute[] = [createReferenceCompute()];
  try {
    backends.push(await createWebGpuCompute(await dawn(), { allowSoftware: true }));
  } catch (error) {
    console.error(`WebGPU is not measured: ${(error as Error).message}`);
  }
  const rows: Row[] = [];
  for (const { name, net } of NETS)
    for (const compute of backends) {
      compute.load(net);
      const bounds = await bestRate((points) => compute.bounds(points, RADIUS));
      const forward = await bestRate((points) => compute.forward(points));
      rows.push({
        network: name,
        backend:
          compute.backend === 'reference' ? compute.description : `WebGPU, ${compute.description}`,
        'bounds per second': bounds,
        'forward points per second': forward,
      });
    }
  for (const compute of backends) compute.dispose();
  return rows;
}

/** Grows the batch until a call takes a good part of a round: small ones would measure the way there and back. */
async function bestRate(call: (points: Float64Array) => Promise<unknown>): Promise<number> {
  let count = 256;
  let rate = await rateOf(call, count);
  while (count < (rate * ROUND_MS) / 2000) {
    count *= 2;
    rate = await rateOf(call, count);
  }
  for (let round = 1; round < ROUNDS; round++) rate = Math.max(rate, await rateOf(call, count));
  return rate;
}

async function rateOf(
  call: (points: Float64Array) => Promise<unknown>,
  count: number,
): Promise<number> {
  const points = Float64Array.from({ length: 2 * count }, (_, i) => Math.sin(12.9898 * (i + 1)));
  const start = performance.now();
  await call(points);
  return (1000 * count) / (performance.now() - start);
}
