import { type AskOptions, type Asks, Client } from '../../src/jobs/client.ts';
import { type JobTable, WorkerGoneError } from '../../src/jobs/protocol.ts';
import { WatchedWorker, type WorkerEvents } from './watched.ts';

/**
 * A worker that is asked for jobs, is watched, and can be started again. When it is gone, calls that wait reject with
 * `WorkerGoneError`, and so do those made until the next `start`.
 */
export class SupervisedWorker<Jobs extends JobTable<Jobs>> implements Asks<Jobs> {
  readonly #spawn: () => Worker;
  readonly #events: WorkerEvents;
  #watched: WatchedWorker | null = null;
  #client: Client<Jobs> | null = null;
  #resting = false;

  constructor(spawn: () => Worker, events: WorkerEvents) {
    this.#spawn = spawn;
    this.#events = events;
    this.start();
  }

  /** Whether it has started. Jobs asked for earlier are answered once it has. */
  get ready(): boolean {
    return this.#watched?.ready ?? false;
  }

  /** Starts the worker in place of the old one, whose pending calls reject. */
  start(): void {
    this.end();
    this.#watched = new WatchedWorker(this.#spawn, {
      ...this.#events,
      onFailure: (failure) => {
        this.end();
        this.#events.onFailure(failure);
      },
    });
    this.#client = new Client(this.#watched.port);
    if (this.#resting) this.#client.rest(true);
  }

  /** Ends the worker. */
  end(): void {
    this.#watched?.end();
    this.#client?.close();
    this.#watched = null;
    this.#client = null;
  }

  job<Name extends string & keyof Jobs>(
    name: Name,
    parameters: Jobs[Name]['parameters'],
    options?: AskOptions<Jobs[Name]['progress']>,
  ): Promise<Jobs[Name]['result']> {
    return this.#client?.job(name, parameters, options) ?? Promise.reject(new WorkerGoneError());
  }

  rest(resting: boolean): void {
    this.#resting = resting;
    this.#client?.rest(resting);
  }
}
