import type {
  ComputeService,
  GeometryService,
  TrainingService,
  WorkerFailure,
} from '../../src/jobs/services.ts';
import type { WorkerName } from './troubles.ts';

/** What each of the workers can be asked. */
export interface Services extends Readonly<Record<WorkerName, unknown>> {
  readonly training: TrainingService;
  readonly geometry: GeometryService;
  /** Discs have a worker of their own: a large one would keep the map waiting. */
  readonly discs: GeometryService;
  readonly compute: ComputeService;
}

/** A worker that can be started again: `api` stays the same, whichever worker serves it. Calls to one that is gone reject. */
export interface SessionWorker<Service> {
  readonly api: Service;
  /** Starts it, in the place of the one there was. */
  start(): void;
  /** Ends it for good. */
  end(): void;
}

export type Workers = { readonly [Name in keyof Services]: SessionWorker<Services[Name]> };

export interface WorkersHearing {
  /** The worker does nothing more. */
  onFailure(name: WorkerName, failure: WorkerFailure): void;
  /** It has not been heard of for long, or (false) it has after all. */
  onSilence(name: WorkerName, silent: boolean): void;
}

/** Starts the workers of one session. */
export type WorkersOf = (hearing: WorkersHearing) => Workers;
