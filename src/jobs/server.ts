import type { Steps } from '../steps.ts';
import { Hold } from './hold.ts';
import type { Port } from './port.ts';
import { type Answer, type JobTable, type Request, sentError } from './protocol.ts';
import { type Controls, inSlices } from './slices.ts';

/** What a job is given besides its parameters. */
export interface Turn<Progress> extends Controls {
  /** Aborted when nobody wants the result any more. */
  readonly signal: AbortSignal;
  /** Held while the work is to wait. */
  readonly hold: Hold;
  /** Sends progress, or a partial result; the buffers are moved. */
  tell(progress: Progress, transfer?: ArrayBuffer[]): void;
  /** The same, but resolves when the other side has handled it, so that a slow one is never flooded. Rejects with the signal's reason. */
  deliver(progress: Progress, transfer?: ArrayBuffer[]): Promise<void>;
}

/** A result whose buffers are moved. */
class Moved<T> {
  readonly result: T;
  readonly transfer: ArrayBuffer[];

  constructor(result: T, transfer: ArrayBuffer[]) {
    this.result = result;
    this.transfer = transfer;
  }
}

/** Wraps the result of a job whose buffers are moved instead of copied. */
export const moved = <T>(result: T, transfer: ArrayBuffer[]): Moved<T> =>
  new Moved(result, transfer);

/** The buffers of the arrays among an object's values, to be moved with it. */
export const buffersOf = (arrays: object): ArrayBuffer[] =>
  Object.values(arrays).flatMap((part) =>
    ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : [],
  );

type Done<T> = T | Moved<T>;

/** Implementations of jobs: they return a value, a promise, or steps, which are run in slices. */
export type Served<Jobs extends JobTable<Jobs>> = {
  readonly [Name in keyof Jobs]: (
    parameters: Jobs[Name]['parameters'],
    turn: Turn<Jobs[Name]['progress']>,
  ) =>
    | Done<Jobs[Name]['result']>
    | Promise<Done<Jobs[Name]['result']>>
    | Steps<Done<Jobs[Name]['result']>>;
};

type AnyJob = (parameters: unknown, turn: Turn<unknown>) => unknown;

/** A call that is being served. */
class Call implements Turn<unknown> {
  readonly hold = new Hold();
  readonly #cancelling = new AbortController();
  readonly #answer: (answer: Answer, transfer: ArrayBuffer[]) => void;
  readonly #number: number;
  #awaited: (() => void)[] = [];
  #over = false;

  constructor(number: number, answer: (answer: Answer, transfer: ArrayBuffer[]) => void) {
    this.#number = number;
    this.#answer = answer;
  }

  get signal(): AbortSignal {
    return this.#cancelling.signal;
  }

  tell(progress: unknown, transfer: ArrayBuffer[] = []): void {
    this.#progress(progress, transfer, false);
  }

  async deliver(progress: unknown, transfer: ArrayBuffer[] = []): Promise<void> {
    this.#progress(progress, transfer, true);
    // Nobody may be left to take it.
    this.signal.throwIfAborted();
    await new Promise<void>((resolve) => this.#awaited.push(resolve));
    this.signal.throwIfAborted();
  }

  taken(): void {
    this.#awaited.shift()?.();
  }

  cancel(): void {
    this.#cancelling.abort();
    for (const goOn of this.#awaited.splice(0)) goOn();
  }

  async serve(job: AnyJob | undefined, name: string, parameters: unknown): Promise<void> {
    const call = this.#number;
    try {
      if (!job) throw new Error(`there is no job “${name}” here`);
      const begun = job(parameters, this);
      const done = await (isSteps(begun) ? inSlices(begun, this) : begun);
      const { result, transfer } = done instanceof Moved ? done : { result: done, transfer: [] };
      this.#answer({ kind: 'result', call, result }, transfer);
    } catch (error) {
      this.#answer({ kind: 'error', call, error: sentError(error) }, []);
    } finally {
      this.#over = true;
    }
  }

  #progress(progress: unknown, transfer: ArrayBuffer[], awaited: boolean): void {
    if (this.#over) return;
    this.#answer({ kind: 'progress', call: this.#number, progress, awaited }, transfer);
  }
}

const isSteps = (value: unknown): value is Steps<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value;

/** Serves jobs through the port; the returned function cancels them all and closes it. */
export function serve<Jobs extends JobTable<Jobs>>(port: Port, jobs: Served<Jobs>): () => void {
  const calls = new Map<number, Call>();
  const all = new Hold();
  const answer = (message: Answer, transfer: ArrayBuffer[]) => port.post(message, transfer);

  const begin = async (call: number, name: string, parameters: unknown): Promise<void> => {
    const turn = new Call(call, answer);
    calls.set(call, turn);
    const unwatch = all.watch((held) => turn.hold.set(held, all));
    const job = Object.hasOwn(jobs, name) ? jobs[name as keyof Jobs] : undefined;
    await turn.serve(job as AnyJob | undefined, name, parameters);
    unwatch();
    calls.delete(call);
  };
  const end = () => {
    for (const call of calls.values()) call.cancel();
    port.close();
  };
  port.listen((message) => {
    const request = message as Request;
    if (request.kind === 'ask') void begin(request.call, request.job, request.parameters);
    else if (request.kind === 'cancel') calls.get(request.call)?.cancel();
    else if (request.kind === 'taken') calls.get(request.call)?.taken();
    else if (request.kind === 'hold') {
      if (request.call === null) all.set(request.held);
      else calls.get(request.call)?.hold.set(request.held);
    }
  }, end);
  return end;
}
