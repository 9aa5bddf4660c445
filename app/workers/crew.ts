import type { Crew } from '../../src/jobs/geometry/pieces.ts';
import type { PieceJobs } from '../../src/jobs/services.ts';
import PieceWorker from './piece.worker.ts?worker';
import { SupervisedWorker } from './supervised.ts';

const MOST_WORKERS = 8;

type Member = SupervisedWorker<PieceJobs>;

/** Workers of a worker, for the pieces of large views; those that are lost are replaced at the next `hire`. */
export class PieceCrew implements Crew {
  readonly size: number;
  #members: readonly Member[] = [];
  /** Those that have neither become ready nor failed. */
  readonly #starting = new Set<Member>();

  /** @param cores of which one is left to the page */
  constructor(cores: number) {
    this.size = Math.min(MOST_WORKERS, Math.max(2, cores - 1));
  }

  hire(): void {
    const missing = this.size - this.#members.length;
    this.#members = [...this.#members, ...Array.from({ length: missing }, () => this.#start())];
  }

  get settled(): boolean {
    return this.#starting.size === 0;
  }

  get ready(): readonly Member[] {
    return this.#members.filter((member) => member.ready);
  }

  #start(): Member {
    const giveUp = () => {
      this.#starting.delete(member);
      this.#members = this.#members.filter((other) => other !== member);
      member.end();
    };
    const member: Member = new SupervisedWorker<PieceJobs>(() => new PieceWorker(), {
      onReady: () => this.#starting.delete(member),
      onFailure: giveUp,
      // Others take over its piece; if none is left, the geometry worker does everything.
      onSilence: (silent) => silent && giveUp(),
    });
    this.#starting.add(member);
    return member;
  }
}
