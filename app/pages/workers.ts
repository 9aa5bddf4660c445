import type { JobTable } from '../../src/jobs/protocol.ts';
import type { ComputeJobs, GeometryJobs, TrainingJobs } from '../../src/jobs/services.ts';
import type { WorkerName } from '../session/troubles.ts';
import type { SessionWorker, WorkersEvents, WorkersOf } from '../session/workers.ts';
import ComputeWorker from '../workers/compute.worker.ts?worker';
import GeometryWorker from '../workers/geometry.worker.ts?worker';
import { SupervisedWorker } from '../workers/supervised.ts';
import TrainingWorker from '../workers/training.worker.ts?worker';

const supervise = <Jobs extends JobTable<Jobs>>(
  events: WorkersEvents,
  name: WorkerName,
  spawn: () => Worker,
): SessionWorker<Jobs> =>
  new SupervisedWorker<Jobs>(spawn, {
    onFailure: (failure) => events.onFailure(name, failure),
    onSilence: (silent) => events.onSilence(name, silent),
  });

/** The browser's workers for one session. */
export const startWorkers: WorkersOf = (events) => ({
  training: supervise<TrainingJobs>(events, 'training', () => new TrainingWorker()),
  geometry: supervise<GeometryJobs>(events, 'geometry', () => new GeometryWorker()),
  discs: supervise<GeometryJobs>(events, 'discs', () => new GeometryWorker()),
  compute: supervise<ComputeJobs>(events, 'compute', () => new ComputeWorker()),
});
