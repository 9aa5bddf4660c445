import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession, type Session } from '../../../app/session/session.ts';
import { phaseUntil } from '../../../src/settings/change.ts';
import {
  initialSettings,
  keysInRole,
  type Phase,
  type SettingKey,
  type Settings,
} from '../../../src/settings/schema.ts';
import { otherSettings } from '../../support/otherSettings.ts';
import { trainingHere, WorkersHere } from '../../support/sessionWorkers.ts';

/** The step that the fake worker has come to. */
const STEP = 7;

const training = {
  ...trainingHere(),
  start: vi.fn(async (_run: number, _settings: Settings) => {}),
  configure: vi.fn(async (_settings: Settings): Promise<{ run: number; phase: Phase }> => {
    throw new Error('told in beforeEach');
  }),
  setSpeed: vi.fn(async () => {}),
};
let session: Session;

const settings = (): Settings => session.store.getState().settings;

const change = (part: Partial<Settings>): void => session.actions.change(part);
const changeOne = (key: SettingKey): void => change({ [key]: otherSettings[key] });

beforeEach(() => {
  const workers = new WorkersHere({ training: () => training });
  session = createSession({ settings: initialSettings, workers: workers.start });
  vi.clearAllMocks();
  training.configure.mockImplementation(async () => ({
    run: 1,
    phase: phaseUntil(initialSettings, STEP),
  }));
});
afterEach(() => session.dispose());

describe('changing a setting', () => {
  it.each(keysInRole('beginning'))('starts the run anew for “%s”', (key) => {
    changeOne(key);
    expect(training.start).toHaveBeenCalledExactlyOnceWith(2, settings());
    expect(training.configure).not.toHaveBeenCalled();
    expect(settings()).toEqual({ ...initialSettings, [key]: otherSettings[key] });
  });

  it.each(keysInRole('rule'))('keeps the rule that held before for “%s”', async (key) => {
    changeOne(key);
    expect(training.start).not.toHaveBeenCalled();
    const { opt, lr, batch, l1, l2 } = initialSettings;
    await vi.waitFor(() =>
      expect(settings().run).toEqual([{ until: STEP, opt, lr, batch, l1, l2 }]),
    );
    // And back at the same step: nothing has changed.
    training.configure.mockImplementation(async (next) => ({
      run: 1,
      phase: phaseUntil(next, STEP),
    }));
    change({ [key]: initialSettings[key] });
    await vi.waitFor(() => expect(settings()).toEqual(initialSettings));
  });

  it.each(keysInRole('view'))('leaves the run alone for “%s”', (key) => {
    changeOne(key);
    expect(training.start).not.toHaveBeenCalled();
    expect(training.configure).not.toHaveBeenCalled();
    expect(settings()).toEqual({ ...initialSettings, [key]: otherSettings[key] });
  });

  it('forgets steps and phases of a run that another beginning ends', () => {
    const run = [phaseUntil(initialSettings, 3)];
    session.store.setState({ settings: { ...initialSettings, lr: 0.5, steps: 20, run } });
    change({ seed: 43 });
    expect(training.start).toHaveBeenCalledExactlyOnceWith(2, {
      ...initialSettings,
      lr: 0.5,
      seed: 43,
    });
  });

  it('does nothing where the value is the same', () => {
    change({ lr: initialSettings.lr, seed: initialSettings.seed });
    expect(training.start).not.toHaveBeenCalled();
    expect(training.configure).not.toHaveBeenCalled();
  });
});
