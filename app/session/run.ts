import { WorkerGoneError } from '../../src/jobs/protocol.ts';
import type { Frame, TrainingJobs } from '../../src/jobs/services.ts';
import { buildData } from '../../src/settings/build.ts';
import { changeOf, phaseUntil, withPhase } from '../../src/settings/change.ts';
import { readLink } from '../../src/settings/link.ts';
import { keysInRole, type Phase, type Settings, schema } from '../../src/settings/schema.ts';
import { formatInteger } from '../format.ts';
import { DEAD_SCENE } from '../scenes/links.ts';
import type { Context } from './context.ts';
import { emptyHistory } from './history.ts';
import type { Records } from './record.ts';
import type { State } from './state.ts';

/** The frame, where it belongs to the run that the settings describe and not to one before it. */
export const currentFrame = ({ frame, run }: Pick<State, 'frame' | 'run'>): Frame | null =>
  frame?.run === run ? frame : null;

/** Whether a run is that of the scene of a dead network, whose line says so. */
function isDeadScene(settings: Settings): boolean {
  const { settings: asked } = readLink(DEAD_SCENE);
  const keys = [...keysInRole('beginning'), ...keysInRole('rule')];
  return keys.every((key) => {
    const write = schema[key].write as (value: unknown) => string;
    return write(settings[key]) === write(asked[key]);
  });
}

export type Run = ReturnType<typeof createRun>;

/** Training: starts and controls it, and changes what it depends on. */
export function createRun(context: Context, records: Records) {
  const { training } = context.workers;
  /** Ends the job whose frames are shown: the next one takes its place. */
  let driving = new AbortController();
  const complain = (error: unknown) => context.notifyError('Training stopped', error);

  const receive = (frame: Frame): void => {
    const { frame: before, run, catchUp } = context.state;
    if (frame.run !== run) return;
    if (catchUp !== null) {
      // The old frame stays on the screen until the new worker has come as far as the lost one.
      const behind = frame.status === 'replaying' && frame.step < (before?.step ?? 0);
      context.set({ catchUp: behind ? frame.step : null });
      if (behind) return;
    }
    if (before?.status === 'diverged' && frame.status !== 'diverged')
      context.withdrawNotices('run');
    if (frame.status === 'diverged' && before?.status !== 'diverged')
      context.notify(
        'Training diverged: the weights grew without limit. The last good state is kept.',
        'run',
        'Restart, or lower the learning rate.',
      );
    if (frame.step === schema.steps.max && before?.step !== frame.step)
      context.notify(
        `Training stops at ${formatInteger(frame.step)} steps: a longer run could not be replayed from a link.`,
        'run',
      );
    const toldDead = before?.dead && before.run === frame.run;
    if (frame.dead && !toldDead && !isDeadScene(context.state.settings))
      context.notify(
        'The network died: at every training point a whole hidden layer is off, and nothing up to that layer learns any more. Only what comes after it still moves. Its weights are kept.',
        'run',
        'Take new weights, or restart with a lower learning rate.',
      );
    context.set({ frame });
    records.frame(frame);
  };

  /** Requests frames; those that the previous job sends until it stops still count. */
  const drive = <Name extends 'start' | 'play' | 'pause' | 'advance'>(
    name: Name,
    parameters: TrainingJobs[Name]['parameters'],
  ): void => {
    driving.abort();
    driving = new AbortController();
    const { signal } = driving;
    training
      .job(name, parameters, { signal, waitForStop: true, onProgress: receive })
      .catch((error: unknown) => signal.aborted || complain(error));
  };

  /** Starts a run from the settings' seeds and replays their steps. */
  const start = (): void => {
    const { run: before, settings } = context.state;
    const run = before + 1;
    const history = emptyHistory();
    context.withdrawNotices('run');
    context.set({ run, samples: buildData(settings), history, catchUp: null, interrupted: null });
    drive('start', { run, settings });
  };

  /** Whether there is anything to learn from; says so where there is not. */
  const hasData = (): boolean => {
    if (context.state.samples?.train.count !== 0) return true;
    context.notify('There are no points to train on.', 'run', 'Draw some, or choose other data.');
    return false;
  };

  const play = (): void => {
    if (hasData()) drive('play', undefined);
  };

  /** Continues a run as soon as it has been resumed, unless a person does something else first. */
  const playOnArrival = (run: number): void => {
    const stop = context.watch(
      (s) => s.frame,
      (frame) => {
        if (frame?.status === 'replaying' && frame.run === run) return;
        stop();
        if (frame?.run === run && frame.step === context.state.settings.steps) play();
      },
    );
  };

  /** Keeps the rule that held until now. */
  const remember = (answer: { run: number; phase: Phase }): void => {
    const { settings, run } = context.state;
    if (answer.run === run) context.set({ settings: withPhase(settings, answer.phase) });
  };

  /** Changes settings, and does what follows from their roles. */
  const change = (part: Partial<Settings>): void => {
    const { settings: before, frame } = context.state;
    const { settings, keys, role } = changeOf(before, part);
    if (role === null) return;
    context.set({ settings });
    if (role === 'beginning') {
      start();
      if (frame?.status === 'playing') play();
      return;
    }
    if (keys.includes('speed')) training.job('setSpeed', { speed: settings.speed }).catch(complain);
    if (role !== 'rule') return;
    training
      .job('configure', { settings }, { onProgress: receive })
      .catch((error: unknown) => {
        if (!(error instanceof WorkerGoneError)) throw error;
        complain(error);
        // The run will resume at the step on the screen: there the new rule begins.
        const { run } = context.state;
        const until = currentFrame(context.state)?.step ?? 0;
        return { run, phase: phaseUntil(before, until) };
      })
      .then(remember)
      .catch(complain);
  };

  return {
    start,
    play,
    change,

    /** The training worker is gone: remembers what it did, and stops showing that it trains. */
    interrupt(): void {
      const { interrupted } = context.state;
      const frame = currentFrame(context.state);
      if (!frame) return;
      const status = frame.status === 'playing' ? 'paused' : frame.status;
      context.set({
        interrupted: interrupted ?? frame.status,
        frame: { ...frame, status },
        catchUp: null,
      });
    },

    /**
     * A new worker resumes the run where the last one left it, as a link does: it repeats the steps from the seeds, which
     * gives the same weights bit for bit, and keeps the link true.
     */
    takeUp(): void {
      const { run, interrupted, settings: before } = context.state;
      context.set({ interrupted: null });
      const known = currentFrame(context.state);
      const steps = known && interrupted !== 'replaying' ? known.step : before.steps;
      const settings = { ...before, steps };
      context.set({ settings });
      if (known && known.step > 0)
        context.set({ catchUp: 0, frame: { ...known, status: 'replaying' } });
      drive('start', { run, settings });
      if (interrupted === 'playing') playOnArrival(run);
    },

    /** Back to step 0 with the same initial weights. */
    reset(): void {
      context.set({ settings: { ...context.state.settings, steps: 0, run: [] } });
      start();
    },

    newWeights(): void {
      change({ seed: (context.state.settings.seed + 1) % 2 ** 31 });
    },

    pause(): void {
      drive('pause', undefined);
    },

    advance(unit: 'step' | 'epoch'): void {
      if (hasData()) drive('advance', { unit });
    },
  };
}
