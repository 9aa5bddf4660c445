import type { Model } from '../../../src/model/model.ts';
import type { Io } from '../io.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import type { Progress } from '../progress.ts';

/** One thing the command can do; one per file, listed in `registry.ts`. */
export type Verb = PrintingVerb | WritingVerb;

interface AnyVerb {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  /** Describes the printed object in one line. */
  readonly prints: string;
}

/** A verb that answers with one object. */
export interface PrintingVerb extends AnyVerb {
  /**
   * The object to print; long work reports its progress. Throws `InputError` for options that do not fit the network.
   */
  run(net: Model, given: Arguments, progress: Progress): object | Promise<object>;
  /** The same for many at once. */
  readonly batch?: Batch;
}

/** A verb that writes its output itself. */
export interface WritingVerb extends AnyVerb {
  readonly run?: undefined;
  /** Rejects with `InputError` for wrong input; long work reports its progress. */
  write(net: Model, given: Arguments, io: Io): Promise<void>;
  readonly batch?: undefined;
}

/** A form of a verb that reads and writes files piece by piece. */
export interface Batch {
  /** The option that asks for it. */
  readonly option: string;
  /** Of what is written, in one line. */
  readonly prints: string;
  /** Rejects with `InputError` for wrong input, and with `Interrupted` when the user stops it. */
  run(net: Model, given: Arguments, io: Io): Promise<void>;
}
