import * as Comlink from 'comlink';
import { buildData } from '../../src/settings/build.ts';
import type { SettingKey, Settings } from '../../src/settings/schema.ts';
import { appendHistory, emptyHistory } from '../charts/history.ts';
import { notify, useStore } from '../store/store.ts';
import type { Frame } from '../workers/training.worker.ts';
import { training } from './workers.ts';

/** Settings that decide where a run begins; changing one starts it anew from step 0. */
const BEGINNING: readonly SettingKey[] = [
  'data',
  'n',
  'noise',
  'split',
  'dseed',
  'points',
  'net',
  'act',
  'slope',
  'init',
  'seed',
];
/** Settings that may change while a run goes on. */
const RULE: readonly SettingKey[] = ['opt', 'lr', 'batch', 'l1', 'l2'];

let run = 0;

const complain = (error: unknown) =>
  notify(`Training stopped: ${error instanceof Error ? error.message : error}`);

function receive(frame: Frame): void {
  if (frame.run !== run) return;
  const { frame: before } = useStore.getState();
  if (frame.status === 'diverged' && before?.status !== 'diverged')
    notify(
      'Training diverged: the weights grew without limit. The last good state is kept; reset, or lower the learning rate.',
    );
  useStore.setState({ frame });
  if (before?.step !== frame.step || before.run !== frame.run) record();
}

/** Adds the numbers of the step at hand to the charts; called again for the same step, it replaces them. */
export function record(): void {
  const { frame, picture, circleResults } = useStore.getState();
  if (!frame) return;
  const C = circleResults?.bounds.map((b) => b.C) ?? [];
  useStore.setState(({ history }) => ({
    history: appendHistory(history, frame.step, {
      trainLoss: frame.train.loss,
      testLoss: frame.test.loss,
      trainAccuracy: frame.train.accuracy,
      testAccuracy: frame.test.accuracy,
      activationRegions: picture?.complex.faceCount ?? null,
      linearRegions: picture?.linearCount ?? null,
      meanC: C.length > 0 ? C.reduce((a, b) => a + b, 0) / C.length : null,
    }),
  }));
}

/** Starts a run from the settings' seeds and replays their steps. */
export function startRun(settings: Settings): void {
  run++;
  useStore.setState({ samples: buildData(settings), history: emptyHistory() });
  training.start(run, settings, Comlink.proxy(receive)).catch(complain);
}

/**
 * Changes settings, and whatever follows from them: a new beginning, a new rule from this step on, or only another
 * look at the same network.
 */
export function change(part: Partial<Settings>): void {
  const { settings: before, frame } = useStore.getState();
  const changed = (Object.keys(part) as SettingKey[]).filter((key) => part[key] !== before[key]);
  if (changed.length === 0) return;
  let settings: Settings = { ...before, ...part };
  if (changed.some((key) => BEGINNING.includes(key))) {
    const playing = frame?.status === 'playing';
    settings = { ...settings, steps: 0, run: [] };
    useStore.setState({ settings });
    startRun(settings);
    if (playing) play();
    return;
  }
  const step = frame?.step ?? 0;
  if (changed.some((key) => RULE.includes(key)) && step > 0) {
    const { opt, lr, batch, l1, l2 } = before;
    const earlier = before.run.filter((phase) => phase.until < step);
    const same = before.run.some((phase) => phase.until === step);
    settings = {
      ...settings,
      run: same ? before.run : [...earlier, { until: step, opt, lr, batch, l1, l2 }],
    };
  }
  useStore.setState({ settings });
  if (changed.some((key) => RULE.includes(key) || key === 'speed'))
    training.configure(settings).catch(complain);
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

export function play(): void {
  const { samples } = useStore.getState();
  if (samples && samples.train.count === 0) {
    notify('There are no points to train on: draw some, or choose other data.');
    return;
  }
  training.play().catch(complain);
}

export function pause(): void {
  training.pause().catch(complain);
}

export function advance(unit: 'step' | 'epoch'): void {
  training.advance(unit).catch(complain);
}
