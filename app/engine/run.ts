import * as Comlink from 'comlink';
import { buildData } from '../../src/settings/build.ts';
import { changeOf, phaseUntil, withPhase } from '../../src/settings/change.ts';
import { type Phase, type Settings, schema } from '../../src/settings/schema.ts';
import { emptyHistory } from '../charts/history.ts';
import { formatInteger } from '../format.ts';
import { notify, notifyError, useStore } from '../store/store.ts';
import { WorkerGoneError } from '../workers/supervised.ts';
import type { Frame } from '../workers/training.worker.ts';
import { recordFrame } from './record.ts';
import { training } from './workers.ts';

/** Whether a frame belongs to the run that the settings describe, not to one before it. */
export const isCurrent = (frame: Frame | null): frame is Frame =>
  frame?.run === useStore.getState().run;

const complain = (error: unknown) => notifyError('Training stopped', error);

function receive(frame: Frame): void {
  if (!isCurrent(frame)) return;
  const { frame: before, catchUp } = useStore.getState();
  if (catchUp !== null) {
    // What is on the screen stays until the new worker has come as far as the one that was lost.
    const behind = frame.status === 'replaying' && frame.step < (before?.step ?? 0);
    useStore.setState({ catchUp: behind ? frame.step : null });
    if (behind) return;
  }
  if (frame.status === 'diverged' && before?.status !== 'diverged')
    notify(
      'Training diverged: the weights grew without limit. The last good state is kept; restart, or lower the learning rate.',
    );
  if (frame.step === schema.steps.max && before?.step !== frame.step)
    notify(
      `Training stops at ${formatInteger(frame.step)} steps: a link could not replay a longer run.`,
    );
  if (frame.dead && !(before?.dead && before.run === frame.run))
    notify(
      'The network died: at every training point a whole hidden layer is off, and no gradient wakes it. Its weights are kept; take new weights, or restart with a lower learning rate.',
    );
  useStore.setState({ frame });
  recordFrame(frame);
}

/** Starts a run from the settings' seeds and replays their steps. */
export function startRun(settings: Settings): void {
  const run = useStore.getState().run + 1;
  const history = emptyHistory();
  useStore.setState({
    run,
    samples: buildData(settings),
    history,
    catchUp: null,
    interrupted: null,
  });
  training.start(run, settings).catch(complain);
}

/** The training worker is gone: what it did is remembered, and nobody is told that it still trains. */
export function interrupt(): void {
  const { frame, interrupted } = useStore.getState();
  if (!isCurrent(frame)) return;
  const status = frame.status === 'playing' ? 'paused' : frame.status;
  useStore.setState({
    interrupted: interrupted ?? frame.status,
    frame: { ...frame, status },
    catchUp: null,
  });
}

/**
 * A new worker takes the run up where the last one left it. The link's own way leads there: the steps are taken again from
 * the seeds, which gives the same weights to the bit, and a link that can still be replayed.
 */
export function takeUpRun(): void {
  const { run, frame, interrupted, settings: before } = useStore.getState();
  useStore.setState({ interrupted: null });
  const known = isCurrent(frame) ? frame : null;
  const steps = known && interrupted !== 'replaying' ? known.step : before.steps;
  const settings = { ...before, steps };
  useStore.setState({ settings });
  if (known && known.step > 0)
    useStore.setState({ catchUp: 0, frame: { ...known, status: 'replaying' } });
  training.start(run, settings).catch(complain);
  if (interrupted === 'playing') playOnArrival(run);
}

/** Goes on with a run as soon as it has been taken up, unless a person does something else before. */
function playOnArrival(run: number): void {
  const stop = useStore.subscribe(
    (s) => s.frame,
    (frame) => {
      if (frame?.status === 'replaying' && frame.run === run) return;
      stop();
      if (frame?.run === run && frame.step === useStore.getState().settings.steps) play();
    },
  );
}

/** Hears the training worker; called once, before the first run. */
export const hearTraining = (): void => {
  training.watch(Comlink.proxy(receive)).catch(complain);
};

/** Changes settings, and sees to what follows from their roles. */
export function change(part: Partial<Settings>): void {
  const { settings: before, frame } = useStore.getState();
  const { settings, keys, role } = changeOf(before, part);
  if (role === null) return;
  useStore.setState({ settings });
  if (role === 'beginning') {
    startRun(settings);
    if (frame?.status === 'playing') play();
    return;
  }
  if (keys.includes('speed')) training.setSpeed(settings.speed).catch(complain);
  if (role !== 'rule') return;
  training
    .configure(settings)
    .catch((error: unknown) => {
      if (!(error instanceof WorkerGoneError)) throw error;
      complain(error);
      // The run will be taken up at the step on the screen: there the new rule begins.
      const known = useStore.getState().frame;
      const until = isCurrent(known) ? known.step : 0;
      return { run: useStore.getState().run, phase: phaseUntil(before, until) };
    })
    .then(remember)
    .catch(complain);
}

/** Keeps the rule that held until now. */
function remember(answer: { run: number; phase: Phase }): void {
  const { settings, run } = useStore.getState();
  if (answer.run === run) useStore.setState({ settings: withPhase(settings, answer.phase) });
}

/** Back to step 0 with the same initial weights. */
export function reset(): void {
  const settings = { ...useStore.getState().settings, steps: 0, run: [] };
  useStore.setState({ settings });
  startRun(settings);
}

export function newWeights(): void {
  const { seed } = useStore.getState().settings;
  change({ seed: (seed + 1) % 2 ** 31 });
}

/** Whether there is anything to learn from; says so where there is not. */
function hasData(): boolean {
  const { samples } = useStore.getState();
  if (samples?.train.count !== 0) return true;
  notify('There are no points to train on: draw some, or choose other data.');
  return false;
}

export function play(): void {
  if (hasData()) training.play().catch(complain);
}

export function pause(): void {
  training.pause().catch(complain);
}

export function advance(unit: 'step' | 'epoch'): void {
  if (hasData()) training.advance(unit).catch(complain);
}
