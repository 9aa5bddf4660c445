import type { Asks } from '../../src/jobs/client.ts';
import type { JobTable } from '../../src/jobs/protocol.ts';
import type {
  ComputeJobs,
  GeometryJobs,
  TrainingJobs,
  WorkerFailure,
} from '../../src/jobs/services.ts';
import type { WorkerName } from './troubles.ts';

/** A worker that can be started again. Calls to one that is gone reject with `WorkerGoneError`. */
export type SessionWorker<Jobs extends JobTable<Jobs>> = Asks<Jobs> & {
  /** Starts it, in place of the one before. */
  start(): void;
  /** Ends it for good. */
  end(): void;
};

export interface Workers extends Readonly<Record<WorkerName, object>> {
  readonly training: SessionWorker<TrainingJobs>;
  readonly geometry: SessionWorker<GeometryJobs>;
  /** Discs have a worker of their own: a large one would keep the map waiting. */
  readonly discs: SessionWorker<GeometryJobs>;
  readonly compute: SessionWorker<ComputeJobs>;
}

export interface WorkersEvents {
  /** The worker has failed or ended. */
  onFailure(name: WorkerName, failure: WorkerFailure): void;
  /** It has sent nothing for long, or (false) it has after all. */
  onSilence(name: WorkerName, silent: boolean): void;
}

/** Starts the workers of one session. */
export type WorkersOf = (events: WorkersEvents) => Workers;
