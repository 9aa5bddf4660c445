import * as Comlink from 'comlink';
import type { Network } from '../../src/network/network.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import type { PieceJob } from '../../src/regions/parallel/job.ts';
import { mergeInSteps } from '../../src/regions/parallel/merge.ts';
import type { PieceResult } from '../../src/regions/parallel/piece.ts';
import { splitWork } from '../../src/regions/parallel/split.ts';
import type { Steps } from '../../src/steps.ts';
import type { PieceApi } from './piece.worker.ts';
import PieceWorker from './piece.worker.ts?worker';

/** More pieces than workers, so that none waits long for the one whose piece is largest. */
const PIECES_PER_WORKER = 3;
const MOST_WORKERS = 8;
/** One processor is left to the page. */
const WORKERS = Math.min(MOST_WORKERS, Math.max(2, navigator.hardwareConcurrency - 1));

let workers: Comlink.Remote<PieceApi>[] | null = null;

const hired = (): Comlink.Remote<PieceApi>[] => {
  workers ??= Array.from({ length: WORKERS }, () => Comlink.wrap<PieceApi>(new PieceWorker()));
  return workers;
};

let atWork: Pieces | null = null;

/** A subdivision over several workers. */
export class Pieces {
  private readonly net: Network;
  private readonly jobs: readonly PieceJob[];
  private readonly maxRegions: number;
  private calledOff = false;
  private regions = 0;

  private constructor(net: Network, jobs: readonly PieceJob[], maxRegions: number) {
    this.net = net;
    this.jobs = jobs;
    this.maxRegions = maxRegions;
  }

  /** Null where there is not enough to divide. */
  static of(net: Network, box: Box, maxRegions: number): Pieces | null {
    const jobs = splitWork(net, box, PIECES_PER_WORKER * WORKERS, maxRegions);
    return jobs && new Pieces(net, jobs, maxRegions);
  }

  /** Stops the pieces at work where they are, or lets them go on. */
  static hold(held: boolean): void {
    if (atWork === null || atWork.calledOff) return;
    for (const worker of hired()) void worker.hold(held);
  }

  get regionsSoFar(): number {
    return this.regions;
  }

  /** What puts the pieces together; null when it was called off, or there turned out to be more regions than allowed. */
  async run(): Promise<Steps<RegionComplex> | null> {
    // The workers serve one subdivision at a time, the newest.
    atWork?.callOff();
    atWork = this;
    // Those who were stopped when the work before this one ended still are.
    for (const worker of hired()) void worker.hold(false);
    const results: (PieceResult | null)[] = this.jobs.map(() => null);
    let next = 0;
    const hear = Comlink.proxy((more: number) => {
      this.regions += more;
      if (this.regions > this.maxRegions) this.callOff();
    });
    await Promise.all(
      hired().map(async (worker) => {
        while (next < this.jobs.length && !this.calledOff) {
          const at = next++;
          results[at] = await worker.cut(this.net, this.jobs[at], hear);
        }
      }),
    );
    if (this.calledOff) return null;
    atWork = null;
    const pieces = results.map((result) => {
      if (result === null) throw new Error('a piece of the subdivision is missing');
      return result;
    });
    // What the workers say on the way may come later than their results: these count, and only whole ones fit together.
    const total = pieces.reduce((sum, { faces }) => sum + faces.length, 0);
    if (total > this.maxRegions || pieces.some(({ complete }) => !complete)) return null;
    return mergeInSteps(this.jobs, pieces);
  }

  callOff(): void {
    if (this.calledOff) return;
    this.calledOff = true;
    for (const worker of hired()) void worker.callOff();
  }
}
