import type { TrainingSamples } from '../data/dataset.ts';
import { InputError, quoted } from '../errors.ts';
import { type Model, withMaps } from '../model/model.ts';
import { randomStart } from '../random.ts';
import { Backpropagation } from './backpropagation.ts';
import { Batches, type BatchState } from './batches.ts';
import type { Optimiser, OptimiserKind } from './optimiser.ts';
import { optimisers } from './optimisers/registry.ts';
import { addPenalties, copyNetwork, type Parameters, packParameters } from './parameters.ts';

/** What may change between two steps of training. */
export interface TrainingOptions {
  /** Key of an optimiser in the registry. */
  readonly optimiser: string;
  readonly learningRate: number;
  /** Samples per step; a batch larger than the training set means all of it. */
  readonly batchSize: number;
  /** Penalty l1 · Σ|w| over weights, biases left out. */
  readonly l1: number;
  /** Penalty l2 / 2 · Σw² over weights, biases left out. */
  readonly l2: number;
}

/** All that a training run depends on beside the network and the samples. */
export interface TrainingConfig extends TrainingOptions {
  /** Seed of the order of the samples. */
  readonly seed: number;
  /** Key of a loss in the registry; the logistic one when left out. */
  readonly loss?: string;
}

/**
 * `diverged`: the step would have left a parameter or the loss out of range; nothing has changed. `no-data`: there are
 * no samples; nothing has changed.
 */
export type StepResult = 'stepped' | 'diverged' | 'no-data';

/**
 * All that the next steps depend on, beside the network's shape, the samples and the loss: parameters, what the optimiser
 * remembers, the order of the samples, and the place in the sequence of random numbers. Plain data, so that it can be
 * sent to another thread; nothing changes what is in it.
 */
export interface TrainerState {
  /** Steps taken. */
  readonly step: number;
  /** `[parameters]` layer after layer, weights row-major, then biases. */
  readonly parameters: Float64Array;
  /** What the optimiser remembers. */
  readonly memory: Float64Array;
  readonly options: TrainingOptions;
  readonly batches: BatchState;
}

/** About how many bytes a state takes. */
export const trainerStateBytes = ({ parameters, memory, batches }: TrainerState): number =>
  parameters.byteLength + memory.byteLength + batches.order.byteLength + STATE_OVERHEAD;

/** Of the objects around the numbers, generously. */
const STATE_OVERHEAD = 1024;

/**
 * Parameters beyond this have diverged. Far beyond any useful value, yet small enough that a network of
 * eight layers of 256 built from them still computes with finite numbers.
 */
const PARAMETER_LIMIT = 1e9;

/**
 * A loss beyond this has diverged too. Such a network's logistic loss stays below it; squared error does not, and its
 * gradient, squared by Adam, could leave the range of numbers.
 */
const LOSS_LIMIT = 1e120;

const STREAM = 4;

/** Steps between two anchors: a copy costs about a step. */
const ANCHOR_STEPS = 64;

/**
 * Trains a copy of a network by mini-batches on the mean of a loss over samples. The same network, samples, configuration
 * and number of steps give the same weights, bit for bit.
 */
export class Trainer {
  /** The current network: a view of the trainer's own memory, which the next step changes. */
  readonly network: Model;
  private readonly parameters: Parameters;
  private readonly backpropagation: Backpropagation;
  private readonly samples: TrainingSamples;
  private readonly batches: Batches;
  private options: TrainingOptions;
  private optimiser: Optimiser;
  private steps = 0;
  /** A state a few steps back, under the present options: what a diverged step has spoilt is rebuilt from it. */
  private anchor: TrainerState;

  /** @throws InputError for samples that do not fit the network or the loss, and for an option out of range */
  constructor(net: Model, train: TrainingSamples, config: TrainingConfig) {
    const { seed, loss, ...options } = config;
    this.parameters = packParameters(net.layers);
    this.network = withMaps(net, this.parameters.layers);
    this.backpropagation = new Backpropagation(this.network, train, loss);
    this.samples = train;
    this.batches = new Batches(train.count, randomStart(seed, STREAM));
    this.options = checked(options);
    this.optimiser = this.freshOptimiser();
    this.anchor = this.save();
  }

  /** Steps taken, diverged ones not counted. */
  get stepsDone(): number {
    return this.steps;
  }

  /** Passes over the training set, including the finished part of the current one. */
  get epochsDone(): number {
    const { epochs, from, order } = this.batches;
    return order.length === 0 ? 0 : epochs + from / order.length;
  }

  /** Steps in one pass over the training set with the present batch size; 0 without samples. */
  get stepsPerEpoch(): number {
    return Math.ceil(this.samples.count / this.options.batchSize);
  }

  /** A copy of the current network. */
  snapshot(): Model {
    return copyNetwork(this.network);
  }

  /** A copy of all that the next steps depend on, for `restore`. */
  save(): TrainerState {
    return {
      step: this.steps,
      parameters: this.parameters.flat.slice(),
      memory: this.optimiser.memory.slice(),
      options: this.options,
      batches: this.batches.save(),
    };
  }

  /**
   * Puts the trainer into a saved state: the steps from here on are, bit for bit, those that followed when it was saved.
   *
   * @param state of a trainer with the same network, samples, loss and seed, or of this one; with other `parameters` in it,
   *   training goes on from these
   * @throws InputError for the state of a network or samples of another size; nothing has changed then
   */
  restore(state: TrainerState): void {
    const optimiser = optimiserKind(state.options.optimiser).create(this.parameters.flat.length);
    if (
      state.parameters.length !== this.parameters.flat.length ||
      state.memory.length !== optimiser.memory.length ||
      state.batches.order.length !== this.batches.order.length
    )
      throw new InputError('the saved state is of another network or of other samples');
    this.options = checked(state.options);
    this.optimiser = optimiser;
    optimiser.memory.set(state.memory);
    this.parameters.flat.set(state.parameters);
    this.batches.restore(state.batches);
    this.steps = state.step;
    this.anchor = state;
  }

  /** Changes options between steps; another optimiser starts with its state at zero. */
  configure(change: Partial<TrainingOptions>): void {
    const before = this.options;
    const options = checked({ ...before, ...change });
    const keys = Object.keys(change) as (keyof TrainingOptions)[];
    if (keys.every((key) => options[key] === before[key])) return;
    this.options = options;
    if (options.optimiser !== before.optimiser) this.optimiser = this.freshOptimiser();
    this.anchor = this.save();
  }

  /** One step on one mini-batch. */
  step(): StepResult {
    const { samples, batches, backpropagation, parameters, options } = this;
    if (samples.count === 0) return 'no-data';
    if (this.steps - this.anchor.step >= ANCHOR_STEPS) this.anchor = this.save();
    const end = batches.end(options.batchSize);
    const loss = backpropagation.run(batches.order, batches.from, end);
    addPenalties(backpropagation.gradient, parameters, options.l1, options.l2);
    this.optimiser.step(parameters.flat, backpropagation.gradient.flat, options.learningRate);
    // Written so that NaN is beyond the limit too.
    if (!(loss <= LOSS_LIMIT) || !withinLimit(parameters.flat)) {
      this.rebuild();
      return 'diverged';
    }
    batches.advance(end);
    this.steps++;
    return 'stepped';
  }

  /**
   * The state before the last step, what the optimiser remembers included: a link replays the steps that were taken, and
   * knows nothing of one that diverged.
   */
  private rebuild(): void {
    const { steps } = this;
    this.restore(this.anchor);
    while (this.steps < steps) this.step();
  }

  private freshOptimiser(): Optimiser {
    return optimiserKind(this.options.optimiser).create(this.parameters.flat.length);
  }
}

function optimiserKind(key: string): OptimiserKind {
  const kind = optimisers.find((known) => known.key === key);
  if (kind) return kind;
  const keys = optimisers.map((known) => known.key).join(', ');
  throw new InputError(`there is no optimiser ${quoted(key)}: choose one of ${keys}`);
}

function withinLimit(values: Float64Array): boolean {
  // Written so that NaN is beyond the limit too.
  for (let i = 0; i < values.length; i++)
    if (!(Math.abs(values[i]) <= PARAMETER_LIMIT)) return false;
  return true;
}

function checked(options: TrainingOptions): TrainingOptions {
  const { learningRate, batchSize, l1, l2, optimiser } = options;
  optimiserKind(optimiser);
  if (!(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY))
    throw new InputError('the learning rate must be a positive number');
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    throw new InputError('the batch size must be a whole number, at least 1');
  for (const penalty of [l1, l2])
    if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY))
      throw new InputError('a penalty must be a number, at least 0');
  return options;
}
