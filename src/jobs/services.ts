import type { AlgorithmOneResult } from '../bounds/algorithmOne.ts';
import type { LadderResult } from '../bounds/ladder.ts';
import type { BoundMethod } from '../bounds/methods.ts';
import type { SampledRegions, SamplingOptions } from '../bounds/sampling.ts';
import type { Backend } from '../compute/compute.ts';
import type { FieldRequest } from '../compute/fields.ts';
import type { Model } from '../model/model.ts';
import type { Box, RegionComplex } from '../regions/complex/complex.ts';
import type { DecisionBoundary } from '../regions/measure/decisionBoundary.ts';
import type { Overview } from '../regions/measure/overview.ts';
import type { BoxRegions } from '../regions/query/boxRegions.ts';
import type { DiscRegions } from '../regions/query/disc.ts';
import type { Disc } from '../settings/compound.ts';
import type { Phase, Settings } from '../settings/schema.ts';
import type { Evaluation } from '../training/evaluate.ts';

/**
 * The requests of a session to its workers, and their answers. In a page each service runs in a worker; in a test, in
 * the same thread. Functions among the arguments are callbacks.
 */

/** The service as its worker implements it, where an answer need not be a promise. */
export type Served<Service> = {
  [Name in keyof Service]: Service[Name] extends (...call: infer Call) => Promise<infer Answer>
    ? (...call: Call) => Answer | Promise<Answer>
    : never;
};

/** Work for a hidden page waits until the page is visible. */
interface Resting {
  rest(resting: boolean): Promise<void>;
}

export type TrainingStatus = 'replaying' | 'paused' | 'playing' | 'diverged';

/** Sent after every slice of training. */
export interface Frame {
  /** The run this belongs to; frames of an abandoned run are to be ignored. */
  readonly run: number;
  readonly status: TrainingStatus;
  readonly step: number;
  readonly epoch: number;
  readonly net: Model;
  /** No weight before its last layers learns any more, and has not for a hundred steps. */
  readonly dead: boolean;
  /** Loss and accuracy, as they were at step `evaluatedStep`: where looking takes long, a little before `step`. */
  readonly train: Evaluation;
  readonly test: Evaluation;
  readonly evaluatedStep: number;
}

export interface TrainingService extends Resting {
  /** `onFrame` receives every frame; the next one comes when it has returned. */
  watch(onFrame: (frame: Frame) => void | Promise<void>): Promise<void>;
  /** Starts run `run` from its seeds and replays `settings.steps` steps; an earlier run is dropped. */
  start(run: number, settings: Settings): Promise<void>;
  /** Changes the rule of the steps to come; answers with the run and step at which it does, and the rule before it. */
  configure(settings: Settings): Promise<{ run: number; phase: Phase }>;
  setSpeed(speed: Settings['speed']): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  /** One step, or the steps to the end of the current epoch. */
  advance(unit: 'step' | 'epoch'): Promise<void>;
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

/**
 * Progress of the subdivision that its caller numbered `call`; `sketch`, sent now and then, is the complex so far:
 * deeper creases are missing.
 */
export interface Progress {
  readonly call: number;
  readonly regions: number;
  readonly sketch: RegionComplex | null;
}

export interface GeometryService extends Resting {
  /** Receives the progress of a long subdivision, and notices for the user. */
  watch(onProgress: (progress: Progress) => void, onNotice: (text: string) => void): Promise<void>;
  /** Starts what large views will need. */
  prepare(): Promise<void>;
  /** Null when a newer request came before this one was done; its progress is reported with `call`. */
  subdivide(net: Model, box: Box, maxRegions: number, call: number): Promise<Geometry | null>;
  /** Pauses the running subdivision, or resumes it. */
  hold(held: boolean): Promise<void>;
  /** Exact counts in the open discs, in their order; null when it was cancelled. */
  count(net: Model, discs: readonly Disc[]): Promise<DiscRegions[] | null>;
  callOffCount(): Promise<void>;
  /** Regions in a box; null when it was cancelled or a newer one was requested. */
  countBox(net: Model, box: Box, maxRegions: number): Promise<BoxRegions | null>;
  callOffBox(): Promise<void>;
  /** Of `outlinesOf` a complex. */
  overview(outlines: RegionComplex): Promise<Overview>;
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

export interface ComputeService extends Resting {
  /** Opens a backend; `cores` says how many threads may share the work. */
  open(
    prefer: 'auto' | Backend,
    cores: number,
    onStatus: (status: ComputeStatus) => void,
  ): Promise<void>;
  /** Loads the code that another backend, or large work, may need. */
  prepare(cores: number): Promise<void>;
  /** `onProgress` receives the finished fraction of a field that takes long. */
  watchFields(onProgress: (done: number) => void): Promise<void>;
  /**
   * Values at the pixel centres; null when a newer field was requested, or this one was cancelled. `cost` is the
   * approximate time per point, in milliseconds.
   */
  field(net: Model, request: FieldRequest, cost: number): Promise<FieldValues | null>;
  callOffField(): Promise<void>;
  /** A lower bound on the activation regions that meet a disc, by points drawn from it; null when it was cancelled. */
  sample(
    net: Model,
    disc: Disc,
    options: Pick<SamplingOptions, 'samples' | 'seed'>,
    urgent: boolean,
  ): Promise<SampledRegions | null>;
  callOffSampling(): Promise<void>;
  /** The bounds of some methods for one disc, in f64. */
  ladder(
    net: Model,
    disc: Disc,
    methods: readonly BoundMethod[],
  ): Promise<Pick<LadderResult, 'C' | 'zaslavsky'>[]>;
  /** Algorithm 1 around every disc, per neuron, in f64. */
  circles(net: Model, discs: readonly Disc[]): Promise<AlgorithmOneResult[]>;
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

/** A call that will not be answered, because its worker is gone. The code that started the worker gets the reason. */
export class WorkerGoneError extends Error {
  override readonly name = 'WorkerGoneError';
  constructor() {
    super('the worker is gone');
  }
}
