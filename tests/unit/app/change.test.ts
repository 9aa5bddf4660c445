import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession, type Session } from '../../../app/session/session.ts';
import { trainingJobs } from '../../../src/jobs/training.ts';
import { phaseUntil } from '../../../src/settings/change.ts';
import {
  initialSettings,
  keysInRole,
  type Phase,
  type SettingKey,
  type Settings,
} from '../../../src/settings/schema.ts';
import { initialRule, otherSettings } from '../../support/otherSettings.ts';
import { WorkersHere } from '../../support/sessionWorkers.ts';

/** The step that the fake worker has come to. */
const STEP = 7;

interface Ruled {
  readonly settings: Settings;
}

const training = {
  ...trainingJobs(),
  start: vi.fn(async (_: Ruled & { readonly run: number }) => {}),
  configure: vi.fn(async (_: Ruled): Promise<{ run: number; phase: Phase }> => {
    throw new Error('told in beforeEach');
  }),
  setSpeed: vi.fn(async () => {}),
};
let session: Session;

const settings = (): Settings => session.store.getState().settings;

const change = (part: Partial<Settings>): void => session.actions.change(part);
/** Until what was asked has come to the worker. */
const asked = () => new Promise((resolve) => setTimeout(resolve));
const changeOne = async (key: SettingKey): Promise<void> => {
  change({ [key]: otherSettings[key] });
  await asked();
};
const begins = (settings: Settings) =>
  expect(training.start).toHaveBeenCalledExactlyOnceWith({ run: 2, settings }, expect.anything());

beforeEach(async () => {
  const workers = new WorkersHere({ training: () => training });
  session = createSession({ settings: initialSettings, workers: workers.start });
  await asked();
  vi.clearAllMocks();
  training.configure.mockImplementation(async () => ({
    run: 1,
    phase: phaseUntil(initialSettings, STEP),
  }));
});
afterEach(() => session.dispose());

describe('changing a setting', () => {
  it.each(keysInRole('beginning'))('starts the run again for “%s”', async (key) => {
    await changeOne(key);
    begins(settings());
    expect(training.configure).not.toHaveBeenCalled();
    expect(settings()).toEqual({ ...initialSettings, [key]: otherSettings[key] });
  });

  it.each(keysInRole('rule'))('keeps the rule that held before for “%s”', async (key) => {
    await changeOne(key);
    expect(training.start).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(settings().run).toEqual([{ ...initialRule, until: STEP }]));
    // And back at the same step: nothing has changed.
    training.configure.mockImplementation(async ({ settings }) => ({
      run: 1,
      phase: phaseUntil(settings, STEP),
    }));
    change({ [key]: initialSettings[key] });
    await vi.waitFor(() => expect(settings()).toEqual(initialSettings));
  });

  it.each(keysInRole('view'))('leaves the run alone for “%s”', async (key) => {
    await changeOne(key);
    expect(training.start).not.toHaveBeenCalled();
    expect(training.configure).not.toHaveBeenCalled();
    expect(settings()).toEqual({ ...initialSettings, [key]: otherSettings[key] });
  });

  it('forgets steps and phases of a run that another beginning ends', async () => {
    const run = [phaseUntil(initialSettings, 3)];
    session.store.setState({ settings: { ...initialSettings, lr: 0.5, steps: 20, run } });
    change({ seed: 43 });
    await asked();
    begins({ ...initialSettings, lr: 0.5, seed: 43 });
  });

  it('does nothing where the value is the same', async () => {
    change({ lr: initialSettings.lr, seed: initialSettings.seed });
    await asked();
    expect(training.start).not.toHaveBeenCalled();
    expect(training.configure).not.toHaveBeenCalled();
  });
});
