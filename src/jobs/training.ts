import { schema } from '../settings/schema.ts';
import { Sliced } from '../steps.ts';
import type { Served, Turn } from './server.ts';
import type { Frame, TrainingJobs } from './services.ts';
import { inSlices } from './slices.ts';
import { Run } from './trainingRun.ts';

const FRAME_MS = 16;
/** Work per frame: leaves room for the messages in between. */
const BUDGET_MS = 12;

type FrameTurn = Turn<Frame>;

/** Resolves when the page has taken the frame. */
const deliver = (run: Run, turn: FrameTurn, evaluation: 'evaluated' | 'as it comes') =>
  turn.deliver(run.frame(evaluation));

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
    const frame = () => deliver(run, turn, 'as it comes');
    await inSlices(run.inSteps(count), turn, frame, BUDGET_MS);
    if (run.status === 'replaying') run.status = 'paused';
    await deliver(run, turn, 'evaluated');
  };

  return {
    async start({ run: id, settings }, turn) {
      const run = new Run(id, settings);
      current = run;
      const replay = settings.steps > 0 && run.hasData;
      if (replay) run.status = 'replaying';
      await deliver(run, turn, 'evaluated');
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
        await deliver(run, turn, run.status === 'playing' ? 'as it comes' : 'evaluated');
        const rest = Math.max(0, FRAME_MS - (performance.now() - began));
        await new Promise((resolve) => setTimeout(resolve, rest));
        await turn.hold.opened(turn.signal);
      }
    },

    async pause(_, turn) {
      const run = started();
      if (run.status !== 'diverged') run.status = 'paused';
      await deliver(run, turn, 'evaluated');
    },

    async seek({ step }, turn) {
      const run = started();
      if (!run.hasData) return;
      run.status = 'replaying';
      await turn.hold.opened(turn.signal);
      await inSlices(run.seek(Math.min(Math.max(0, step), schema.steps.max)), turn);
      if (run.status === 'replaying') run.status = 'paused';
      await deliver(run, turn, 'evaluated');
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
      const phase = run.configure(settings);
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
