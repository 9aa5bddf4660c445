import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../../../src/jobs/client.ts';
import { portPair } from '../../../src/jobs/port.ts';
import { serve } from '../../../src/jobs/server.ts';
import type { Frame, TrainingJobs } from '../../../src/jobs/services.ts';
import { trainingJobs } from '../../../src/jobs/training.ts';
import { withPhase } from '../../../src/settings/change.ts';
import { initialSettings, type Settings } from '../../../src/settings/schema.ts';

const small: Settings = { ...initialSettings, net: [2, 4, 1], n: 40, batch: 5 };

const clients: Client<TrainingJobs>[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** A run of the settings in a worker of its own; every job resolves to its last frame. */
async function begin(settings: Settings) {
  const [mine, theirs] = portPair();
  serve(theirs, trainingJobs());
  const client = new Client<TrainingJobs>(mine);
  clients.push(client);
  const last = async (work: (told: (frame: Frame) => void) => Promise<unknown>): Promise<Frame> => {
    let newest: Frame | undefined;
    await work((frame) => {
      newest = frame;
    });
    if (newest === undefined) throw new Error('no frame');
    return newest;
  };
  const first = await last((onProgress) =>
    client.job('start', { run: 1, settings }, { onProgress }),
  );
  return {
    first,
    seek: (step: number) =>
      last((onProgress) => client.job('seek', { step }, { onProgress, waitForStop: true })),
    step: () => last((onProgress) => client.job('advance', { unit: 'step' }, { onProgress })),
    configure: (settings: Settings) => client.job('configure', { settings }),
  };
}

const shown = ({ step, epoch, dead, net, train, test }: Frame) => ({
  step,
  epoch,
  dead,
  layers: net.layers,
  train,
  test,
});
const replayed = async (settings: Settings, steps: number) =>
  shown((await begin({ ...settings, steps })).first);

describe('going back in a run', () => {
  it.each(['sgd', 'momentum', 'adam'])('shows the weights of a replay, with %s', async (opt) => {
    const settings = { ...small, opt, steps: 400 };
    const run = await begin(settings);
    for (const step of [399, 137, 0, 64, 5, 250, 400, 401]) {
      const frame = await run.seek(step);
      expect(frame.status).toBe('paused');
      expect(shown(frame)).toEqual(await replayed(settings, step));
    }
  });

  it('and on from there leads through the same steps again', async () => {
    const run = await begin({ ...small, steps: 300 });
    await run.seek(100);
    expect(shown(await run.step())).toEqual(await replayed(small, 101));
    expect(shown(await run.seek(300))).toEqual(await replayed(small, 300));
  });

  it('and on under another rule is a branch: the run that its link replays', async () => {
    const run = await begin({ ...small, steps: 300 });
    await run.seek(100);
    const changed = { ...small, lr: 0.1, opt: 'momentum' };
    const link = withPhase(changed, (await run.configure(changed)).phase);
    expect(link.run.map(({ until }) => until)).toEqual([100]);
    expect(shown(await run.seek(250))).toEqual(await replayed(link, 250));
    // Back into the stretch before the branch, whose rule was another.
    expect(shown(await run.seek(90))).toEqual(await replayed(small, 90));
    expect(shown(await run.seek(180))).toEqual(await replayed(link, 180));
  });

  it('from a step that diverged with a new optimiser, and on with the one before, is the run of its link', async () => {
    let tried = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const settings: Settings = {
        ...small,
        act: 'leaky',
        opt: 'momentum',
        lr: 10,
        l2: 1,
        seed,
        steps: 500,
      };
      const run = await begin(settings);
      if (run.first.status !== 'diverged') continue;
      const at = run.first.step;
      const other = { ...settings, opt: 'sgd' };
      let link = withPhase(other, (await run.configure(other)).phase);
      if ((await run.step()).status !== 'diverged') continue;
      tried++;
      const back = { ...link, opt: 'momentum', lr: 0.001, l2: 0 };
      link = withPhase(back, (await run.configure(back)).phase);
      expect(link.run.map(({ until }) => until)).toEqual([at]);
      expect(shown(await run.seek(at + 20))).toEqual(await replayed(link, at + 20));
      expect(shown(await run.seek(at))).toEqual(await replayed(link, at));
    }
    expect(tried).toBeGreaterThan(2);
  });
});
