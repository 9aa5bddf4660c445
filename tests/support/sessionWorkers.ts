import type { WorkerName } from '../../app/session/troubles.ts';
import type {
  SessionWorker,
  Workers,
  WorkersEvents,
  WorkersOf,
} from '../../app/session/workers.ts';
import { type AskOptions, Client } from '../../src/jobs/client.ts';
import { computeJobs } from '../../src/jobs/compute/compute.ts';
import { geometryJobs } from '../../src/jobs/geometry/geometry.ts';
import type { Crew } from '../../src/jobs/geometry/pieces.ts';
import { portPair } from '../../src/jobs/port.ts';
import { type JobTable, WorkerGoneError } from '../../src/jobs/protocol.ts';
import { type Served, serve } from '../../src/jobs/server.ts';
import type { ComputeJobs, GeometryJobs, TrainingJobs } from '../../src/jobs/services.ts';
import { trainingJobs } from '../../src/jobs/training.ts';

/** Nobody to share large views with. */
export const nobody: Crew = { size: 2, ready: [], settled: true, hire: () => {} };

/** The jobs of the geometry worker, in this thread. */
export const geometryHere = (): Served<GeometryJobs> => geometryJobs(nobody);

/** Those of the compute worker, without a GPU and further threads. */
export const computeHere = (): Served<ComputeJobs> =>
  computeJobs({
    gpu: undefined,
    threads: {
      prepare: () => {},
      spawn: () => {
        throw new Error('there are no threads here');
      },
      onFailure: () => {},
    },
  });

interface Made {
  readonly training: () => Served<TrainingJobs>;
  readonly geometry: () => Served<GeometryJobs>;
  readonly discs: () => Served<GeometryJobs>;
  readonly compute: () => Served<ComputeJobs>;
}

/** A worker in this thread: what it is asked goes through a port, as it does to another thread. */
class NearWorker<Jobs extends JobTable<Jobs>> implements SessionWorker<Jobs> {
  readonly #make: () => Served<Jobs>;
  readonly #ended: () => void;
  #client: Client<Jobs>;

  constructor(make: () => Served<Jobs>, ended: () => void) {
    this.#make = make;
    this.#ended = ended;
    this.#client = this.#open();
  }

  get pending(): number {
    return this.#client.pending;
  }

  start(): void {
    this.lose();
    this.#client = this.#open();
  }

  end(): void {
    this.lose();
    this.#ended();
  }

  lose(): void {
    this.#client.close(new WorkerGoneError());
  }

  job<Name extends string & keyof Jobs>(
    name: Name,
    parameters: Jobs[Name]['parameters'],
    options?: AskOptions<Jobs[Name]['progress']>,
  ): Promise<Jobs[Name]['result']> {
    return this.#client.job(name, parameters, options);
  }

  rest(resting: boolean): void {
    this.#client.rest(resting);
  }

  #open(): Client<Jobs> {
    const [mine, theirs] = portPair();
    serve(theirs, this.#make());
    return new Client<Jobs>(mine);
  }
}

/** Workers in the test's own thread, and what a test wants to do to them. */
export class WorkersHere {
  readonly started: WorkerName[] = [];
  readonly ended: WorkerName[] = [];
  readonly #made: Made;
  readonly #alive = new Set<WorkerName>();
  readonly #workers = new Map<WorkerName, { lose(): void; readonly pending: number }>();
  #events: WorkersEvents | null = null;

  constructor(made: Partial<Made> = {}) {
    this.#made = {
      training: trainingJobs,
      geometry: geometryHere,
      discs: geometryHere,
      compute: computeHere,
      ...made,
    };
  }

  /** To be handed to a session. */
  readonly start: WorkersOf = (events): Workers => {
    this.#events = events;
    const { training, geometry, discs, compute } = this.#made;
    return {
      training: this.#worker('training', training),
      geometry: this.#worker('geometry', geometry),
      discs: this.#worker('discs', discs),
      compute: this.#worker('compute', compute),
    };
  };

  /** Calls that have not been answered. */
  get unanswered(): number {
    return [...this.#workers.values()].reduce((sum, { pending }) => sum + pending, 0);
  }

  get alive(): readonly WorkerName[] {
    return [...this.#alive];
  }

  /** The browser closes a worker. */
  lose(name: WorkerName): void {
    this.#alive.delete(name);
    this.#workers.get(name)?.lose();
    this.#events?.onFailure(name, { cause: 'ended', detail: '' });
  }

  #worker<Jobs extends JobTable<Jobs>>(
    name: WorkerName,
    make: () => Served<Jobs>,
  ): NearWorker<Jobs> {
    const started = () => {
      this.started.push(name);
      this.#alive.add(name);
      return make();
    };
    const worker = new NearWorker<Jobs>(started, () => {
      this.#alive.delete(name);
      this.ended.push(name);
    });
    this.#workers.set(name, worker);
    return worker;
  }
}
