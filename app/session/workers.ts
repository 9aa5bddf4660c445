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
  /** Starts it, in the place of the one there was. */
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

export interface WorkersHearing {
  /** The worker does nothing more. */
  onFailure(name: WorkerName, failure: WorkerFailure): void;
  /** It has not been heard of for long, or (false) it has after all. */
  onSilence(name: WorkerName, silent: boolean): void;
}

/** Starts the workers of one session. */
export type WorkersOf = (hearing: WorkersHearing) => Workers;
