import { algorithmOne } from '../../bounds/algorithmOne.ts';
import { localBounds } from '../../bounds/ladder.ts';
import type { Compute } from '../../compute/compute.ts';
import { fieldValues, pixelCentres } from '../../compute/fields.ts';
import { Turns } from '../../compute/packed/calls.ts';
import { createCompute } from '../../compute/select.ts';
import { loadWebGpuRunner } from '../../compute/webgpu/backend.ts';
import type { Port } from '../port.ts';
import { moved, type Served, type Turn } from '../server.ts';
import type { ComputeJobs, ComputeStatus, Rate } from '../services.ts';
import { Bands, Throttle } from './pacing.ts';
import { sampleCircle } from './samples.ts';

/** Rates change with every band of a field; nobody reads that fast. */
const TELL_EVERY_MS = 500;

/** What the environment provides. */
export interface ComputeHost {
  readonly gpu: GPU | undefined;
  readonly threads: {
    /** Starts threads until there are `count`. */
    prepare(count: number): void;
    /** Starts one, or takes one that is there. */
    spawn(): Port;
    /** Called for each that did not start or has ended. */
    onFailure: () => void;
  };
}

/** Threads that help: eight with the thread itself at most, and one core is left for the page. */
const simdThreads = (cores: number): number => Math.max(0, Math.min(8, cores - 1) - 1);

/** Bounds, samples and fields, by the backend that was opened last. */
export function computeJobs({ gpu, threads }: ComputeHost): Served<ComputeJobs> {
  let open: Compute | null = null;
  let listener: (status: ComputeStatus) => void = () => {};
  let rate: Rate | null = null;
  let lastError: string | null = null;
  let saidFewerThreads = false;
  /** One call at a time. */
  const turns = new Turns();
  /** Settles when the first look at a circle is over: in short slices between the calls of a field it would take ages. */
  let firstLook: Promise<unknown> = Promise.resolve();

  const tell = (notice?: string): void => {
    throttle.sent();
    if (notice !== undefined) lastError = notice;
    if (!open) return;
    const { backend, description } = open;
    const news = notice === undefined ? {} : { notice };
    listener({ backend, description, rate, lastError, ...news });
  };
  const throttle = new Throttle(TELL_EVERY_MS, () => tell());

  threads.onFailure = () => {
    // Another backend does not need them.
    if (open?.backend !== 'simd' || saidFewerThreads) return;
    saidFewerThreads = true;
    tell(
      'Threads that share large computations could not be started, or have ended: fewer do the work, which takes longer.',
    );
  };

  /** A call on the backend when it is its turn; rejects when the job is cancelled. */
  const inTurn = <T>(
    { signal, hold }: Pick<Turn<never>, 'signal' | 'hold'>,
    call: (compute: Compute) => Promise<T>,
  ): Promise<T> =>
    turns.next(async () => {
      await hold.opened(signal);
      if (!open) throw new Error('no backend was opened');
      return call(open);
    }, signal);

  return {
    async backend({ prefer, cores }, turn) {
      await turns.next(async () => {
        open?.dispose();
        open = null;
        listener = (status) => turn.tell(status);
        rate = null;
        lastError = null;
        const early: string[] = [];
        const ready = await createCompute({
          prefer,
          gpu,
          // A software adapter is far slower than the CPU path: only for those who ask for WebGPU by name.
          allowSoftware: prefer === 'webgpu',
          simd: { threads: simdThreads(cores), spawn: () => threads.spawn() },
          onNotice: (message) => (open ? tell(message) : early.push(message)),
          onChange: () => open && tell(),
        });
        open = ready;
        tell();
        for (const message of early) tell(message);
      }, turn.signal);
      return new Promise<never>((_, reject) => {
        const end = () => reject(turn.signal.reason);
        if (turn.signal.aborted) end();
        turn.signal.addEventListener('abort', end);
      });
    },

    /** WebGPU's kernels where there is WebGPU, and the SIMD threads. */
    async prepare({ cores }) {
      threads.prepare(simdThreads(cores));
      if (gpu) await loadWebGpuRunner();
    },

    async field({ net, request, cost }, turn) {
      const { signal } = turn;
      const values = new Float32Array(request.columns * request.rows);
      const bands = new Bands(cost);
      let toldAt = performance.now();
      let total = 0;
      try {
        for (let from = 0; from < values.length; ) {
          await firstLook;
          const end = Math.min(values.length, from + bands.size);
          const part = await inTurn(turn, async (backend) => {
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
          if (performance.now() - toldAt < TELL_EVERY_MS) continue;
          toldAt = performance.now();
          turn.tell(from / values.length);
        }
      } catch (error) {
        if (!signal.aborted) {
          lastError = error instanceof Error ? error.message : String(error);
          tell();
        }
        throw error;
      }
      throttle.request();
      return moved({ values, ms: total }, [values.buffer]);
    },

    sample({ net, disc, samples, seed, urgent }, turn) {
      const options = { samples, seed, signal: turn.signal };
      const look = sampleCircle((call) => inTurn(turn, call), net, disc, options);
      if (urgent) firstLook = look.catch(() => {});
      return look;
    },

    *ladder({ net, disc: { x, y, r }, methods }) {
      const rows: ComputeJobs['ladder']['result'] = [];
      for (const method of methods) {
        const { C, zaslavsky } = localBounds(net, [x, y], r, method);
        rows.push({ C, zaslavsky });
        yield;
      }
      return rows;
    },

    /** In f64 whatever draws the fields, so that a circle has one C. */
    circles: ({ net, discs }) => discs.map(({ x, y, r }) => algorithmOne(net, [x, y], r)),
  };
}
