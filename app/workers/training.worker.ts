import * as Comlink from 'comlink';
import type { Frame, Served, TrainingService, TrainingStatus } from '../../src/jobs/services.ts';
import { buildData, buildTrainer, ruleAt } from '../../src/settings/build.ts';
import { phaseUntil } from '../../src/settings/change.ts';
import { type Phase, type Settings, schema } from '../../src/settings/schema.ts';
import { DeathWatch } from '../../src/training/deathWatch.ts';
import { type Evaluation, evaluate } from '../../src/training/evaluate.ts';
import type { Trainer } from '../../src/training/trainer.ts';
import { sayHello } from './alive.ts';
import { Gate } from './gate.ts';

const FRAME_MS = 16;
/** Work per frame: leaves room for the messages in between. */
const BUDGET_MS = 12;
/** At most this share of the time goes into looking at the loss on all samples. */
const EVALUATION_SHARE = 0.25;

let settings: Settings;
let trainer: Trainer;
let watch = new DeathWatch();
let data: ReturnType<typeof buildData>;
let status = 'paused' as TrainingStatus;
let run = -1;
let listener: (frame: Frame) => Promise<void> | void = () => {};
/** Where training waits while nobody can see it. */
const gate = new Gate();
const NO_SAMPLES: Evaluation = { loss: null, accuracy: null };
let evaluations = { train: NO_SAMPLES, test: NO_SAMPLES, evaluatedStep: 0 };
let evaluationCost = 0;
let evaluatedAt = Number.NEGATIVE_INFINITY;

function look(force: boolean): Pick<Frame, 'train' | 'test' | 'evaluatedStep'> {
  const now = performance.now();
  if (force || now - evaluatedAt > evaluationCost / EVALUATION_SHARE) {
    const net = trainer.network;
    evaluations = {
      train: evaluate(net, data.train),
      test: evaluate(net, data.test),
      evaluatedStep: trainer.stepsDone,
    };
    evaluatedAt = performance.now();
    evaluationCost = evaluatedAt - now;
  }
  return evaluations;
}

/** Resolves when the page has taken the frame, so that a slow page is never flooded. */
async function post(force = true): Promise<void> {
  await listener({
    run,
    status,
    step: trainer.stepsDone,
    epoch: trainer.epochsDone,
    net: trainer.snapshot(),
    dead: watch.dead,
    ...look(force),
  });
}

/** The status as it is after calls that may have changed it. */
const statusNow = (): TrainingStatus => status;

/**
 * Up to `count` steps within the time budget, and never more than a link can replay; returns how many were left undone.
 */
function advance(count: number): number {
  const start = performance.now();
  let left = Math.min(count, schema.steps.max - trainer.stepsDone);
  trainer.configure(ruleAt(settings, trainer.stepsDone));
  while (left > 0 && status !== 'diverged') {
    if (settings.run.length > 0) trainer.configure(ruleAt(settings, trainer.stepsDone));
    if (trainer.step() === 'diverged') status = 'diverged';
    else {
      left--;
      watch.look(trainer.stepsDone, trainer.network, data.train);
    }
    if (performance.now() - start > BUDGET_MS) break;
  }
  return left;
}

/** Counts what was asked for; whoever finds that it has moved on stops. */
let turn = 0;

/** Runs `count` steps over as many slices as they need, unless something else is asked for in between. */
async function steps(count: number): Promise<void> {
  const mine = ++turn;
  let left = count;
  status = 'replaying';
  await gate.opened();
  if (turn !== mine) return;
  while (left > 0) {
    left = advance(left);
    if (statusNow() === 'diverged' || left === 0) break;
    await post(false);
    await gate.pass();
    if (turn !== mine) return;
  }
  if (statusNow() === 'replaying') status = 'paused';
  await post();
}

const api: Served<TrainingService> = {
  /** Hears every frame; told once, since each telling opens a channel. */
  watch(onFrame: typeof listener): void {
    listener = onFrame;
  },

  /** Begins a new run from its seeds and replays `settings.steps` steps; whatever ran before is dropped. */
  async start(id: number, next: Settings): Promise<void> {
    const mine = ++turn;
    run = id;
    settings = next;
    data = buildData(next);
    trainer = buildTrainer(next);
    watch = new DeathWatch();
    evaluatedAt = Number.NEGATIVE_INFINITY;
    const replay = next.steps > 0 && data.train.count > 0;
    status = replay ? 'replaying' : 'paused';
    await post();
    if (replay && turn === mine) await steps(next.steps);
  },

  /**
   * Changes the rule of the steps to come. Answers with the run and step at which it takes effect and the rule that
   * the next step would have obeyed: only the worker knows how far it is.
   */
  async configure(next: Settings): Promise<{ run: number; phase: Phase }> {
    const until = trainer.stepsDone;
    const phase = phaseUntil(settings, until);
    settings = { ...next, run: next.run.filter((phase) => phase.until <= until) };
    if (status === 'diverged') {
      status = 'paused';
      await post();
    }
    return { run, phase };
  },

  /** Nobody can see what training would show: it waits where it is, and goes on from there when it is seen again. */
  rest(resting: boolean): void {
    gate.hold(resting, 'unseen');
  },

  setSpeed(speed: Settings['speed']): void {
    settings = { ...settings, speed };
  },

  async play(): Promise<void> {
    if (data.train.count === 0) return;
    const mine = ++turn;
    status = 'playing';
    await gate.opened();
    while (turn === mine && statusNow() === 'playing') {
      const began = performance.now();
      advance(settings.speed === 'max' ? Number.POSITIVE_INFINITY : Number(settings.speed));
      if (trainer.stepsDone >= schema.steps.max && statusNow() === 'playing') status = 'paused';
      await post(statusNow() !== 'playing');
      const rest = Math.max(0, FRAME_MS - (performance.now() - began));
      await new Promise((resolve) => setTimeout(resolve, rest));
      await gate.opened();
    }
  },

  async pause(): Promise<void> {
    turn++;
    if (status !== 'diverged') status = 'paused';
    await post();
  },

  /** One step, or the steps to the end of the epoch at hand. */
  async advance(unit: 'step' | 'epoch'): Promise<void> {
    if (data.train.count === 0 || status === 'diverged') return;
    const { epochsDone, stepsPerEpoch } = trainer;
    const rest = (1 - (epochsDone - Math.floor(epochsDone))) * stepsPerEpoch;
    await steps(unit === 'step' ? 1 : Math.max(1, Math.ceil(rest - 1e-9)));
  },
};

Comlink.expose(api);
void sayHello();
