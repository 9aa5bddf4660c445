import * as Comlink from 'comlink';
import { type WorkerFailure, WorkerGoneError } from '../../src/jobs/services.ts';
import { WatchedWorker, type WorkerHearing } from './watched.ts';

interface Waiting {
  readonly answer: Promise<unknown>;
  readonly giveUp: (error: WorkerGoneError) => void;
}

/**
 * A worker that is called through Comlink, is watched, and can be started again. Comlink alone waits for ever for what a
 * worker that is gone will not answer; here such calls reject with `WorkerGoneError`, and so do those made until the next
 * `start`. `api` stays the same whichever worker serves it; functions that it is given are called back from there.
 */
export class SupervisedWorker<Api extends object> {
  readonly api: Api;
  readonly #spawn: () => Worker;
  readonly #hearing: WorkerHearing;
  readonly #waiting = new Set<Waiting>();
  #watched: WatchedWorker | null = null;
  #remote: Comlink.Remote<unknown> | null = null;

  constructor(spawn: () => Worker, hearing: WorkerHearing) {
    this.#spawn = spawn;
    this.#hearing = hearing;
    const method =
      (_: unknown, name: string | symbol) =>
      (...call: unknown[]) =>
        this.#call(String(name), call);
    this.api = new Proxy({}, { get: method }) as Api;
    this.start();
  }

  /** Whether it is there and can be asked; what it is asked before, it answers when it is. */
  get ready(): boolean {
    return this.#watched?.ready ?? false;
  }

  /** Starts the worker, in the place of the one there was: what that was asked is not answered any more. */
  start(): void {
    this.end();
    const watched = new WatchedWorker(this.#spawn, {
      ...this.#hearing,
      onFailure: (failure: WorkerFailure) => {
        this.end();
        this.#hearing.onFailure(failure);
      },
    });
    this.#watched = watched;
    this.#remote = watched.worker && Comlink.wrap(watched.worker);
  }

  /** Ends the worker. */
  end(): void {
    this.#watched?.end();
    this.#watched = null;
    this.#remote = null;
    for (const { answer, giveUp } of this.#waiting) {
      // A call that nobody waits for is not to be reported as an error that nobody caught.
      answer.catch(() => {});
      giveUp(new WorkerGoneError());
    }
    this.#waiting.clear();
  }

  #call(name: string, args: readonly unknown[]): Promise<unknown> {
    const remote = this.#remote as Record<string, (...args: readonly unknown[]) => unknown> | null;
    if (remote === null) {
      const refusal = Promise.reject(new WorkerGoneError());
      refusal.catch(() => {});
      return refusal;
    }
    const sent = args.map((arg) => (typeof arg === 'function' ? Comlink.proxy(arg) : arg));
    let giveUp: Waiting['giveUp'] = () => {};
    const answer = new Promise<unknown>((resolve, reject) => {
      giveUp = reject;
      Promise.resolve(remote[name](...sent)).then(resolve, reject);
    });
    const waiting = { answer, giveUp };
    this.#waiting.add(waiting);
    const done = () => this.#waiting.delete(waiting);
    answer.then(done, done);
    return answer;
  }
}
