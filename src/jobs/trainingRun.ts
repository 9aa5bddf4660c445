import { buildData, buildTrainer, ruleAt } from '../settings/build.ts';
import { phaseUntil, withPhase } from '../settings/change.ts';
import { type Phase, type Settings, schema } from '../settings/schema.ts';
import type { Steps } from '../steps.ts';
import { DeathWatch } from '../training/deathWatch.ts';
import { type Evaluation, evaluate } from '../training/evaluate.ts';
import { type Gaps, replayGaps, Timeline } from '../training/timeline.ts';
import { type Trainer, type TrainerState, trainerStateBytes } from '../training/trainer.ts';
import type { Frame, TrainingStatus } from './services.ts';

/** At most this share of the time goes into looking at the loss on all samples. */
const EVALUATION_SHARE = 0.25;

/** One step in so many is timed: looking at the clock takes a hundredth of a small step or so. */
const TIMED = 32;

/** Steps a second, before one was timed. */
const FIRST_GUESS = 1000;

type Evaluated = Pick<Frame, 'train' | 'test' | 'evaluatedStep'>;

const NO_SAMPLES: Evaluation = { loss: null, accuracy: null };

/** What the frames after a step depend on. */
interface Kept {
  readonly trainer: TrainerState;
  readonly found: number;
}

/** One run of training from its seeds on, with a timeline on which it can go back. */
export class Run {
  settings: Settings;
  status: TrainingStatus = 'paused';
  readonly id: number;
  readonly trainer: Trainer;
  readonly #data: ReturnType<typeof buildData>;
  readonly #watch = new DeathWatch();
  readonly #timeline = new Timeline<Kept>(({ trainer }) => trainerStateBytes(trainer));
  readonly #start: Kept;
  /** Milliseconds of the steps that were timed, and their number. */
  #busy = 0;
  #timed = 0;
  #gaps: Gaps = replayGaps(FIRST_GUESS);
  #evaluated: Evaluated = { train: NO_SAMPLES, test: NO_SAMPLES, evaluatedStep: 0 };
  #evaluationCost = 0;
  #evaluatedAt = Number.NEGATIVE_INFINITY;

  constructor(id: number, settings: Settings) {
    this.id = id;
    this.settings = settings;
    this.#data = buildData(settings);
    this.trainer = buildTrainer(settings);
    this.#start = this.#kept();
  }

  get hasData(): boolean {
    return this.#data.train.count > 0;
  }

  /** Up to `count` steps, a training step each, and never more than a link can replay. */
  *inSteps(count: number): Steps<void> {
    const { trainer } = this;
    let configured: Settings | null = null;
    let until = 0;
    for (let left = count; left > 0 && trainer.stepsDone < schema.steps.max; left--) {
      const timed = trainer.stepsDone % TIMED === 0;
      const began = timed ? performance.now() : 0;
      const step = trainer.stepsDone;
      if (this.settings !== configured || step >= until) {
        configured = this.settings;
        trainer.configure(ruleAt(configured, step));
        until = configured.run.find((phase) => step < phase.until)?.until ?? Infinity;
      }
      if (trainer.step() === 'diverged') {
        this.status = 'diverged';
        yield* this.#forgetRule();
        return;
      }
      this.#watch.look(trainer.stepsDone, trainer.network, this.#data.train);
      if (timed) {
        this.#busy += performance.now() - began;
        this.#timed++;
        if (this.#busy > 0) this.#gaps = replayGaps((1000 * this.#timed) / this.#busy);
      }
      if (trainer.stepsDone % this.#gaps.fine === 0) this.#keep();
      yield;
    }
  }

  /**
   * Goes to a step, back or on: to the nearest state on the timeline, then up to the step. What comes after it stays on
   * the timeline, because training on from there leads through the same states again.
   */
  *seek(step: number): Steps<void> {
    const here = this.trainer.stepsDone;
    if (step < here || here < (this.#timeline.nearest(step)?.step ?? 0)) this.#goBack(step);
    yield* this.inSteps(step - this.trainer.stepsDone);
  }

  /** Changes the rule of the steps to come; after an earlier step than the last, a branch begins. Returns the rule before. */
  configure(settings: Settings): Phase {
    const until = this.trainer.stepsDone;
    const phase = phaseUntil(this.settings, until);
    // The run's own phases: those of the page may lack one whose answer has not arrived there yet.
    this.settings = withPhase({ ...settings, run: this.settings.run }, phase);
    this.#timeline.dropAfter(until);
    return phase;
  }

  /** To the last state at or before a step. */
  #goBack(step: number): void {
    const { trainer, found } = this.#timeline.nearest(step)?.state ?? this.#start;
    this.trainer.restore(trainer);
    this.#watch.found = found;
  }

  /**
   * After a step that diverged: if the optimiser was new with this step, the one before it must not be forgotten, because
   * a person may go back to it, and a link knows only the steps that were taken.
   */
  *#forgetRule(): Steps<void> {
    const step = this.trainer.stepsDone;
    const optimiserAt = (at: number) => ruleAt(this.settings, at).optimiser;
    if (step === 0 || optimiserAt(step) === optimiserAt(step - 1)) return;
    this.#goBack(step);
    yield* this.inSteps(step - this.trainer.stepsDone);
  }

  #kept(): Kept {
    return { trainer: this.trainer.save(), found: this.#watch.found };
  }

  #keep(): void {
    const step = this.trainer.stepsDone;
    if (this.#timeline.wants(step, this.#gaps)) this.#timeline.add(step, this.#kept(), this.#gaps);
  }

  frame(evaluation: 'evaluated' | 'as it comes'): Frame {
    const { id, status, trainer } = this;
    return {
      run: id,
      status,
      step: trainer.stepsDone,
      epoch: trainer.epochsDone,
      net: trainer.snapshot(),
      dead: this.#watch.dead,
      ...this.#look(evaluation === 'evaluated'),
    };
  }

  #look(force: boolean): Evaluated {
    const now = performance.now();
    if (force || now - this.#evaluatedAt > this.#evaluationCost / EVALUATION_SHARE) {
      const net = this.trainer.network;
      this.#evaluated = {
        train: evaluate(net, this.#data.train),
        test: evaluate(net, this.#data.test),
        evaluatedStep: this.trainer.stepsDone,
      };
      this.#evaluatedAt = performance.now();
      this.#evaluationCost = this.#evaluatedAt - now;
    }
    return this.#evaluated;
  }
}
