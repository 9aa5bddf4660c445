import { Worker } from 'node:worker_threads';
import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { mergeInSteps } from '../../src/regions/parallel/merge.ts';
import type { PieceResult } from '../../src/regions/parallel/piece.ts';
import { type PieceJob, splitWork } from '../../src/regions/parallel/split.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { finish } from '../../src/steps.ts';
import deep from '../cases/nets/2-128-128-128-1.json';
import { heNetwork } from './growth.ts';
import type { Request } from './pieceWorker.ts';
import type { Row } from './table.ts';

const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
const THREADS = 2;
/** More than threads, because some take longer. */
const PIECES = 8;
const ROUNDS = 5;
const MOST = 2_000_000;

const call = (worker: Worker, request: Request): Promise<PieceResult> =>
  new Promise((resolve, reject) => {
    worker.once('message', (result) => {
      worker.off('error', reject);
      resolve(result);
    });
    worker.once('error', reject);
    worker.postMessage(request);
  });

/** Every worker takes the next job when it has finished one; results in the order of the jobs. */
async function onWorkers(workers: readonly Worker[], net: Model, jobs: readonly PieceJob[]) {
  const results: PieceResult[] = [];
  let next = 0;
  await Promise.all(
    workers.map(async (worker) => {
      while (next < jobs.length) {
        const mine = next++;
        results[mine] = await call(worker, { net, job: jobs[mine] });
      }
    }),
  );
  return results;
}

async function divided(workers: readonly Worker[], net: Model): Promise<void> {
  const jobs = splitWork(net, BOX, PIECES, MOST);
  if (jobs === null) throw new Error('the network is too small to be divided');
  finish(mergeInSteps(jobs, await onWorkers(workers, net, jobs)));
}

async function leastMs(work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= ROUNDS; i++) {
    const start = performance.now();
    await work();
    if (i > 0) least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** The whole complex by one thread, and by two with the merging done by the first. */
export async function parallelBench(): Promise<Row[]> {
  const workers = Array.from(
    { length: THREADS },
    () => new Worker(new URL('./pieceWorker.js', import.meta.url)),
  );
  const subjects: [string, Model][] = [
    ['2-128-128-128-1', networkFromJson(deep)],
    ['2-512-512-1, He', heNetwork([2, 512, 512, 1])],
  ];
  const rows: Row[] = [];
  for (const [network, net] of subjects) {
    const one = await leastMs(() => subdivide(net, BOX, { maxRegions: MOST }));
    const two = await leastMs(() => divided(workers, net));
    rows.push({
      network,
      'one thread, ms': one,
      'two threads, ms': two,
      'times as fast': one / two,
    });
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return rows;
}
