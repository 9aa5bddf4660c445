import type { TrainingSamples } from '../data/dataset.ts';
import { InputError, quoted } from '../errors.ts';
import { type Model, withMaps } from '../model/model.ts';
import { createRandom } from '../random.ts';
import { Backpropagation } from './backpropagation.ts';
import { Batches } from './batches.ts';
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
 * `diverged`: the step would have left a parameter or the loss out of range; nothing has changed, but the
 * optimiser starts again. `no-data`: there are no samples; nothing has changed.
 */
export type StepResult = 'stepped' | 'diverged' | 'no-data';

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

/**
 * Trains a copy of a network by mini-batches on the mean of a loss over samples. The same network, samples, configuration
 * and number of steps give the same weights, bit for bit.
 */
export class Trainer {
  /** The current network: a view of the trainer's own memory, which the next step changes. */
  readonly network: Model;
  private readonly parameters: Parameters;
  private readonly lastGood: Float64Array;
  private readonly backpropagation: Backpropagation;
  private readonly samples: TrainingSamples;
  private readonly batches: Batches;
  private options: TrainingOptions;
  private optimiser: Optimiser;
  private steps = 0;

  /** @throws InputError for samples that do not fit the network or the loss, and for an option out of range */
  constructor(net: Model, train: TrainingSamples, config: TrainingConfig) {
    const { seed, loss, ...options } = config;
    this.parameters = packParameters(net.layers);
    this.lastGood = this.parameters.flat.slice();
    this.network = withMaps(net, this.parameters.layers);
    this.backpropagation = new Backpropagation(this.network, train, loss);
    this.samples = train;
    this.batches = new Batches(train.count, createRandom(seed, STREAM));
    this.options = checked(options);
    this.optimiser = this.freshOptimiser();
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

  /** Changes options between steps; another optimiser starts with its state at zero. */
  configure(change: Partial<TrainingOptions>): void {
    const before = this.options.optimiser;
    this.options = checked({ ...this.options, ...change });
    if (this.options.optimiser !== before) this.optimiser = this.freshOptimiser();
  }

  /** One step on one mini-batch. */
  step(): StepResult {
    const { samples, batches, backpropagation, parameters, options } = this;
    if (samples.count === 0) return 'no-data';
    const end = batches.end(options.batchSize);
    const loss = backpropagation.run(batches.order, batches.from, end);
    addPenalties(backpropagation.gradient, parameters, options.l1, options.l2);
    this.lastGood.set(parameters.flat);
    this.optimiser.step(parameters.flat, backpropagation.gradient.flat, options.learningRate);
    // Written so that NaN is beyond the limit too.
    if (!(loss <= LOSS_LIMIT) || !withinLimit(parameters.flat)) {
      parameters.flat.set(this.lastGood);
      this.optimiser = this.freshOptimiser();
      return 'diverged';
    }
    batches.advance(end);
    this.steps++;
    return 'stepped';
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
