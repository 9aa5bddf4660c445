import type { Hold } from './hold.ts';
import type { Port } from './port.ts';
import {
  type Answer,
  type JobTable,
  type Request,
  receivedError,
  WorkerGoneError,
} from './protocol.ts';

export interface AskOptions<Progress> {
  /** Cancels the job: the call rejects with the signal's reason at once, and the work stops after its slice. */
  readonly signal?: AbortSignal;
  /** Makes the job wait where it is while it is held. */
  readonly hold?: Hold;
  /**
   * Where the job awaits it, the job goes on when the promise has resolved. If it throws, the job is cancelled and the
   * call rejects with what it threw.
   */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
  /** After a cancellation, hear what the job says until it has really stopped, and reject only then. */
  readonly hearOut?: boolean;
}

/** Somebody who does jobs when asked. */
export interface Asks<Jobs extends JobTable<Jobs>> {
  /**
   * Asks for a job. Rejects with the error that the job failed with, with the signal's reason, or with
   * `WorkerGoneError`.
   */
  job<Name extends string & keyof Jobs>(
    name: Name,
    parameters: Jobs[Name]['parameters'],
    options?: AskOptions<Jobs[Name]['progress']>,
  ): Promise<Jobs[Name]['result']>;
  /** Makes all jobs wait where they are, also those to come, or lets them go on. */
  rest(resting: boolean): void;
}

interface Call {
  readonly onProgress: ((progress: never) => void | Promise<void>) | undefined;
  end(): void;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** The side of a port that asks for jobs. */
export class Client<Jobs extends JobTable<Jobs>> implements Asks<Jobs> {
  readonly #port: Port;
  readonly #calls = new Map<number, Call>();
  #next = 0;
  #over: Error | null = null;

  constructor(port: Port) {
    this.#port = port;
    port.listen(
      (message) => this.#hear(message as Answer),
      ({ message }) => this.close(new WorkerGoneError(message)),
    );
  }

  /** Calls that have not been answered. */
  get pending(): number {
    return this.#calls.size;
  }

  job<Name extends string & keyof Jobs>(
    name: Name,
    parameters: Jobs[Name]['parameters'],
    options: AskOptions<Jobs[Name]['progress']> = {},
  ): Promise<Jobs[Name]['result']> {
    const { signal, hold, onProgress, hearOut = false } = options;
    return new Promise((resolve, reject) => {
      if (this.#over) throw this.#over;
      signal?.throwIfAborted();
      const call = this.#next++;
      this.#post({ kind: 'ask', call, job: name, parameters });
      const cancel = () => {
        this.#post({ kind: 'cancel', call });
        if (!hearOut) this.#take(call)?.reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel);
      let held = false;
      const unwatch = hold?.watch((now) => {
        if (now !== held) this.#post({ kind: 'hold', call, held: now });
        held = now;
      });
      this.#calls.set(call, {
        onProgress,
        end() {
          signal?.removeEventListener('abort', cancel);
          unwatch?.();
        },
        resolve,
        reject: (error) => reject(signal?.aborted ? signal.reason : error),
      });
    });
  }

  rest(resting: boolean): void {
    if (!this.#over) this.#post({ kind: 'hold', call: null, held: resting });
  }

  /** Closes the port: calls that wait reject with `error`, and so do those to come. */
  close(error: Error = new WorkerGoneError()): void {
    if (this.#over) return;
    this.#over = error;
    this.#port.close();
    for (const call of [...this.#calls.keys()]) this.#take(call)?.reject(error);
  }

  #post(request: Request): void {
    this.#port.post(request, []);
  }

  /** The call, which is over. */
  #take(call: number): Call | undefined {
    const found = this.#calls.get(call);
    this.#calls.delete(call);
    found?.end();
    return found;
  }

  #hear(answer: Answer): void {
    if (answer.kind === 'result') this.#take(answer.call)?.resolve(answer.result);
    else if (answer.kind === 'error') this.#take(answer.call)?.reject(receivedError(answer.error));
    else void this.#progress(answer);
  }

  async #progress({ call, progress, awaited }: Answer & { kind: 'progress' }): Promise<void> {
    try {
      await this.#calls.get(call)?.onProgress?.(progress as never);
    } catch (error) {
      const failed = this.#take(call);
      // The call is over, and nobody else would hear of the error.
      if (!failed) throw error;
      this.#post({ kind: 'cancel', call });
      failed.reject(error);
    } finally {
      if (awaited && !this.#over) this.#post({ kind: 'taken', call });
    }
  }
}
