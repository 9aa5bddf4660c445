import { linearRegionsInSteps } from '../../src/regions/linear/linearRegions.ts';
import { outputMapsInSteps } from '../../src/regions/linear/outputMaps.ts';
import { decisionBoundaryInSteps } from '../../src/regions/measure/decisionBoundary.ts';
import { Subdivision } from '../../src/regions/subdivide/subdivide.ts';
import { Sliced } from '../../src/steps.ts';
import { heNetwork } from './growth.ts';
import type { Row } from './table.ts';

const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
const BUDGET_MS = 8;
const ROUNDS = 3;

interface Work {
  run(budgetMs: number): boolean;
}

/** The longest slice and the sum, in ms; CPU time where it is less, so that waiting for a core does not count. */
function measure(work: Work): { longest: number; total: number } {
  let longest = 0;
  let total = 0;
  for (let done = false; !done; ) {
    const start = performance.now();
    const used = process.cpuUsage();
    done = work.run(BUDGET_MS);
    const { user, system } = process.cpuUsage(used);
    const ms = Math.min(performance.now() - start, (user + system) / 1000);
    longest = Math.max(longest, ms);
    total += ms;
  }
  return { longest, total };
}

/** The longest time without handling messages in a worker with slices of 8 ms; the best of three. */
export async function slicesBench(): Promise<Row[]> {
  const net = heNetwork([2, 512, 512, 1]);
  const found = new Map<string, { longest: number; total: number }>();
  const add = <T extends Work>(name: string, work: T): T => {
    const now = measure(work);
    const before = found.get(name) ?? now;
    found.set(name, {
      longest: Math.min(before.longest, now.longest),
      total: Math.min(before.total, now.total),
    });
    return work;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const options = { maxRegions: Number.POSITIVE_INFINITY };
    const work = add('subdivision', new Subdivision(net, BOX, options));
    const complex = add('packing', new Sliced(work.resultInSteps())).result();
    const maps = add('output maps', new Sliced(outputMapsInSteps(net, complex))).result();
    add('linear regions', new Sliced(linearRegionsInSteps(net, complex, maps)));
    add('decision boundary', new Sliced(decisionBoundaryInSteps(net, complex, maps)));
  }
  return [...found].map(([work, { longest, total }]) => ({
    work,
    'longest slice, ms': longest,
    'in all, ms': total,
  }));
}
