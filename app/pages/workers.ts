import type { ComputeService, GeometryService, TrainingService } from '../../src/jobs/services.ts';
import type { WorkerName } from '../session/troubles.ts';
import type { SessionWorker, WorkersHearing, WorkersOf } from '../session/workers.ts';
import ComputeWorker from '../workers/compute.worker.ts?worker';
import GeometryWorker from '../workers/geometry.worker.ts?worker';
import { SupervisedWorker } from '../workers/supervised.ts';
import TrainingWorker from '../workers/training.worker.ts?worker';

const supervise = <Service extends object>(
  hearing: WorkersHearing,
  name: WorkerName,
  spawn: () => Worker,
): SessionWorker<Service> =>
  new SupervisedWorker<Service>(spawn, {
    onFailure: (failure) => hearing.onFailure(name, failure),
    onSilence: (silent) => hearing.onSilence(name, silent),
  });

/** The browser's workers for one session. */
export const startWorkers: WorkersOf = (hearing) => ({
  training: supervise<TrainingService>(hearing, 'training', () => new TrainingWorker()),
  geometry: supervise<GeometryService>(hearing, 'geometry', () => new GeometryWorker()),
  discs: supervise<GeometryService>(hearing, 'discs', () => new GeometryWorker()),
  compute: supervise<ComputeService>(hearing, 'compute', () => new ComputeWorker()),
});
