import type { Network } from '../network/network.ts';

export type Backend = 'webgpu' | 'cpu';

/** What Algorithm 1 says of every neuron around every point; `[points × N]`, neurons in flat order. */
export interface BoundDetail {
  /** Pre-activation at the centre. */
  readonly A: Float64Array;
  /** Bound on the deviation of the post-activation over the ball. */
  readonly U: Float64Array;
  /** r‖L‖₂ + U_loc: bound on the deviation of the pre-activation over the ball (the interval strip draws A ± it). */
  readonly rawU: Float64Array;
  readonly P: Uint8Array;
  readonly S: Uint8Array;
}

export interface Bounds {
  /** `[points × K]`: number of neurons with S = 1 in each hidden layer. */
  readonly C: Uint32Array;
  readonly detail?: BoundDetail;
}

export interface ComputeOptions {
  readonly signal?: AbortSignal;
  /** Called with the fraction done, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Batched work on one network at a time. Points are `[n × d]` row-major. Every promise rejects with the signal's
 * reason when it is aborted, and with `DeviceLostError` when the backend is gone for good.
 */
export interface Compute {
  readonly backend: Backend;
  /** One line for a person: the adapter's name, or "CPU, 64-bit". */
  readonly description: string;
  /** Makes `net` the network of the calls that follow; cheap when only the weights changed. */
  load(net: Network): void;
  /** Outputs f(x), `[n × outputs]`. */
  forward(points: Float64Array, options?: ComputeOptions): Promise<Float32Array>;
  /** Activation patterns, `[n × patternWords]`; a bit is z > 0. */
  patterns(points: Float64Array, options?: ComputeOptions): Promise<Uint32Array>;
  /** Algorithm 1 (guarded) in the ball of radius r around every point. */
  bounds(
    points: Float64Array,
    r: number,
    options?: ComputeOptions & { readonly detail?: boolean },
  ): Promise<Bounds>;
  dispose(): void;
}

/** The backend cannot work any more (device lost, GPU process gone). */
export class DeviceLostError extends Error {
  override name = 'DeviceLostError';
}

/** The backend refused this work, for want of memory or because the driver rejected it; smaller work may pass. */
export class BackendError extends Error {
  override name = 'BackendError';
}
