import type { Model } from '../../model/model.ts';
import type { Box, RegionComplex } from '../../regions/complex/complex.ts';
import { mergeInSteps } from '../../regions/parallel/merge.ts';
import type { PieceResult } from '../../regions/parallel/piece.ts';
import { splitWork } from '../../regions/parallel/split.ts';
import type { Asks } from '../client.ts';
import { WorkerGoneError } from '../protocol.ts';
import type { PieceJobs } from '../services.ts';
import { type Controls, inSlices } from '../slices.ts';

/** More pieces than workers, so that none waits long for the one whose piece is largest. */
const PIECES_PER_WORKER = 3;

/** The workers that pieces are given to. */
export interface Crew {
  /** How many there can be. */
  readonly size: number;
  /** Those that can be asked. */
  readonly ready: readonly Asks<PieceJobs>[];
  /** Whether each one that was started has either become ready or failed. */
  readonly settled: boolean;
  /** Starts those that are missing. */
  hire(): void;
}

/** A subdivision over several workers. */
export class Pieces {
  readonly #net: Model;
  readonly #shares: NonNullable<ReturnType<typeof splitWork>>;
  readonly #maxRegions: number;
  readonly #crew: Crew;
  readonly #controls: Controls;
  readonly #results: (PieceResult | null)[];
  /** Regions found so far in every piece. */
  readonly #found: number[];
  /** Pieces that no worker is working on. */
  readonly #open: number[];
  /** Cancels all of them. */
  readonly #ending = new AbortController();
  /** Workers that were lost with a piece in hand: the crew may not know yet. */
  readonly #lost = new Set<Asks<PieceJobs>>();
  #abandoned = false;

  private constructor(
    net: Model,
    shares: NonNullable<ReturnType<typeof splitWork>>,
    maxRegions: number,
    crew: Crew,
    controls: Controls,
  ) {
    this.#net = net;
    this.#shares = shares;
    this.#maxRegions = maxRegions;
    this.#crew = crew;
    this.#controls = controls;
    this.#results = shares.map(() => null);
    this.#found = shares.map(() => 0);
    this.#open = shares.map((_, at) => at);
  }

  /** Null where there is not enough to divide. */
  static of(
    net: Model,
    box: Box,
    maxRegions: number,
    crew: Crew,
    controls: Controls,
  ): Pieces | null {
    const shares = splitWork(net, box, PIECES_PER_WORKER * crew.size, maxRegions);
    return shares && new Pieces(net, shares, maxRegions, crew, controls);
  }

  get regionsSoFar(): number {
    return this.#found.reduce((sum, count) => sum + count, 0);
  }

  /** All pieces together; null when there turn out to be more regions than allowed, or no worker is left. */
  async run(): Promise<RegionComplex | null> {
    const { signal } = this.#controls;
    const cancel = () => this.#ending.abort(signal?.reason);
    signal?.addEventListener('abort', cancel);
    try {
      // The piece of a worker that is lost goes to one that is left, even if that had finished.
      while (this.#open.length > 0 && !this.#abandoned) {
        signal?.throwIfAborted();
        const ready = this.#crew.ready.filter((worker) => !this.#lost.has(worker));
        if (ready.length === 0) return null;
        await Promise.all(ready.map((worker) => this.#serve(worker)));
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
      // When one piece has failed, nobody wants the others.
      this.#open.length = 0;
      this.#ending.abort();
    }
    if (this.#abandoned) return null;
    const pieces = this.#results.map((result) => {
      if (result === null) throw new Error('a piece of the subdivision is missing');
      return result;
    });
    // Progress may arrive after results: the results count, and only complete ones fit together.
    const total = pieces.reduce((sum, { faces }) => sum + faces.length, 0);
    if (total > this.#maxRegions || pieces.some(({ complete }) => !complete)) return null;
    return inSlices(mergeInSteps(this.#shares, pieces), this.#controls);
  }

  /** Gives one worker pieces as long as there are any left. */
  async #serve(worker: Asks<PieceJobs>): Promise<void> {
    const { hold } = this.#controls;
    const options = { signal: this.#ending.signal, ...(hold ? { hold } : {}) };
    for (let at = this.#open.shift(); at !== undefined; at = this.#open.shift()) {
      const piece = at;
      const onProgress = (regions: number) => {
        this.#found[piece] = regions;
        if (this.regionsSoFar > this.#maxRegions) this.#giveUp();
      };
      try {
        const share = this.#shares[piece];
        this.#results[piece] = await worker.job(
          'piece',
          { net: this.#net, share },
          { ...options, onProgress },
        );
      } catch (error) {
        if (this.#abandoned) return;
        if (!(error instanceof WorkerGoneError)) throw error;
        this.#lost.add(worker);
        this.#found[piece] = 0;
        this.#open.push(piece);
        return;
      }
    }
  }

  #giveUp(): void {
    this.#abandoned = true;
    this.#open.length = 0;
    this.#ending.abort();
  }
}
