import * as Comlink from 'comlink';
import type { ComputeApi } from '../workers/compute.worker.ts';
import ComputeWorker from '../workers/compute.worker.ts?worker';
import type { GeometryApi } from '../workers/geometry.worker.ts';
import GeometryWorker from '../workers/geometry.worker.ts?worker';
import type { TrainingApi } from '../workers/training.worker.ts';
import TrainingWorker from '../workers/training.worker.ts?worker';

export const training = Comlink.wrap<TrainingApi>(new TrainingWorker());
export const geometry = Comlink.wrap<GeometryApi>(new GeometryWorker());
/** Discs have a worker of their own: a large one would keep the map waiting. */
export const discs = Comlink.wrap<GeometryApi>(new GeometryWorker());
export const compute = Comlink.wrap<ComputeApi>(new ComputeWorker());
