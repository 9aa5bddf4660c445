import { afterEach, describe, expect, it, vi } from 'vitest';
import { linkSettings } from '../../../app/session/link.ts';
import { createSession, type Session } from '../../../app/session/session.ts';
import type { State } from '../../../app/session/state.ts';
import { pictureJob } from '../../../src/jobs/geometry/picture.ts';
import type { Served, Turn } from '../../../src/jobs/server.ts';
import type { ComputeJobs, ComputeStatus, PictureProgress } from '../../../src/jobs/services.ts';
import { buildTrainer, ruleAt } from '../../../src/settings/build.ts';
import { MAX_CIRCLES } from '../../../src/settings/compound.ts';
import { readLink, writeLink } from '../../../src/settings/link.ts';
import { initialSettings, type Settings } from '../../../src/settings/schema.ts';
import { computeHere, geometryHere, nobody, WorkersHere } from '../../support/sessionWorkers.ts';

const SIZE = { width: 300, height: 300 };
const small: Settings = { ...initialSettings, net: [2, 4, 1], n: 50 };

const sessions: Session[] = [];
function begin(settings: Settings, workers = new WorkersHere()): Session {
  const session = createSession({ settings, workers: workers.start });
  sessions.push(session);
  return session;
}
afterEach(() => {
  vi.useRealTimers();
  for (const session of sessions.splice(0)) session.dispose();
});

/** The state, as soon as `known` says so. */
const until = async (session: Session, known: (s: State) => boolean): Promise<State> => {
  await vi.waitFor(() => expect(known(session.store.getState())).toBe(true), { timeout: 5000 });
  return session.store.getState();
};

describe('a session without a page', () => {
  it('starts a run, draws it for a map of the size it is told, and measures its circles', async () => {
    const session = begin({ ...small, pick: [[0, 0, 0.5]] });
    const { net } = (await until(session, (s) => s.frame !== null)).frame!;
    expect(session.store.getState().picture).toBeNull();
    session.actions.resize(SIZE);
    const { picture, circleResults, history } = await until(
      session,
      (s) => s.picture !== null && s.circleResults?.exact[0] != null,
    );
    expect(picture?.net).toBe(net);
    expect(picture?.complex.box).toEqual({ xMin: -1.2, xMax: 1.2, yMin: -1.2, yMax: 1.2 });
    expect(circleResults?.net).toBe(net);
    expect(circleResults!.exact[0]!.activationRegions).toBeLessThanOrEqual(
      2 ** circleResults!.bounds[0].C,
    );
    expect(history.rows.map(({ step }) => step)).toEqual([0]);
  });

  it('trains until it is told to pause, and draws the network it came to', async () => {
    const session = begin(small);
    session.actions.resize(SIZE);
    session.actions.play();
    await until(session, (s) => (s.frame?.step ?? 0) >= 3);
    session.actions.pause();
    const { frame, picture } = await until(
      session,
      (s) => s.frame?.status === 'paused' && s.picture?.net === s.frame.net,
    );
    expect(picture?.step).toBe(frame?.step);
  });

  it('shows of two pictures the one of the view that was asked for last', async () => {
    const asked: { xMax: number; turn: Turn<PictureProgress> }[] = [];
    let draw: () => void = () => {};
    const drawn = new Promise<void>((resolve) => {
      draw = resolve;
    });
    const picture = pictureJob(nobody);
    const geometry = {
      ...geometryHere(),
      picture: async (...[parameters, turn]: Parameters<typeof picture>) => {
        asked.push({ xMax: parameters.box.xMax, turn });
        await drawn;
        return await (picture(parameters, turn) as ReturnType<ReturnType<typeof pictureJob>>);
      },
    };
    const session = begin(small, new WorkersHere({ geometry: () => geometry }));
    await until(session, (s) => s.frame !== null);
    session.actions.resize(SIZE);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    session.actions.change({ view: { x: 0, y: 0, half: 0.5 } });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked.map(({ xMax }) => xMax)).toEqual([1.2, 0.5]);
    expect(asked.map(({ turn }) => turn.signal.aborted)).toEqual([true, false]);
    asked[1].turn.tell({ regions: 7, sketch: null });
    expect((await until(session, (s) => s.working !== null)).working).toBe(7);
    // Nobody waits any more for what the first one says.
    asked[0].turn.tell({ regions: 3, sketch: null });
    draw();
    const { picture: shown } = await until(session, (s) => s.picture !== null);
    expect(shown?.complex.box).toEqual({ xMin: -0.5, xMax: 0.5, yMin: -0.5, yMax: 0.5 });
    expect(session.store.getState().working).toBeNull();
    // Late progress of a finished picture is ignored.
    asked[1].turn.tell({ regions: 9, sketch: null });
    await new Promise((resolve) => setTimeout(resolve));
    expect(session.store.getState().working).toBeNull();
  });

  it('says that a device was lost, and goes on with what took its place', async () => {
    let tell: ((status: ComputeStatus) => void) | null = null;
    const compute: Served<ComputeJobs> = {
      ...computeHere(),
      backend: (_, turn) => {
        tell = (status) => turn.tell(status);
        return new Promise<never>(() => {});
      },
    };
    const session = begin(small, new WorkersHere({ compute: () => compute }));
    await vi.waitFor(() => expect(tell).not.toBeNull());
    const notice = 'The GPU was lost; the CPU goes on.';
    for (let i = 0; i < 2; i++)
      tell!({ backend: 'simd', description: 'CPU', rate: null, lastError: notice, notice });
    const { compute: status, notices } = await until(session, (s) => s.compute !== null);
    expect(status?.backend).toBe('simd');
    expect(notices.map(({ text }) => text)).toEqual([notice]);
  });

  it('removes notices about a link or a run when another replaces it', async () => {
    const session = begin(small);
    const said = () => session.store.getState().notices.map(({ text }) => text);
    const wild: Partial<Settings> = { act: 'leaky', opt: 'momentum', lr: 10 };
    session.actions.notify('told by the page');
    session.actions.openLink({ hash: 'net=2-4-1&lr=1e9', query: '' });
    expect(said().at(-1)).toContain('Learning rate: 1e9 lies outside');
    session.actions.change(wild);
    session.actions.play();
    await until(session, (s) => s.frame?.status === 'diverged');
    expect(said()).toHaveLength(3);
    session.actions.newWeights();
    expect(said().some((text) => text.startsWith('Training diverged'))).toBe(false);
    session.actions.openLink({ hash: 'net=2-4-1', query: '' });
    expect(said()).toEqual(['told by the page']);
  });

  it('removes the notice that training diverged when a lower rate lets it continue', async () => {
    const session = begin({ ...small, act: 'leaky', opt: 'momentum', lr: 10 });
    session.actions.play();
    await until(session, (s) => s.frame?.status === 'diverged');
    expect(session.store.getState().notices).toHaveLength(1);
    session.actions.change({ lr: 0.01 });
    const { notices } = await until(session, (s) => s.frame?.status === 'paused');
    expect(notices).toEqual([]);
  });

  it('starts no worker again after its end', async () => {
    const workers = new WorkersHere();
    const session = begin(small, workers);
    await until(session, (s) => s.frame !== null);
    workers.lose('training');
    session.dispose();
    session.actions.startAgain();
    expect(workers.alive).toEqual([]);
    expect(workers.started.filter((name) => name === 'training')).toHaveLength(1);
  });

  it('remembers the rule under which a run diverged, though it was changed twice at once', async () => {
    const session = begin({ ...small, act: 'leaky', opt: 'momentum', lr: 10 });
    session.actions.play();
    const { frame } = await until(session, (s) => s.frame?.status === 'diverged');
    session.actions.change({ lr: 0.02 });
    session.actions.change({ lr: 0.01 });
    const { settings } = await until(session, (s) => s.settings.run.length > 0);
    await until(session, (s) => s.frame?.status === 'paused');
    const { lr, until: step } = settings.run[0];
    expect([lr, step, settings.run.length, settings.lr]).toEqual([10, frame!.step, 1, 0.01]);
  });

  it('takes a run up to the bit when its worker was lost and is started again', async () => {
    const workers = new WorkersHere();
    const session = begin(small, workers);
    session.actions.play();
    await until(session, (s) => (s.frame?.step ?? 0) >= 5);
    workers.lose('training');
    const lost = session.store.getState();
    expect(lost.troubles.training?.cause).toBe('ended');
    expect([lost.frame?.status, lost.interrupted]).toEqual(['paused', 'playing']);
    const reached = lost.frame!;
    const arrived = new Promise<State>((resolve) => {
      const stop = session.store.subscribe((s) => {
        if (s.frame?.net === reached.net) return;
        stop();
        resolve(s);
      });
    });
    session.actions.startAgain();
    const { frame, run, troubles } = await arrived;
    expect([frame?.step, run, troubles]).toEqual([reached.step, lost.run, {}]);
    expect(frame?.net).toEqual(reached.net);
    await until(session, (s) => (s.frame?.step ?? 0) > reached.step);
    expect(workers.started.filter((name) => name === 'training')).toHaveLength(2);
  });
});

describe('a link', () => {
  const hash = 'net=2-5-1&n=60&lr=0.1&steps=12&run=5,sgd,0.3,10,0,0&pick=0.1,0.2,0.3;-1,0,2';

  it('is replayed to the very weights, through every rule that held, and is written again', async () => {
    const session = begin(small);
    session.actions.openLink({ hash: `#${hash}`, query: '' });
    const { frame, circles, run } = await until(session, (s) => s.frame?.run === 2);
    const { settings } = readLink(hash);
    expect(settings.run).toHaveLength(1);
    const trainer = buildTrainer(settings);
    while (trainer.stepsDone < 12) {
      trainer.configure(ruleAt(settings, trainer.stepsDone));
      trainer.step();
    }
    expect([run, frame?.step]).toEqual([2, 12]);
    expect(frame?.net).toEqual(trainer.snapshot());
    expect(circles.map(({ x, y, r }) => [x, y, r])).toEqual(settings.pick);
    expect(readLink(writeLink(linkSettings(session.store.getState()))).settings).toEqual(settings);
  });

  it('that cannot be used is named in a sentence, and leaves what it does not say as it is by default', async () => {
    const session = begin(small);
    session.actions.openLink({ hash: 'net=2-x-1&colour=red', query: 'theme=pink' });
    const { notices, settings } = await until(session, (s) => s.frame?.run === 2);
    expect(settings).toEqual(initialSettings);
    expect(notices).toHaveLength(1);
    for (const named of ['“2-x-1”', '“colour”', '“pink”']) expect(notices[0].text).toContain(named);
  });
});

describe('all circles at once', () => {
  const pick = Array.from({ length: 3 }, (_, i) => [i / 10, 0, 0.1]);
  const places = (session: Session) => session.store.getState().circles.map(({ x }) => x);

  it('are removed, and come back before those set since', () => {
    const session = begin({ ...small, pick });
    session.actions.clearCircles();
    expect([places(session), session.store.getState().selected]).toEqual([[], null]);
    session.actions.addCircle(0.9, 0);
    const [notice] = session.store.getState().notices;
    expect(notice.text).toBe('3 circles removed.');
    session.actions.bringBack(notice.id);
    expect(places(session)).toEqual([0, 0.1, 0.2, 0.9]);
    expect(session.store.getState().notices).toEqual([]);
    // The one that was chosen since stays so, and ids are told apart.
    expect(session.store.getState().selected).toBe(4);
    session.actions.bringBack(notice.id);
    expect(places(session)).toHaveLength(4);
  });

  it('come back as far as there is room, and only those of the last time', () => {
    const session = begin({ ...small, pick });
    session.actions.clearCircles();
    for (let i = 0; i < MAX_CIRCLES - 1; i++) session.actions.addCircle(0.5, 0);
    session.actions.bringBack(session.store.getState().notices[0].id);
    expect(places(session)).toHaveLength(MAX_CIRCLES);
    session.actions.clearCircles();
    session.actions.addCircle(0.7, 0);
    session.actions.clearCircles();
    expect(session.store.getState().notices.map(({ text }) => text)).toEqual(['1 circle removed.']);
    session.actions.clearCircles();
    expect(session.store.getState().notices).toHaveLength(1);
  });
});

describe('two sessions', () => {
  it('know nothing of each other', async () => {
    const [one, other] = [begin({ ...small, pick: [[0, 0, 1]] }), begin(small)];
    one.actions.addCircle(0.5, 0.5);
    other.actions.addCircle(0.1, 0.1);
    one.actions.reset();
    await until(one, (s) => s.frame?.run === 2);
    const [a, b] = [one.store.getState(), await until(other, (s) => s.frame !== null)];
    expect([a.run, b.run]).toEqual([2, 1]);
    expect(a.circles.map(({ id }) => id)).toEqual([1, 2]);
    expect(b.circles.map(({ id }) => id)).toEqual([1]);
  });
});

describe('a session that is disposed', () => {
  it('leaves no worker, no timer and no call, and does not change any more', async () => {
    vi.useFakeTimers();
    // Somebody waits for each of the timers: a picture and a count that never come, and what follows a first picture.
    const never = { ...geometryHere(), picture: () => new Promise<never>(() => {}) };
    const uncounted = { ...geometryHere(), discs: () => new Promise<never>(() => {}) };
    const workers = new WorkersHere({ geometry: () => never, discs: () => uncounted });
    const session = begin({ ...small, pick: [[0, 0, 0.5]] }, workers);
    await vi.advanceTimersByTimeAsync(1);
    session.actions.resize(SIZE);
    await vi.advanceTimersByTimeAsync(1);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    expect(workers.unanswered).toBeGreaterThan(0);
    expect(workers.alive).toHaveLength(4);
    const before = session.store.getState();
    session.dispose();
    session.dispose();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(workers.alive).toEqual([]);
    expect(workers.ended.toSorted()).toEqual(['compute', 'discs', 'geometry', 'training']);
    expect([workers.unanswered, vi.getTimerCount()]).toEqual([0, 0]);
    session.actions.play();
    session.actions.reset();
    session.actions.addCircle(0, 0);
    session.actions.startAgain();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.store.getState()).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
    expect(workers.alive).toEqual([]);
  });

  it('gets no change of its state any more', async () => {
    const redrawn = vi.fn(() => new Promise<never>(() => {}));
    const workers = new WorkersHere({
      geometry: () => ({ ...geometryHere(), picture: redrawn }),
    });
    const session = begin(small, workers);
    await until(session, (s) => s.frame !== null);
    session.actions.resize(SIZE);
    await vi.waitFor(() => expect(redrawn).toHaveBeenCalled());
    const before = redrawn.mock.calls.length;
    session.dispose();
    session.store.setState({ mapSize: { width: 10, height: 10 }, settings: initialSettings });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(redrawn.mock.calls).toHaveLength(before);
  });
});
