import type { JobTable } from '../../src/jobs/protocol.ts';
import type { ComputeJobs, GeometryJobs, TrainingJobs } from '../../src/jobs/services.ts';
import type { WorkerName } from '../session/troubles.ts';
import type { SessionWorker, WorkersHearing, WorkersOf } from '../session/workers.ts';
import ComputeWorker from '../workers/compute.worker.ts?worker';
import GeometryWorker from '../workers/geometry.worker.ts?worker';
import { SupervisedWorker } from '../workers/supervised.ts';
import TrainingWorker from '../workers/training.worker.ts?worker';

const supervise = <Jobs extends JobTable<Jobs>>(
  hearing: WorkersHearing,
  name: WorkerName,
  spawn: () => Worker,
): SessionWorker<Jobs> =>
  new SupervisedWorker<Jobs>(spawn, {
    onFailure: (failure) => hearing.onFailure(name, failure),
    onSilence: (silent) => hearing.onSilence(name, silent),
  });

/** The browser's workers for one session. */
export const startWorkers: WorkersOf = (hearing) => ({
  training: supervise<TrainingJobs>(hearing, 'training', () => new TrainingWorker()),
  geometry: supervise<GeometryJobs>(hearing, 'geometry', () => new GeometryWorker()),
  discs: supervise<GeometryJobs>(hearing, 'discs', () => new GeometryWorker()),
  compute: supervise<ComputeJobs>(hearing, 'compute', () => new ComputeWorker()),
});
