import * as Comlink from 'comlink';
import { WorkerGoneError } from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import type { PieceJob } from '../../src/regions/parallel/job.ts';
import { mergeInSteps } from '../../src/regions/parallel/merge.ts';
import type { PieceResult } from '../../src/regions/parallel/piece.ts';
import { splitWork } from '../../src/regions/parallel/split.ts';
import type { Steps } from '../../src/steps.ts';
import type { PieceApi } from './piece.worker.ts';
import PieceWorker from './piece.worker.ts?worker';
import { SupervisedWorker } from './supervised.ts';

/** More pieces than workers, so that none waits long for the one whose piece is largest. */
const PIECES_PER_WORKER = 3;
const MOST_WORKERS = 8;
/** One processor is left to the page. */
const WORKERS = Math.min(MOST_WORKERS, Math.max(2, navigator.hardwareConcurrency - 1));

type Member = SupervisedWorker<Comlink.Remote<PieceApi>>;

/** The workers that pieces are given to. */
class Crew {
  /** The subdivision that they are at: they serve one at a time, the newest. */
  atWork: Pieces | null = null;
  #members: readonly Member[] = [];
  /** Those that have neither said that they are there nor failed. */
  readonly #starting = new Set<Member>();

  /** Starts all of them that are not there. */
  hire(): void {
    const missing = WORKERS - this.#members.length;
    this.#members = [...this.#members, ...Array.from({ length: missing }, () => this.#start())];
  }

  /** Whether it is known of each whether it can be counted on. */
  get settled(): boolean {
    return this.#starting.size === 0;
  }

  get ready(): readonly Member[] {
    return this.#members.filter((member) => member.ready);
  }

  /** Tells every one of them something, now. */
  tell(say: (worker: Comlink.Remote<PieceApi>) => Promise<void>): void {
    for (const { api } of this.ready) void say(api);
  }

  #start(): Member {
    const giveUp = () => {
      this.#starting.delete(member);
      this.#members = this.#members.filter((other) => other !== member);
      member.end();
    };
    const member: Member = new SupervisedWorker<Comlink.Remote<PieceApi>>(() => new PieceWorker(), {
      onReady: () => this.#starting.delete(member),
      onFailure: giveUp,
      // Others can do what it was to do, and if they cannot, one worker does it all.
      onSilence: (silent) => silent && giveUp(),
    });
    this.#starting.add(member);
    return member;
  }
}

export const crew = new Crew();

/** A subdivision over several workers. */
export class Pieces {
  private readonly net: Model;
  private readonly jobs: readonly PieceJob[];
  private readonly maxRegions: number;
  private calledOff = false;
  /** Regions found so far in every piece. */
  private readonly found: number[];

  private constructor(net: Model, jobs: readonly PieceJob[], maxRegions: number) {
    this.net = net;
    this.jobs = jobs;
    this.maxRegions = maxRegions;
    this.found = jobs.map(() => 0);
  }

  /** Null where there is not enough to divide. */
  static of(net: Model, box: Box, maxRegions: number): Pieces | null {
    const jobs = splitWork(net, box, PIECES_PER_WORKER * WORKERS, maxRegions);
    return jobs && new Pieces(net, jobs, maxRegions);
  }

  /** Stops the pieces at work where they are, or lets them go on. */
  static hold(held: boolean): void {
    if (crew.atWork === null || crew.atWork.calledOff) return;
    crew.tell((worker) => worker.hold(held));
  }

  get regionsSoFar(): number {
    return this.found.reduce((sum, count) => sum + count, 0);
  }

  /**
   * What puts the pieces together; null when it was called off, there turned out to be more regions than allowed, or no
   * worker is left.
   */
  async run(): Promise<Steps<RegionComplex> | null> {
    crew.atWork?.callOff();
    crew.atWork = this;
    // Those who were stopped when the work before this one ended still are.
    crew.tell((worker) => worker.hold(false));
    const results: (PieceResult | null)[] = this.jobs.map(() => null);
    const open = this.jobs.map((_, at) => at);
    // A worker that is lost leaves its piece to those who are still there, even where they were done.
    while (open.length > 0 && !this.calledOff) {
      const { ready } = crew;
      if (ready.length === 0) this.callOff();
      await Promise.all(ready.map((worker) => this.serve(worker, open, results)));
    }
    if (this.calledOff) return null;
    crew.atWork = null;
    const pieces = results.map((result) => {
      if (result === null) throw new Error('a piece of the subdivision is missing');
      return result;
    });
    // What the workers say on the way may come later than their results: these count, and only whole ones fit together.
    const total = pieces.reduce((sum, { faces }) => sum + faces.length, 0);
    if (total > this.maxRegions || pieces.some(({ complete }) => !complete)) return null;
    return mergeInSteps(this.jobs, pieces);
  }

  /** Gives one worker pieces as long as there are any. */
  private async serve(
    worker: Member,
    open: number[],
    results: (PieceResult | null)[],
  ): Promise<void> {
    for (let at = open.shift(); at !== undefined && !this.calledOff; at = open.shift()) {
      const piece = at;
      const hear = Comlink.proxy((more: number) => {
        this.found[piece] += more;
        if (this.regionsSoFar > this.maxRegions) this.callOff();
      });
      try {
        results[piece] = await worker.api.cut(this.net, this.jobs[piece], hear);
      } catch (error) {
        if (!(error instanceof WorkerGoneError)) throw error;
        this.found[piece] = 0;
        open.push(piece);
        return;
      }
    }
  }

  callOff(): void {
    if (this.calledOff) return;
    this.calledOff = true;
    crew.tell((worker) => worker.callOff());
  }
}
