import type { Io } from '../io.ts';
import { Progress } from '../progress.ts';

/** Reports on standard error how far a batch of centres is, how fast it runs, and which backend computes it. */
export class BatchProgress {
  readonly #io: Io;
  readonly #quiet: boolean;
  readonly #line: Progress;
  readonly #start: number;

  constructor(io: Io, quiet: boolean) {
    this.#io = io;
    this.#quiet = quiet;
    this.#line = new Progress(io, { has: () => quiet });
    this.#start = io.now();
  }

  /** `fraction` of the whole where that is known. */
  at(done: number, fraction: number | undefined): void {
    this.#line.show(() => {
      const share = fraction === undefined ? '' : `, ${Math.floor(100 * fraction)} % done`;
      return `${grouped(done)} centres so far${share}, ${this.#rate(done)}`;
    });
  }

  /** Clears the line, so that something else can be printed. */
  clear(): void {
    this.#line.end();
  }

  /** The last line, after the work. */
  end(done: number, how: string): void {
    this.clear();
    if (this.#quiet) return;
    const seconds = ((this.#io.now() - this.#start) / 1000).toFixed(1);
    this.#io.error(
      `reluscope: ${grouped(done)} centres in ${seconds} s, ${this.#rate(done)} (${how})\n`,
    );
  }

  #rate(done: number): string {
    const seconds = Math.max((this.#io.now() - this.#start) / 1000, 1e-3);
    return `${grouped(Math.round(done / seconds))} per second`;
  }
}

const grouped = (n: number): string => n.toLocaleString('en-US');
