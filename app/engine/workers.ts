import { reportTrouble, useStore, withdrawTrouble } from '../store/store.ts';
import type { ComputeApi } from '../workers/compute.worker.ts';
import ComputeWorker from '../workers/compute.worker.ts?worker';
import type { GeometryApi } from '../workers/geometry.worker.ts';
import GeometryWorker from '../workers/geometry.worker.ts?worker';
import { SupervisedWorker } from '../workers/supervised.ts';
import type { TrainingApi } from '../workers/training.worker.ts';
import TrainingWorker from '../workers/training.worker.ts?worker';
import type { WorkerName } from './troubles.ts';

// A worker that a policy forbids fails like one that is missing; only this event tells which it was.
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
  if (effectiveDirective === 'worker-src') useStore.setState({ workersForbidden: true });
});

const supervise = <Api>(name: WorkerName, spawn: () => Worker) =>
  new SupervisedWorker<Api>(spawn, {
    onFailure: (failure) => reportTrouble(name, failure),
    onSilence: (silent) =>
      silent ? reportTrouble(name, { cause: 'silent', detail: '' }) : withdrawTrouble(name),
  });

export const workers = {
  training: supervise<TrainingApi>('training', () => new TrainingWorker()),
  geometry: supervise<GeometryApi>('geometry', () => new GeometryWorker()),
  /** Discs have a worker of their own: a large one would keep the map waiting. */
  discs: supervise<GeometryApi>('discs', () => new GeometryWorker()),
  compute: supervise<ComputeApi>('compute', () => new ComputeWorker()),
};

export const training = workers.training.api;
export const geometry = workers.geometry.api;
export const discs = workers.discs.api;
export const compute = workers.compute.api;
