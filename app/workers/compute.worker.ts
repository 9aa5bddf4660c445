import * as Comlink from 'comlink';
import { localBounds } from '../../src/bounds/ladder.ts';
import {
  BOUND_METHODS,
  type BoundMethod,
  boundMethods,
  workPerBall,
} from '../../src/bounds/methods.ts';
import type { Backend, BoundDetail, ComputeOptions } from '../../src/compute/compute.ts';
import { createCompute, type SelectedCompute } from '../../src/compute/select.ts';
import { webPort } from '../../src/compute/simd/protocol.ts';
import type { Network } from '../../src/network/network.ts';
import { hiddenWidths } from '../../src/network/network.ts';
import type { Box } from '../../src/regions/complex/complex.ts';
import type { LadderRow } from '../panels/inspector/BoundLadder.tsx';
import type { Circle } from '../store/circles.ts';
import { Bands } from './bands.ts';
import SimdWorker from './simd.worker.ts?worker';

export interface ComputeStatus {
  readonly backend: Backend;
  readonly description: string;
  /** How fast the last piece of a field was; null before the first. */
  readonly rate: Rate | null;
  /** The last thing that went wrong, in one sentence; null as long as nothing did. */
  readonly lastError: string | null;
  /** One sentence when something happened that a person should know. */
  readonly notice?: string;
}

export interface Rate {
  readonly kind: FieldRequest['kind'];
  readonly pointsPerSecond: number;
}

/** What Algorithm 1 says around one circle's centre. */
export interface CircleBound {
  /** Who worked it out. */
  readonly backend: Backend;
  readonly C: number;
  readonly countsPerLayer: readonly number[];
  readonly detail: BoundDetail;
}

export interface FieldRequest {
  readonly kind: 'output' | 'bound' | 'distance';
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
  /** For the bound field: radius of the circle around every pixel's centre, and who bounds it. */
  readonly r: number;
  readonly method: BoundMethod;
}

/** Multiply-adds that a rung of the ladder may take: some tens of milliseconds. */
const MOST_LADDER_WORK = 5e7;

let compute: SelectedCompute;
let loaded: { readonly net: Network; readonly by: SelectedCompute } | undefined;
let queue: Promise<unknown> = Promise.resolve();
let fieldAbort = new AbortController();
let listener: (status: ComputeStatus) => void = () => {};
let onFieldProgress: (done: number) => void = () => {};
let rate: Rate | null = null;
let lastError: string | null = null;
let toldAt = Number.NEGATIVE_INFINITY;

/** Rates change with every band of a field; nobody reads that fast. */
const TELL_EVERY_MS = 500;

function tell(notice?: string): void {
  toldAt = performance.now();
  if (notice !== undefined) lastError = notice;
  const { backend, description } = compute;
  listener({ backend, description, rate, lastError, ...(notice === undefined ? {} : { notice }) });
}

/** Threads that help the compute worker: eight with itself at most, and one core is left for the page. */
const simdThreads = (cores: number): number => Math.max(0, Math.min(8, cores - 1) - 1);

const simdWorker = () => webPort(new SimdWorker());

/** One call at a time: `load` and what follows it belong together. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work);
  queue = result.catch(() => {});
  return result;
}

/** Loads a network unless it is the one of the last call: a field comes in many calls. */
function use(net: Network): void {
  if (loaded?.net === net && loaded.by === compute) return;
  compute.load(net);
  loaded = { net, by: compute };
}

/** Pixel centres `from … to − 1`, row by row from the top. */
function pixelCentres(
  { box, columns, rows }: FieldRequest,
  from: number,
  to: number,
): Float64Array {
  const points = new Float64Array(2 * (to - from));
  const dx = (box.xMax - box.xMin) / columns;
  const dy = (box.yMax - box.yMin) / rows;
  for (let i = from; i < to; i++) {
    points[2 * (i - from)] = box.xMin + ((i % columns) + 0.5) * dx;
    points[2 * (i - from) + 1] = box.yMax - (Math.floor(i / columns) + 0.5) * dy;
  }
  return points;
}

async function fieldBand(
  request: FieldRequest,
  points: Float64Array,
  layers: number,
  options: ComputeOptions,
): Promise<Float32Array> {
  if (request.kind === 'output') return compute.forward(points, options);
  if (request.kind === 'distance') return (await compute.distances(points, options)).distance;
  const { C } = await compute.bounds(points, request.r, { ...options, method: request.method });
  return Float32Array.from({ length: points.length / 2 }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < layers; k++) sum += C[i * layers + k];
    return sum;
  });
}

const api = {
  async open(
    prefer: 'auto' | Backend,
    cores: number,
    onStatus: (status: ComputeStatus) => void,
  ): Promise<void> {
    fieldAbort.abort();
    await exclusively(async () => {
      compute?.dispose();
      listener = onStatus;
      rate = null;
      lastError = null;
      const early: string[] = [];
      let ready = false;
      compute = await createCompute({
        prefer,
        gpu: navigator.gpu,
        // A software adapter is far slower than the CPU path: only for those who ask for WebGPU by name.
        allowSoftware: prefer === 'webgpu',
        simd: { threads: simdThreads(cores), spawn: simdWorker },
        onNotice: (message) => (ready ? tell(message) : early.push(message)),
        onChange: () => ready && tell(),
      });
      ready = true;
      tell();
      for (const message of early) tell(message);
    });
  },

  /** `onProgress` hears what fraction of a field is done, now and then, where that takes long. */
  watchFields(onProgress: (done: number) => void): void {
    onFieldProgress = onProgress;
  },

  /**
   * Values at the pixel centres, row by row from the top; null when a newer field was asked for, or this one is not
   * wanted any more. `cost` is about what a point takes, in milliseconds.
   */
  async field(net: Network, request: FieldRequest, cost: number): Promise<Float32Array | null> {
    fieldAbort.abort();
    const mine = new AbortController();
    fieldAbort = mine;
    const values = new Float32Array(request.columns * request.rows);
    const bands = new Bands(cost);
    const layers = hiddenWidths(net).length;
    let progressAt = performance.now() + TELL_EVERY_MS;
    try {
      for (let from = 0; from < values.length; ) {
        const end = Math.min(values.length, from + bands.size);
        const part = await exclusively(async () => {
          mine.signal.throwIfAborted();
          use(net);
          const points = pixelCentres(request, from, end);
          const began = performance.now();
          const part = await fieldBand(request, points, layers, { signal: mine.signal });
          const ms = Math.max(performance.now() - began, 1e-3);
          bands.took(part.length, ms);
          rate = { kind: request.kind, pointsPerSecond: (1000 * part.length) / ms };
          return part;
        });
        values.set(part, from);
        from = end;
        if (performance.now() < progressAt) continue;
        progressAt = performance.now() + TELL_EVERY_MS;
        onFieldProgress(from / values.length);
      }
    } catch (error) {
      if (mine.signal.aborted) return null;
      lastError = error instanceof Error ? error.message : String(error);
      tell();
      throw error;
    }
    if (performance.now() - toldAt > TELL_EVERY_MS) tell();
    return Comlink.transfer(values, [values.buffer]);
  },

  /** What the field at work shows has changed: nobody waits for it any more. */
  callOffField(): void {
    fieldAbort.abort();
  },

  /** Every method of the ladder around one circle, in f64. */
  ladder(net: Network, { x, y, r }: Circle): LadderRow[] {
    return boundMethods.map((method) => {
      const { name } = BOUND_METHODS[method];
      if (workPerBall(net, method) > MOST_LADDER_WORK) return { name, C: null, zaslavsky: null };
      const { C, zaslavsky } = localBounds(net, [x, y], r, method);
      return { name, C, zaslavsky };
    });
  },

  /** Algorithm 1 around every circle, per neuron. */
  async circles(net: Network, circles: readonly Circle[]): Promise<CircleBound[]> {
    return exclusively(async () => {
      use(net);
      const layers = hiddenWidths(net).length;
      const bounds: CircleBound[] = [];
      for (const { x, y, r } of circles) {
        const { C, detail } = await compute.bounds(Float64Array.of(x, y), r, { detail: true });
        if (!detail) throw new Error('bounds with detail came back without it');
        const countsPerLayer = Array.from(C.subarray(0, layers));
        bounds.push({
          backend: compute.backend,
          C: countsPerLayer.reduce((a, b) => a + b, 0),
          countsPerLayer,
          detail,
        });
      }
      return bounds;
    });
  },
};

export type ComputeApi = typeof api;
Comlink.expose(api);
