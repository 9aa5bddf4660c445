import { createLocalBound } from '../../src/bounds/ladder.ts';
import { neuronIntervals } from '../../src/bounds/localBound.ts';
import { BOUND_METHODS, boundMethods } from '../../src/bounds/methods.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { createRandom } from '../../src/random.ts';
import type { Row } from './table.ts';

const SCENES = [
  { widths: [2, 64, 64, 64, 1], r: 0.05 },
  { widths: [2, 64, 64, 64, 1], r: 0.3 },
  { widths: [36, 64, 64, 1], r: 0.1 },
  { widths: [784, 64, 64, 10], r: 0.3 },
];
const CENTRES = 200;
/** How often SIMD repeats the centres: 200 of them are too fast for the clock. */
const LAPS = 10;
const ROUNDS = 6;

/** Microseconds of this process since then: the split into user and system time is sampled, the sum is not. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

/**
 * Microseconds of one thread per ball, rounded outward, and the mean C, of every method, in 64 bits and by the SIMD
 * backend as it is called, alternately; the best of six rounds.
 */
export async function ladderBench(): Promise<Row[]> {
  const rows: Row[] = [];
  const simd = await createSimdCompute();
  for (const { widths, r } of SCENES) {
    const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
    const out = neuronIntervals(net.neurons);
    const random = createRandom(1);
    const centres = Float64Array.from({ length: CENTRES * widths[0] }, () => 2 * random() - 1);
    const laps = new Float64Array(LAPS * centres.length);
    for (let lap = 0; lap < LAPS; lap++) laps.set(centres, lap * centres.length);
    for (const method of boundMethods) {
      const bound = createLocalBound(net, method, 'outward');
      const best = { f64: Number.POSITIVE_INFINITY, simd: Number.POSITIVE_INFINITY };
      const unstable = { f64: 0, simd: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        unstable.f64 = 0;
        const began = process.cpuUsage();
        for (let i = 0; i < CENTRES; i++) {
          bound.run(centres, i * widths[0], r, out, 0);
          for (const s of out.S) unstable.f64 += s;
        }
        best.f64 = Math.min(best.f64, spent(began) / CENTRES);
        const again = process.cpuUsage();
        const { C } = await simd.bounds(net, laps, r, { method });
        best.simd = Math.min(best.simd, spent(again) / (LAPS * CENTRES));
        unstable.simd = C.reduce((sum, c) => sum + c, 0) / LAPS;
      }
      rows.push({
        network: widths.join('-'),
        r: String(r),
        method: BOUND_METHODS[method].name,
        'µs per ball, 64 bits': best.f64,
        'µs per ball, SIMD': best.simd,
        'times as fast': best.f64 / best.simd,
        'mean C, 64 bits': unstable.f64 / CENTRES,
        'mean C, SIMD': unstable.simd / CENTRES,
      });
    }
  }
  simd.dispose();
  return rows;
}
