import { createLocalBound } from '../../src/bounds/ladder.ts';
import { neuronIntervals } from '../../src/bounds/localBound.ts';
import { BOUND_METHODS, boundMethods } from '../../src/bounds/methods.ts';
import { createNetwork } from '../../src/network/initialisers/createNetwork.ts';
import { neuronCount } from '../../src/network/network.ts';
import { createRandom } from '../../src/random.ts';
import type { Row } from './table.ts';

const SCENES = [
  { widths: [2, 64, 64, 64, 1], r: 0.05 },
  { widths: [2, 64, 64, 64, 1], r: 0.3 },
  { widths: [36, 64, 64, 1], r: 0.1 },
  { widths: [784, 64, 64, 10], r: 0.3 },
];
const CENTRES = 200;
const ROUNDS = 4;

/** Microseconds of one thread per ball, rounded outward, and the mean C, of every method; the best of four rounds. */
export async function ladderBench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { widths, r } of SCENES) {
    const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
    const out = neuronIntervals(neuronCount(net));
    for (const method of boundMethods) {
      const bound = createLocalBound(net, method, 'outward');
      let best = Number.POSITIVE_INFINITY;
      let unstable = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const random = createRandom(1);
        const points = Float64Array.from({ length: CENTRES * widths[0] }, () => 2 * random() - 1);
        unstable = 0;
        const before = process.cpuUsage();
        for (let i = 0; i < CENTRES; i++) {
          bound.run(points, i * widths[0], r, out, 0);
          for (const s of out.S) unstable += s;
        }
        best = Math.min(best, process.cpuUsage(before).user / CENTRES);
      }
      rows.push({
        network: widths.join('-'),
        r: String(r),
        method: BOUND_METHODS[method].name,
        'µs per ball': best,
        'mean C': unstable / CENTRES,
      });
    }
  }
  return rows;
}
