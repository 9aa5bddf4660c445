import { buildData, buildTrainer, ruleAt } from '../settings/build.ts';
import { phaseUntil } from '../settings/change.ts';
import { type Settings, schema } from '../settings/schema.ts';
import { Sliced, type Steps } from '../steps.ts';
import { DeathWatch } from '../training/deathWatch.ts';
import { type Evaluation, evaluate } from '../training/evaluate.ts';
import type { Trainer } from '../training/trainer.ts';
import type { Served, Turn } from './server.ts';
import type { Frame, TrainingJobs, TrainingStatus } from './services.ts';
import { inSlices } from './slices.ts';

const FRAME_MS = 16;
/** Work per frame: leaves room for the messages in between. */
const BUDGET_MS = 12;
/** At most this share of the time goes into looking at the loss on all samples. */
const EVALUATION_SHARE = 0.25;

type FrameTurn = Turn<Frame>;
type Evaluated = Pick<Frame, 'train' | 'test' | 'evaluatedStep'>;

const NO_SAMPLES: Evaluation = { loss: null, accuracy: null };

/** One run at a time, from its seeds on. */
class Run {
  settings: Settings;
  status: TrainingStatus = 'paused';
  readonly id: number;
  readonly trainer: Trainer;
  readonly #data: ReturnType<typeof buildData>;
  readonly #watch = new DeathWatch();
  #evaluated: Evaluated = { train: NO_SAMPLES, test: NO_SAMPLES, evaluatedStep: 0 };
  #evaluationCost = 0;
  #evaluatedAt = Number.NEGATIVE_INFINITY;

  constructor(id: number, settings: Settings) {
    this.id = id;
    this.settings = settings;
    this.#data = buildData(settings);
    this.trainer = buildTrainer(settings);
  }

  get hasData(): boolean {
    return this.#data.train.count > 0;
  }

  /** Up to `count` steps, a training step each, and never more than a link can replay. */
  *inSteps(count: number): Steps<void> {
    const { trainer } = this;
    let rule: Settings | null = null;
    for (let left = count; left > 0 && trainer.stepsDone < schema.steps.max; left--) {
      if (this.settings !== rule || rule.run.length > 0)
        trainer.configure(ruleAt(this.settings, trainer.stepsDone));
      rule = this.settings;
      if (trainer.step() === 'diverged') {
        this.status = 'diverged';
        return;
      }
      this.#watch.look(trainer.stepsDone, trainer.network, this.#data.train);
      yield;
    }
  }

  /** Resolves when the page has taken the frame. */
  deliver(turn: FrameTurn, evaluation: 'evaluated' | 'as it comes'): Promise<void> {
    return turn.deliver(this.frame(evaluation));
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

/** Trains one network; jobs other than `start` are about the run that was started last. */
export function trainingJobs(): Served<TrainingJobs> {
  let current: Run | null = null;
  const started = (): Run => {
    if (!current) throw new Error('no run was started');
    return current;
  };

  /** Runs `count` steps over as many slices as they need. */
  const steps = async (run: Run, count: number, turn: FrameTurn): Promise<void> => {
    run.status = 'replaying';
    await turn.hold.opened(turn.signal);
    const frame = () => run.deliver(turn, 'as it comes');
    await inSlices(run.inSteps(count), turn, frame, BUDGET_MS);
    if (run.status === 'replaying') run.status = 'paused';
    await run.deliver(turn, 'evaluated');
  };

  return {
    async start({ run: id, settings }, turn) {
      const run = new Run(id, settings);
      current = run;
      const replay = settings.steps > 0 && run.hasData;
      if (replay) run.status = 'replaying';
      await run.deliver(turn, 'evaluated');
      if (replay) await steps(run, settings.steps, turn);
    },

    async play(_, turn) {
      const run = started();
      if (!run.hasData) return;
      run.status = 'playing';
      await turn.hold.opened(turn.signal);
      while (run.status === 'playing') {
        const began = performance.now();
        const { speed } = run.settings;
        const count = speed === 'max' ? Number.POSITIVE_INFINITY : Number(speed);
        new Sliced(run.inSteps(count)).run(BUDGET_MS);
        if (run.trainer.stepsDone >= schema.steps.max && run.status === 'playing')
          run.status = 'paused';
        await run.deliver(turn, run.status === 'playing' ? 'as it comes' : 'evaluated');
        const rest = Math.max(0, FRAME_MS - (performance.now() - began));
        await new Promise((resolve) => setTimeout(resolve, rest));
        await turn.hold.opened(turn.signal);
      }
    },

    async pause(_, turn) {
      const run = started();
      if (run.status !== 'diverged') run.status = 'paused';
      await run.deliver(turn, 'evaluated');
    },

    async advance({ unit }, turn) {
      const run = started();
      if (!run.hasData || run.status === 'diverged') return;
      const { epochsDone, stepsPerEpoch } = run.trainer;
      const rest = (1 - (epochsDone - Math.floor(epochsDone))) * stepsPerEpoch;
      await steps(run, unit === 'step' ? 1 : Math.max(1, Math.ceil(rest - 1e-9)), turn);
    },

    configure({ settings }, turn) {
      const run = started();
      const until = run.trainer.stepsDone;
      const phase = phaseUntil(run.settings, until);
      run.settings = { ...settings, run: settings.run.filter((phase) => phase.until <= until) };
      if (run.status === 'diverged') {
        run.status = 'paused';
        // Not awaited: the answer to a later change must not overtake this one.
        turn.tell(run.frame('evaluated'));
      }
      return { run: run.id, phase };
    },

    setSpeed({ speed }) {
      const run = started();
      run.settings = { ...run.settings, speed };
    },
  };
}
