import type { Port } from '../../jobs/port.ts';
import { nextTask } from '../../jobs/slices.ts';
import type { Compute, ComputeOptions, Points } from '../compute.ts';
import type { KernelName } from '../packed/kernels.ts';
import type { PackedNetwork } from '../packed/layout.ts';
import { PackedCompute } from '../packed/packedCompute.ts';
import type { PackedBatch, PackedRunner } from '../packed/packedRunner.ts';
import { SimdInstance } from './instance.ts';
import { SIMD_MODULE } from './module.ts';
import { Spans } from './spans.ts';
import { ownThread, remoteThread, type SimdThread } from './threads.ts';

export interface SimdOptions {
  /** Starts another thread, in which `serveSimd` listens at the other end. Without it, one thread does all the work. */
  readonly spawn?: (() => Port) | undefined;
  /** How many to start when there is work for them. Default: 0. */
  readonly threads?: number | undefined;
}

/** Target duration of a chunk, so that messages are handled and a signal is noticed soon. */
const SLICE_MS = 8;
/** Batches that take less time do not use other threads. */
const WORTH_SHARING_MS = 3 * SLICE_MS;
/** Chunks in flight to another thread, so that it never waits for the next. */
const IN_FLIGHT = 2;
/** Assumed multiply-adds per millisecond of an unknown machine: low, so that the first chunk is never long. */
const FIRST_GUESS = 200_000;
/** Clocks in a browser are no finer. */
const SHORTEST_MS = 0.1;
const LARGEST_WORDS = 2 ** 20;
/** How many times shorter the first chunk of a batch is than others where it may take many times as long as they did. */
const CAUTION = 64;

/**
 * The SIMD backend. Throws an `Error` whose message is one sentence for the user where WebAssembly or its SIMD is missing
 * or forbidden.
 */
export async function createSimdCompute(options: SimdOptions = {}): Promise<Compute> {
  return new PackedCompute(await createSimdRunner(options));
}

/** What runs its kernels; throws in the same way. */
export async function createSimdRunner(options: SimdOptions = {}): Promise<PackedRunner> {
  try {
    const bytes = Uint8Array.from(atob(SIMD_MODULE), (letter) => letter.charCodeAt(0));
    const module = await WebAssembly.compile(bytes);
    return new SimdRunner(module, await SimdInstance.open(module), options);
  } catch (error) {
    throw new Error(`WebAssembly SIMD does not run here (${(error as Error).message}).`);
  }
}

/**
 * Runs batches in chunks of about 8 ms, on this thread and on others. Every point is computed independently, so the
 * bits of the result are the same on any thread. If a thread fails, another takes over its chunks.
 */
class SimdRunner implements PackedRunner {
  readonly backend = 'simd';
  readonly #options: SimdOptions;
  readonly #module: WebAssembly.Module;
  readonly #instance: SimdInstance;
  readonly #own: SimdThread;
  #others: SimdThread[] | undefined;
  #network: PackedNetwork | undefined;
  /** Multiply-adds per millisecond of one thread. */
  readonly #rates = new Map<KernelName, number>();

  constructor(module: WebAssembly.Module, instance: SimdInstance, options: SimdOptions) {
    this.#module = module;
    this.#instance = instance;
    this.#own = ownThread(instance);
    this.#options = options;
  }

  get description(): string {
    const { spawn, threads: wanted = 0 } = this.#options;
    // As many as there are, once they were started: some may have failed.
    const threads = 1 + (this.#others?.length ?? (spawn ? wanted : 0));
    return threads === 1 ? 'WebAssembly SIMD' : `WebAssembly SIMD, ${threads} threads`;
  }

  largest(values: Points): number {
    return this.#instance.largest(values);
  }

  upload(network: PackedNetwork): void {
    this.#network = network;
    this.#own.upload(network);
    for (const thread of this.#others ?? []) thread.upload(network);
  }

  async run(batch: PackedBatch, options: ComputeOptions | undefined): Promise<void> {
    options?.signal?.throwIfAborted();
    const spans = new Spans(batch.n);
    // The first chunk shows how long the rest will take.
    if (!this.#rates.has(batch.kernel)) await this.#work(this.#own, spans, batch, options, 1);
    const rate = this.#rate(batch.kernel);
    if (batch.unfamiliar) this.#rates.set(batch.kernel, rate / CAUTION);
    const total = (spans.left * batch.layout.work) / rate;
    const others = total < WORTH_SHARING_MS ? [] : this.#start();
    const helped = others.flatMap((thread) =>
      Array.from({ length: IN_FLIGHT }, () => this.#help(thread, spans, batch, options)),
    );
    try {
      await this.#work(this.#own, spans, batch, options);
    } catch (error) {
      spans.stop();
      throw error;
    } finally {
      // Wait, so that the next batch finds all threads idle.
      await Promise.all(helped);
    }
    // Chunks that a thread gave back when it failed.
    await this.#work(this.#own, spans, batch, options);
    options?.signal?.throwIfAborted();
  }

  dispose(): void {
    for (const thread of this.#others ?? []) thread.dispose();
    this.#others = [];
  }

  #rate(kernel: KernelName): number {
    return this.#rates.get(kernel) ?? FIRST_GUESS;
  }

  #start(): readonly SimdThread[] {
    if (this.#others) return this.#others;
    const { spawn, threads = 0 } = this.#options;
    const started: SimdThread[] = [];
    try {
      for (let i = 0; spawn && i < threads; i++) started.push(remoteThread(spawn(), this.#module));
    } catch {
      // If threads cannot be started, the existing ones do the work: at least this one.
    }
    if (this.#network) for (const thread of started) thread.upload(this.#network);
    this.#others = started;
    return started;
  }

  /** A thread that fails is dropped: the work continues without it. */
  async #help(
    thread: SimdThread,
    spans: Spans,
    batch: PackedBatch,
    options: ComputeOptions | undefined,
  ): Promise<void> {
    try {
      await this.#work(thread, spans, batch, options);
    } catch {
      this.#others = this.#others?.filter((other) => other !== thread);
      thread.dispose();
    }
  }

  async #work(
    thread: SimdThread,
    spans: Spans,
    batch: PackedBatch,
    options: ComputeOptions | undefined,
    chunks = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    for (let done = 0; done < chunks; done++) {
      if (options?.signal?.aborted) return;
      const span = spans.take(this.#chunkSize(batch));
      if (!span) return;
      const { from, to } = span;
      const { kernel, layout, extra } = batch;
      const count = to - from;
      const chunk = {
        kernel,
        layout,
        extra,
        job: batch.job(count),
        points: batch.points(from, to),
        count,
      };
      try {
        const { words, ms } = await thread.run(chunk);
        batch.take(words, from);
        this.#learn(batch, count, ms);
      } catch (error) {
        spans.giveBack(span);
        throw error;
      }
      spans.finish(span);
      if (!options?.signal?.aborted) options?.onProgress?.(spans.finished / batch.n);
      if (thread === this.#own && spans.left > 0) await nextTask();
    }
  }

  #chunkSize({ kernel, layout }: PackedBatch): number {
    const wanted = Math.floor((this.#rate(kernel) * SLICE_MS) / layout.work);
    const room = Math.floor(LARGEST_WORDS / Math.max(layout.pointWords, layout.resultWords));
    return Math.max(1, Math.min(wanted, room));
  }

  /** One chunk may have been delayed: rates shrink by half at most. A short chunk only shows that it was short. */
  #learn({ kernel, layout }: PackedBatch, count: number, ms: number): void {
    const before = this.#rates.get(kernel);
    const rate = (count * layout.work) / Math.max(ms, SHORTEST_MS);
    if (before === undefined) this.#rates.set(kernel, rate);
    else if (rate > before) this.#rates.set(kernel, Math.min(4 * before, rate));
    else if (ms >= 1) this.#rates.set(kernel, Math.max(before / 2, rate));
  }
}
