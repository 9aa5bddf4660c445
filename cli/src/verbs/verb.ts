import type { Network } from '../../../src/network/network.ts';
import type { Io } from '../io.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import type { Progress } from '../progress.ts';

/** One thing the command can do; one per file, listed in `registry.ts`. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  /** Of the object that is printed, in one line. */
  readonly prints: string;
  /** The object to print; work that may take long says on the way how far it is. Throws `InputError` for options that do not fit the network. */
  run(net: Network, given: Arguments, progress: Progress): object | Promise<object>;
  /** The same for many at once. */
  readonly batch?: Batch;
}

/** A form of a verb that reads and writes files piece by piece. */
export interface Batch {
  /** The option that asks for it. */
  readonly option: string;
  /** Of what is written, in one line. */
  readonly prints: string;
  /** Rejects with `InputError` for wrong input, and with `Interrupted` when the person stops it. */
  run(net: Network, given: Arguments, io: Io): Promise<void>;
}
