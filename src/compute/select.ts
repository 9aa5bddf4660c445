import { type Backend, BackendError, type Compute, DeviceLostError } from './compute.ts';
import { createReferenceCompute } from './reference/backend.ts';
import type { SimdOptions } from './simd/backend.ts';
import { createSimdCompute } from './simd/backend.ts';
import { createWebGpuCompute, type WebGpuOptions } from './webgpu/backend.ts';

/** Which backend is wanted, and who is told when another one is used. */
export interface SelectOptions extends WebGpuOptions {
  /** `auto` takes WebGPU where there is a real adapter for it, and SIMD elsewhere. */
  readonly prefer: 'auto' | Backend;
  /** `navigator.gpu` of the page or worker. */
  readonly gpu: GPU | undefined;
  /** Threads for the SIMD backend. */
  readonly simd?: SimdOptions;
  /** One sentence for the user whenever the backend is not the one asked for, or is no longer. */
  readonly onNotice: (message: string) => void;
  /** `backend` or `description` have changed. */
  readonly onChange?: () => void;
}

/** A `Compute` that outlives its backends; `backend` and `description` name the current one. */
export type SelectedCompute = Compute;

/**
 * A backend as preferred and possible, which replaces itself when it fails: a lost device is asked for again once (a
 * device that then does its work may be lost and asked for again later), and after that, or when the GPU refuses the
 * work, the CPU takes over, with SIMD where that runs. The call that failed is made again, so no result is lost.
 */
export async function createCompute(options: SelectOptions): Promise<SelectedCompute> {
  const { prefer, onNotice } = options;
  const reasons: string[] = [];
  for (const { backend, open } of candidates(options))
    try {
      return new FallingBack(options, await open(), reasons);
    } catch (error) {
      // With `auto`, the description says why it is not the first choice; a user who asked for a backend gets a notice.
      const reason = (error as Error).message;
      if (prefer === backend) onNotice(`${reason} The CPU does the work.`);
      reasons.push(reason.replace(/\.$/, ''));
    }
  return new FallingBack(options, createReferenceCompute(), reasons);
}

interface Candidate {
  readonly backend: Backend;
  readonly open: () => Promise<Compute>;
}

/** What is tried, in this order, before the reference backend, which always runs. */
function candidates(options: SelectOptions): Candidate[] {
  const simd: Candidate = { backend: 'simd', open: () => createSimdCompute(options.simd) };
  const webgpu: Candidate = {
    backend: 'webgpu',
    open: () => createWebGpuCompute(options.gpu, options),
  };
  if (options.prefer === 'reference') return [];
  return options.prefer === 'simd' ? [simd] : [webgpu, simd];
}

class FallingBack implements Compute {
  readonly #options: SelectOptions;
  #at: Compute;
  #replacing: Promise<void> | undefined;
  #askedAgain = false;
  #disposed = false;
  /** Why it is not a preferred backend. */
  readonly #reasons: readonly string[];

  constructor(options: SelectOptions, first: Compute, reasons: readonly string[]) {
    this.#options = options;
    this.#at = first;
    this.#reasons = reasons;
  }

  get backend(): Backend {
    return this.#at.backend;
  }

  get description(): string {
    return [this.#at.description, this.#reasons.join('; ')].filter(Boolean).join(': ');
  }

  forward(...call: Parameters<Compute['forward']>): ReturnType<Compute['forward']> {
    return this.#call((at) => at.forward(...call));
  }

  activations(...call: Parameters<Compute['activations']>): ReturnType<Compute['activations']> {
    return this.#call((at) => at.activations(...call));
  }

  patterns(...call: Parameters<Compute['patterns']>): ReturnType<Compute['patterns']> {
    return this.#call((at) => at.patterns(...call));
  }

  hashes(...call: Parameters<Compute['hashes']>): ReturnType<Compute['hashes']> {
    return this.#call((at) => at.hashes(...call));
  }

  compare(...call: Parameters<Compute['compare']>): ReturnType<Compute['compare']> {
    return this.#call((at) => at.compare(...call));
  }

  distances(...call: Parameters<Compute['distances']>): ReturnType<Compute['distances']> {
    return this.#call((at) => at.distances(...call));
  }

  bounds(...call: Parameters<Compute['bounds']>): ReturnType<Compute['bounds']> {
    return this.#call((at) => at.bounds(...call));
  }

  dispose(): void {
    this.#disposed = true;
    this.#at.dispose();
  }

  async #call<T>(work: (at: Compute) => Promise<T>): Promise<T> {
    for (;;) {
      const at = this.#at;
      try {
        const result = await work(at);
        if (at.backend === 'webgpu') this.#askedAgain = false;
        return result;
      } catch (error) {
        const failed = error instanceof DeviceLostError || error instanceof BackendError;
        if (!failed || this.#disposed) throw error;
        if (this.#at === at) {
          this.#replacing ??= this.#replace(error).finally(() => {
            this.#replacing = undefined;
          });
          await this.#replacing;
        }
      }
    }
  }

  async #replace(error: Error): Promise<void> {
    const before = this.#at;
    const again = error instanceof DeviceLostError ? await this.#again() : undefined;
    const next = again ?? (this.#disposed ? undefined : await this.#onCpu(before.backend));
    if (this.#disposed || !next) {
      // A device, or threads, that arrive after the end must be released here.
      next?.dispose();
      throw error;
    }
    this.#at = next;
    before.dispose();
    this.#options.onNotice(
      again
        ? 'The graphics device was lost and restarted; no result is lost.'
        : error instanceof DeviceLostError
          ? 'The graphics device was lost; the CPU continues the work.'
          : `${error.message} The CPU continues the work.`,
    );
    this.#options.onChange?.();
  }

  /** Replaces WebGPU by SIMD; replaces SIMD, or WebGPU where SIMD does not run, by the reference backend. */
  async #onCpu(before: Backend): Promise<Compute> {
    if (before === 'simd') return createReferenceCompute();
    try {
      return await createSimdCompute(this.#options.simd);
    } catch {
      // The description of the backend says that it is the reference.
      return createReferenceCompute();
    }
  }

  async #again(): Promise<Compute | undefined> {
    if (this.#askedAgain) return undefined;
    this.#askedAgain = true;
    try {
      return await createWebGpuCompute(this.#options.gpu, this.#options);
    } catch {
      // No adapter any more: the notice about the lost device says what matters.
      return undefined;
    }
  }
}
