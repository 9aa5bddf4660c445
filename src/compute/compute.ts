import type { NeuronIntervals } from '../bounds/localBound.ts';
import type { BoundMethod } from '../bounds/methods.ts';
import type { NeuronBounds } from '../bounds/recursion.ts';
import type { Model } from '../model/model.ts';

/** `webgpu` and `simd` work in 32 bits on the same packed words; `reference` is readable f64 TypeScript. */
export type Backend = 'webgpu' | 'simd' | 'reference';

/** How many neurons may switch in each of many balls. */
export interface Bounds {
  /** `[points × K]`: number of neurons with S = 1 in each hidden layer. */
  readonly C: Uint32Array;
  /** Of Algorithm 1, when detail is asked for; `[points × N]`, neurons in flat order. */
  readonly detail?: NeuronBounds;
  /** Of the other methods, when detail is asked for; `[points × N]`, neurons in flat order. */
  readonly intervals?: NeuronIntervals;
}

/** How the patterns of points differ from that of a centre. */
export interface Comparison {
  /** `[points × patternWords]`: the bits of the neurons that differ. */
  readonly differs: Uint32Array;
  /** `[points]`: the first hidden layer, from 0, in which a neuron differs; −1 where the pattern is the same. */
  readonly firstLayer: Int32Array;
  /** `[points]`: number of neurons that differ. */
  readonly count: Uint32Array;
}

/** Distances to the nearest crease, d(x) = min |z(x)| / ‖∇z(x)‖₂ over the neurons with ∇z(x) ≠ 0 and a slope other than 1. */
export interface Distances {
  /** `[points]`; Infinity where there is no crease. */
  readonly distance: Float32Array;
  /** `[points]`: flat index of the neuron whose crease is nearest, the first at a tie; −1 where there is none. */
  readonly neuron: Int32Array;
}

/** Options of every call to a backend: cancelling it, and hearing how far it is. */
export interface ComputeOptions {
  readonly signal?: AbortSignal;
  /** Called with the fraction done, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

/** Options of `Compute.bounds`. */
export interface BoundOptions extends ComputeOptions {
  /** Also return numbers of every neuron. They are computed in 64 bits on every backend, and C with them. */
  readonly detail?: boolean;
  /** Which bound, by default Algorithm 1 (guarded). */
  readonly method?: BoundMethod;
}

/** Coordinates of points, in 64 bits or in 32: images, for instance, have only 32 and need not be copied. */
export type Points = Float64Array | Float32Array;

/** One radius for all balls, or one per point. */
export type Radii = number | Float64Array;

/**
 * Batched work on a network: many points `[n × d]`, row-major, at once. Calls know nothing of one another; backends keep
 * what they make of a model for as long as the model lives, so it must not be changed afterwards. Every promise rejects
 * with the signal's reason when it is aborted, with `InputError` for points or radii that cannot be used, and with
 * `DeviceLostError` when the backend is gone for good.
 */
export interface Compute {
  readonly backend: Backend;
  /** One line for the user: the adapter's name, or "CPU, 64-bit". */
  readonly description: string;
  /** Outputs f(x), `[n × outputs]`. */
  forward(net: Model, points: Points, options?: ComputeOptions): Promise<Float32Array>;
  /** Post-activations of every hidden neuron, `[n × N]`, in flat order. */
  activations(net: Model, points: Points, options?: ComputeOptions): Promise<Float32Array>;
  /** Activation patterns, `[n × words]`; a bit is z > 0. */
  patterns(net: Model, points: Points, options?: ComputeOptions): Promise<Uint32Array>;
  /** 64-bit hashes of the patterns, `[n × 2]`, low word first: `patternHash` of the words that `patterns` gives. */
  hashes(net: Model, points: Points, options?: ComputeOptions): Promise<Uint32Array>;
  /** Compares the patterns of the points with that of `centre`, `[d]`. */
  compare(
    net: Model,
    points: Float64Array,
    centre: Float64Array,
    options?: ComputeOptions,
  ): Promise<Comparison>;
  /** Distances to the nearest crease (Hanin & Rolnick 2019). */
  distances(net: Model, points: Float64Array, options?: ComputeOptions): Promise<Distances>;
  /**
   * Algorithm 1 (guarded), or another method, in the ball around every point. On every backend a neuron that is not
   * counted keeps its sign in real arithmetic; in 32 bits next to a decision more are counted than in 64.
   */
  bounds(net: Model, points: Float64Array, r: Radii, options?: BoundOptions): Promise<Bounds>;
  dispose(): void;
}

/** The backend cannot work any longer (device lost, GPU process gone). */
export class DeviceLostError extends Error {
  override name = 'DeviceLostError';
}

/** The backend refused this work, for lack of memory or because the driver rejected it; smaller work may succeed. */
export class BackendError extends Error {
  override name = 'BackendError';
}
