import * as Comlink from 'comlink';
import { type AlgorithmOneResult, algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { type LadderResult, localBounds } from '../../src/bounds/ladder.ts';
import type { BoundMethod } from '../../src/bounds/methods.ts';
import type { SampledRegions, SamplingOptions } from '../../src/bounds/sampling.ts';
import type { Backend, Compute } from '../../src/compute/compute.ts';
import { type FieldRequest, fieldValues, pixelCentres } from '../../src/compute/fields.ts';
import { createCompute, type SelectedCompute } from '../../src/compute/select.ts';
import { loadWebGpuRunner } from '../../src/compute/webgpu/backend.ts';
import type {
  ComputeService,
  ComputeStatus,
  FieldValues,
  Rate,
  Served,
} from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Disc } from '../../src/settings/compound.ts';
import { sayHello } from './alive.ts';
import { Bands } from './bands.ts';
import { type InTurn, sampleCircle } from './circleSamples.ts';
import { Gate } from './gate.ts';
import { Paced } from './paced.ts';
import { SimdThreads } from './simdThreads.ts';

/** Undefined until it was opened. */
let compute: SelectedCompute;
let queue: Promise<unknown> = Promise.resolve();
let fieldAbort = new AbortController();
let sampleAbort = new AbortController();
/** Settles when the first look at a circle is over: in short slices between the calls of a field it would take ages. */
let firstLook: Promise<unknown> = Promise.resolve();
let listener: (status: ComputeStatus) => void = () => {};
let onFieldProgress: (done: number) => void = () => {};
/** Where calls wait while nobody can see what comes of them. */
const gate = new Gate();
let rate: Rate | null = null;
let lastError: string | null = null;

/** Rates change with every band of a field; nobody reads that fast. */
const TELL_EVERY_MS = 500;

const pace = new Paced(TELL_EVERY_MS, () => tell());

function tell(notice?: string): void {
  pace.told();
  if (notice !== undefined) lastError = notice;
  const { backend, description } = compute;
  listener({ backend, description, rate, lastError, ...(notice === undefined ? {} : { notice }) });
}

/** Threads that help the compute worker: eight with itself at most, and one core is left for the page. */
const simdThreads = (cores: number): number => Math.max(0, Math.min(8, cores - 1) - 1);

let saidFewerThreads = false;
const threads = new SimdThreads(() => {
  // Where another backend is at work nobody misses them yet.
  if (compute?.backend !== 'simd' || saidFewerThreads) return;
  saidFewerThreads = true;
  tell(
    'Threads that share large computations could not be started, or have ended: fewer do the work, which takes longer.',
  );
});

/** One call at a time. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work);
  queue = result.catch(() => {});
  return result;
}

/** A call on the backend when it is its turn; rejects when the signal says so. */
const inTurn = <T>(
  signal: AbortSignal | undefined,
  call: (compute: Compute) => Promise<T>,
): Promise<T> =>
  exclusively(async () => {
    await gate.opened();
    signal?.throwIfAborted();
    return call(compute);
  });

const api: Served<ComputeService> = {
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
        simd: { threads: simdThreads(cores), spawn: () => threads.spawn() },
        onNotice: (message) => (ready ? tell(message) : early.push(message)),
        onChange: () => ready && tell(),
      });
      ready = true;
      tell();
      for (const message of early) tell(message);
    });
  },

  /**
   * Fetches what another backend, or large work, may need, so that it is there when the site is not: WebGPU's kernels where
   * there is WebGPU, and the SIMD threads.
   */
  async prepare(cores: number): Promise<void> {
    threads.prepare(simdThreads(cores));
    if (navigator.gpu) await loadWebGpuRunner();
  },

  /** Nobody can see what comes of the work: calls wait, and go on when it is seen again. */
  rest(resting: boolean): void {
    gate.hold(resting, 'unseen');
  },

  /** `onProgress` hears what fraction of a field is done, now and then, where that takes long. */
  watchFields(onProgress: (done: number) => void): void {
    onFieldProgress = onProgress;
  },

  /**
   * Values at the pixel centres; null when a newer field was asked for, or this one is not wanted any more. `cost` is
   * about what a point takes, in milliseconds.
   */
  async field(net: Model, request: FieldRequest, cost: number): Promise<FieldValues | null> {
    fieldAbort.abort();
    fieldAbort = new AbortController();
    const { signal } = fieldAbort;
    const values = new Float32Array(request.columns * request.rows);
    const bands = new Bands(cost);
    let progressAt = performance.now() + TELL_EVERY_MS;
    let total = 0;
    try {
      for (let from = 0; from < values.length; ) {
        await firstLook;
        const end = Math.min(values.length, from + bands.size);
        const part = await inTurn(signal, async (backend) => {
          const points = pixelCentres(request, from, end);
          const began = performance.now();
          const part = await fieldValues(backend, net, request, points, { signal });
          const ms = Math.max(performance.now() - began, 1e-3);
          bands.took(part.length, ms);
          total += ms;
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
      if (signal.aborted) return null;
      lastError = error instanceof Error ? error.message : String(error);
      tell();
      throw error;
    }
    pace.news();
    return Comlink.transfer({ values, ms: total }, [values.buffer]);
  },

  /** What the field at work shows has changed: nobody waits for it any more. */
  callOffField(): void {
    fieldAbort.abort();
  },

  /**
   * How many activation regions meet a circle at least, by points drawn from it; null when another circle was asked
   * for, or nobody waits any more. A field at work lets an `urgent` look pass.
   */
  async sample(
    net: Model,
    circle: Disc,
    { samples, seed }: Pick<SamplingOptions, 'samples' | 'seed'>,
    urgent: boolean,
  ): Promise<SampledRegions | null> {
    sampleAbort.abort();
    sampleAbort = new AbortController();
    const { signal } = sampleAbort;
    const call: InTurn = (work) => inTurn(signal, work);
    const look = sampleCircle(call, net, circle, { samples, seed, signal });
    if (urgent) firstLook = look.catch(() => {});
    try {
      return await look;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  },

  callOffSampling(): void {
    sampleAbort.abort();
  },

  /** What some methods say of one circle, in f64. */
  ladder(
    net: Model,
    { x, y, r }: Disc,
    methods: readonly BoundMethod[],
  ): Pick<LadderResult, 'C' | 'zaslavsky'>[] {
    return methods.map((method) => {
      const { C, zaslavsky } = localBounds(net, [x, y], r, method);
      return { C, zaslavsky };
    });
  },

  /** Algorithm 1 around every circle, per neuron: in f64 whatever draws the fields, so that a circle has one C. */
  circles(net: Model, circles: readonly Disc[]): AlgorithmOneResult[] {
    return circles.map(({ x, y, r }) => algorithmOne(net, [x, y], r));
  },
};

Comlink.expose(api);
void sayHello();
