import type { AlgorithmOneResult } from '../bounds/algorithmOne.ts';
import type { LadderResult } from '../bounds/ladder.ts';
import type { BoundMethod } from '../bounds/methods.ts';
import type { SampledRegions } from '../bounds/sampling.ts';
import type { Backend } from '../compute/compute.ts';
import type { FieldRequest } from '../compute/fields.ts';
import type { Model } from '../model/model.ts';
import type { Box, RegionComplex } from '../regions/complex/complex.ts';
import type { DecisionBoundary } from '../regions/measure/decisionBoundary.ts';
import type { Overview } from '../regions/measure/overview.ts';
import type { PieceResult } from '../regions/parallel/piece.ts';
import type { PieceJob } from '../regions/parallel/split.ts';
import type { BoxRegions } from '../regions/query/boxRegions.ts';
import type { DiscRegions } from '../regions/query/disc.ts';
import type { Disc } from '../settings/compound.ts';
import type { Phase, Settings } from '../settings/schema.ts';
import type { Evaluation } from '../training/evaluate.ts';
import type { Job } from './protocol.ts';

/**
 * The jobs that a session asks of its workers. In a page each of the services runs in a worker; in a test, in the same
 * thread.
 */

export type TrainingStatus = 'replaying' | 'paused' | 'playing' | 'diverged';

/** Sent after every slice of training. */
export interface Frame {
  /** The run this belongs to; frames of an abandoned run are to be ignored. */
  readonly run: number;
  readonly status: TrainingStatus;
  readonly step: number;
  readonly epoch: number;
  readonly net: Model;
  /** No weight before the last layers has changed for a hundred steps. */
  readonly dead: boolean;
  /** Loss and accuracy at step `evaluatedStep`, a little before `step` where evaluating takes long. */
  readonly train: Evaluation;
  readonly test: Evaluation;
  readonly evaluatedStep: number;
}

/**
 * `start`, `play`, `seek` and `advance` run until they are done or cancelled; each of these and `pause` is asked for only
 * after the one before was cancelled. Frames are progress messages; the next one is sent when the last was handled.
 */
export interface TrainingJobs {
  /** Starts run `run` from its seeds and replays `settings.steps` steps; an earlier run is dropped. */
  start: Job<{ run: number; settings: Settings }, void, Frame>;
  play: Job<undefined, void, Frame>;
  pause: Job<undefined, void, Frame>;
  /**
   * Shows the network after step `step`, with one frame at the end. Training on from there leads through the same steps
   * again; `configure` begins a branch there.
   */
  seek: Job<{ step: number }, void, Frame>;
  /** One step, or the steps to the end of the current epoch. */
  advance: Job<{ unit: 'step' | 'epoch' }, void, Frame>;
  /** Changes the rule of the steps to come; answers with the run and step at which it does, and the rule before it. */
  configure: Job<{ settings: Settings }, { run: number; phase: Phase }, Frame>;
  setSpeed: Job<{ speed: Settings['speed'] }, void>;
}

/** Everything the map draws of one network on one box. */
export interface Geometry {
  readonly complex: RegionComplex;
  readonly linearCount: number;
  /** Linear region of every face. */
  readonly linearLabel: Int32Array;
  /** Per half-edge, 0 where the affine map is the same on both sides. */
  readonly changes: Uint8Array;
  /** Where the output is zero. */
  readonly boundary: DecisionBoundary;
}

/** Progress of a picture that takes long. */
export type PictureProgress =
  /** `sketch`, sent now and then, is the complex so far: deeper creases are missing. */
  | { readonly regions: number; readonly sketch: RegionComplex | null }
  /** One sentence for the user. */
  | { readonly notice: string };

export interface GeometryJobs {
  /** Starts the workers that large views need. */
  prepare: Job<undefined, void>;
  picture: Job<{ net: Model; box: Box; maxRegions: number }, Geometry, PictureProgress>;
  /** Exact counts in the open discs, in their order. */
  discs: Job<{ net: Model; discs: readonly Disc[] }, DiscRegions[]>;
  /** Regions in a box, while no discs are being counted. */
  box: Job<{ net: Model; box: Box; maxRegions: number }, BoxRegions>;
  /** Sizes and lists of the regions of a complex, from its `outlinesOf`. */
  overview: Job<{ outlines: RegionComplex }, Overview>;
}

/** A share of a large view; progress is the number of regions found so far. */
export interface PieceJobs {
  piece: Job<{ net: Model; share: PieceJob }, PieceResult, number>;
}

/** How fast the last piece of a field was. */
export interface Rate {
  readonly kind: FieldRequest['kind'];
  readonly pointsPerSecond: number;
}

export interface ComputeStatus {
  readonly backend: Backend;
  readonly description: string;
  /** Null before the first field. */
  readonly rate: Rate | null;
  /** The last thing that went wrong, in one sentence; null as long as nothing did. */
  readonly lastError: string | null;
  /** One sentence for the user when something happened. */
  readonly notice?: string;
}

export interface FieldValues {
  /** Row by row from the top. */
  readonly values: Float32Array;
  /** Milliseconds that the backend worked on it, without waiting for its turn. */
  readonly ms: number;
}

export interface ComputeJobs {
  /** Opens a backend in place of the one before; `cores` limits the threads that share the work. Runs until it is cancelled. */
  backend: Job<{ prefer: 'auto' | Backend; cores: number }, never, ComputeStatus>;
  /** Loads the code that another backend, or large work, may need. */
  prepare: Job<{ cores: number }, void>;
  /**
   * Values at the pixel centres. `cost` is the approximate time per point, in milliseconds; progress is the finished
   * fraction of a field that takes long.
   */
  field: Job<{ net: Model; request: FieldRequest; cost: number }, FieldValues, number>;
  /** A lower bound on the activation regions that meet a disc, by sampling points in it. An urgent one comes before fields. */
  sample: Job<
    { net: Model; disc: Disc; samples: number; seed: number; urgent: boolean },
    SampledRegions
  >;
  /** The bounds of some methods for one disc, in f64. */
  ladder: Job<
    { net: Model; disc: Disc; methods: readonly BoundMethod[] },
    Pick<LadderResult, 'C' | 'zaslavsky'>[]
  >;
  /** Algorithm 1 around every disc, per neuron, in f64. */
  circles: Job<{ net: Model; discs: readonly Disc[] }, AlgorithmOneResult[]>;
}

/**
 * Why a service has stopped. `unloadable`: its script did not arrive or was forbidden; `failed`: it threw where nobody
 * caught it, or a message was lost; `ended`: it was closed, by the browser or by itself.
 */
export interface WorkerFailure {
  readonly cause: 'unloadable' | 'failed' | 'ended';
  /** The browser's message; may be empty. */
  readonly detail: string;
}

/** A worker that sends nothing for this long is reported as silent. */
export const PATIENCE_SECONDS = 8;
