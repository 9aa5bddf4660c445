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
  /** After a cancellation, pass on progress until the job has really stopped, and reject only then. */
  readonly waitForStop?: boolean;
}

/** What accepts jobs: a client of a worker, or a stand-in for one. */
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
  /** Holds all jobs where they are, future ones too, or resumes them. */
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
      (message) => this.#receive(message as Answer),
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
    const { signal, hold, onProgress, waitForStop = false } = options;
    return new Promise((resolve, reject) => {
      if (this.#over) throw this.#over;
      signal?.throwIfAborted();
      const call = this.#next++;
      this.#post({ kind: 'ask', call, job: name, parameters });
      const cancel = () => {
        this.#post({ kind: 'cancel', call });
        if (!waitForStop) this.#take(call)?.reject(signal?.reason);
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

  /** Closes the port: pending and future calls reject with `error`. */
  close(error: Error = new WorkerGoneError()): void {
    if (this.#over) return;
    this.#over = error;
    this.#port.close();
    for (const call of [...this.#calls.keys()]) this.#take(call)?.reject(error);
  }

  #post(request: Request): void {
    this.#port.post(request, []);
  }

  /** Removes the call, which is over, from those that are pending. */
  #take(call: number): Call | undefined {
    const found = this.#calls.get(call);
    this.#calls.delete(call);
    found?.end();
    return found;
  }

  #receive(answer: Answer): void {
    if (answer.kind === 'result') this.#take(answer.call)?.resolve(answer.result);
    else if (answer.kind === 'error') this.#take(answer.call)?.reject(receivedError(answer.error));
    else void this.#progress(answer);
  }

  async #progress({ call, progress, awaited }: Answer & { kind: 'progress' }): Promise<void> {
    try {
      await this.#calls.get(call)?.onProgress?.(progress as never);
    } catch (error) {
      const failed = this.#take(call);
      // The call is over, so the error would be lost otherwise.
      if (!failed) throw error;
      this.#post({ kind: 'cancel', call });
      failed.reject(error);
    } finally {
      if (awaited && !this.#over) this.#post({ kind: 'taken', call });
    }
  }
}
