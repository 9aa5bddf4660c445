import type { Network } from '../network/network.ts';
import { requireNetwork } from './checks.ts';
import { type Backend, BackendError, type Compute, DeviceLostError } from './compute.ts';
import { createReferenceCompute } from './reference/backend.ts';
import { createWebGpuCompute, type WebGpuOptions } from './webgpu/backend.ts';

export interface SelectOptions extends WebGpuOptions {
  /** `auto` takes WebGPU where there is a real adapter for it. */
  readonly prefer: 'auto' | Backend;
  /** `navigator.gpu` of the page or worker. */
  readonly gpu: GPU | undefined;
  /** One sentence for a person whenever the backend is not the one asked for, or is no longer. */
  readonly onNotice: (message: string) => void;
  /** `backend` or `description` are new. */
  readonly onChange?: () => void;
}

/** A `Compute` that outlives its backends; `backend` and `description` tell which one is at work now. */
export type SelectedCompute = Compute;

/**
 * A backend as preferred and possible, which replaces itself when it fails: a lost device is asked for again once (a
 * device that then does its work may be lost and asked for again later), and after that, or when the GPU refuses the
 * work, the CPU takes over. The call that failed is made again, so nobody loses a result.
 */
export async function createCompute(options: SelectOptions): Promise<SelectedCompute> {
  if (options.prefer === 'reference') return new FallingBack(options, createReferenceCompute());
  try {
    return new FallingBack(options, await createWebGpuCompute(options.gpu, options));
  } catch (error) {
    // Who left the choice to us reads in the description why it is the CPU; who asked for WebGPU is told.
    const reason = (error as Error).message;
    if (options.prefer === 'webgpu') options.onNotice(`${reason} The CPU does the work.`);
    return new FallingBack(options, createReferenceCompute(), reason.replace(/\.$/, ''));
  }
}

class FallingBack implements Compute {
  readonly #options: SelectOptions;
  #at: Compute;
  /** The network that the backend at work was given. */
  #given: Network | undefined;
  #net: Network | undefined;
  #replacing: Promise<void> | undefined;
  #askedAgain = false;
  #disposed = false;
  /** Why it is the CPU where WebGPU was hoped for. */
  readonly #why: string | undefined;

  constructor(options: SelectOptions, first: Compute, why?: string) {
    this.#options = options;
    this.#at = first;
    this.#why = why;
  }

  get backend(): Backend {
    return this.#at.backend;
  }

  get description(): string {
    return this.#why ? `${this.#at.description}: ${this.#why}` : this.#at.description;
  }

  load(net: Network): void {
    this.#net = net;
  }

  forward(...call: Parameters<Compute['forward']>): Promise<Float32Array> {
    return this.#call((at) => at.forward(...call));
  }

  patterns(...call: Parameters<Compute['patterns']>): Promise<Uint32Array> {
    return this.#call((at) => at.patterns(...call));
  }

  activations(...call: Parameters<Compute['activations']>): Promise<Float32Array> {
    return this.#call((at) => at.activations(...call));
  }

  hashes(...call: Parameters<Compute['hashes']>): Promise<Uint32Array> {
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
    const net = requireNetwork(this.#net);
    for (;;) {
      const at = this.#at;
      // Another call may have loaded its own network since.
      if (this.#given !== net) at.load(net);
      this.#given = net;
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
    const next = error instanceof DeviceLostError ? await this.#again() : undefined;
    if (this.#disposed) {
      // Nobody will come for a device that arrives after the end.
      next?.dispose();
      throw error;
    }
    this.#at = next ?? createReferenceCompute();
    this.#given = undefined;
    before.dispose();
    this.#options.onNotice(
      next
        ? 'The graphics device was lost and taken up again; nothing is lost.'
        : error instanceof DeviceLostError
          ? 'The graphics device was lost; the CPU goes on with the work.'
          : `${error.message} The CPU goes on with the work.`,
    );
    this.#options.onChange?.();
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
