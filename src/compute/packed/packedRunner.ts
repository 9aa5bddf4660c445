import type { Backend, ComputeOptions, Points } from '../compute.ts';
import type { KernelName } from './kernels.ts';
import type { BatchLayout, PackedNetwork } from './layout.ts';
import type { PointPacker } from './packedPoints.ts';

/** One batched call in packed words, see `layout.ts`. */
export interface PackedBatch {
  readonly kernel: KernelName;
  /** Points in the batch, at least one. */
  readonly n: number;
  readonly layout: BatchLayout;
  /** Earlier times of the kernel do not predict these points: start with a short chunk. */
  readonly unfamiliar?: boolean;
  /** Additional input words of the kernel, the same for every chunk; empty for most. */
  readonly extra: Uint32Array<ArrayBuffer>;
  /** The struct JOB for a chunk of so many points. */
  readonly job: (count: number) => Uint32Array<ArrayBuffer>;
  /** Packed points of a chunk. */
  readonly points: PointPacker;
  /** Receives the result words of the points from `from` on, in any order; they may be overwritten once it returns. */
  readonly take: (words: Uint32Array, from: number) => void;
}

/**
 * The interface of a backend on packed words: it runs kernels. Calls come one at a time, each after the promise of the
 * one before. Errors are `DeviceLostError` and `BackendError`.
 */
export interface PackedRunner {
  readonly backend: Backend;
  readonly description: string;
  /**
   * At least the largest absolute value, and hardly more (2⁻²³ of it, and 2⁻¹⁴⁹); NaN where one is not finite or it
   * does not know. For runners that are faster at it than `checks.ts`. May be called while a batch runs.
   */
  largest?(values: Points): number;
  /** Makes this the network of the batches that follow. */
  upload(packed: PackedNetwork): Promise<void> | void;
  /** Runs a batch in chunks: reports progress after each, and rejects with the signal's reason when that is aborted. */
  run(batch: PackedBatch, options: ComputeOptions | undefined): Promise<void>;
  dispose(): void;
}
