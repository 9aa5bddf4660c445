import type { Io } from './io.ts';
import type { Arguments, OptionSpec } from './options.ts';

export const QUIET: OptionSpec = {
  name: 'quiet',
  help: 'do not report progress on standard error',
};

/** Work that finishes sooner is not reported. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 500;
const ERASE = '\r\u001b[K';

/**
 * Reports progress of long work on standard error: about twice a second, after the first second. A terminal shows one
 * line that is overwritten and removed at the end; elsewhere each report is a new line.
 */
export class Progress {
  private readonly io: Pick<Io, 'error' | 'terminal' | 'now'>;
  private readonly quiet: boolean;
  private due: number;
  private shown = false;

  constructor(io: Pick<Io, 'error' | 'terminal' | 'now'>, given: Pick<Arguments, 'has'>) {
    this.io = io;
    this.quiet = given.has(QUIET.name);
    this.due = io.now() + PATIENCE_MS;
  }

  /** Records the present state; `text` is only called when it is shown. */
  show(text: () => string): void {
    if (this.quiet || this.io.now() < this.due) return;
    this.due = this.io.now() + INTERVAL_MS;
    this.shown = true;
    const { terminal } = this.io;
    this.io.error(`${terminal ? ERASE : ''}reluscope: ${text()}${terminal ? '' : '\n'}`);
  }

  end(): void {
    if (this.shown && this.io.terminal) this.io.error(ERASE);
    this.shown = false;
  }
}
