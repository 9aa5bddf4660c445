import { describe, expect, it } from 'vitest';
import { Gate } from '../../../app/workers/gate.ts';
import { nextTask } from '../../../src/jobs/slices.ts';

/** Counts how often work has passed, until it is told to end. */
function worker(gate: Gate) {
  const work = { rounds: 0, ended: false, done: Promise.resolve() };
  work.done = (async () => {
    while (!work.ended) {
      await gate.pass();
      work.rounds++;
    }
  })();
  return work;
}

const aWhile = async () => {
  for (let i = 0; i < 20; i++) await nextTask();
};

describe('a gate', () => {
  it('keeps all that come by waiting while it is held, and lets all of them go on', async () => {
    const gate = new Gate();
    const works = [worker(gate), worker(gate)];
    await aWhile();
    for (const { rounds } of works) expect(rounds).toBeGreaterThan(0);
    gate.hold(true);
    await aWhile();
    const stopped = works.map(({ rounds }) => rounds);
    await aWhile();
    expect(works.map(({ rounds }) => rounds)).toEqual(stopped);
    gate.hold(false);
    await aWhile();
    works.forEach(({ rounds }, i) => {
      expect(rounds).toBeGreaterThan(stopped[i]);
    });
    for (const work of works) work.ended = true;
    await Promise.all(works.map(({ done }) => done));
  });

  it('keeps what was let go waiting when it is held again at once', async () => {
    const gate = new Gate();
    gate.hold(true);
    const work = worker(gate);
    await aWhile();
    gate.hold(false);
    gate.hold(true);
    await aWhile();
    expect(work.rounds).toBe(0);
    work.ended = true;
    gate.hold(false);
    await work.done;
    expect(work.rounds).toBe(1);
  });

  it('stays closed for a person who stopped it when it is seen again, and for all when that is lifted unseen', async () => {
    const gate = new Gate();
    const work = worker(gate);
    gate.hold(true);
    gate.hold(true, 'unseen');
    await aWhile();
    const { rounds } = work;
    gate.hold(false, 'unseen');
    await aWhile();
    expect(work.rounds).toBe(rounds);
    gate.hold(true, 'unseen');
    gate.hold(false);
    await aWhile();
    expect(work.rounds).toBe(rounds);
    gate.hold(false, 'unseen');
    await aWhile();
    expect(work.rounds).toBeGreaterThan(rounds);
    work.ended = true;
    await work.done;
  });
});
