import { describe, expect, it } from 'vitest';
import { Hold } from '../../../src/jobs/hold.ts';
import { nextTask, pass } from '../../../src/jobs/slices.ts';

/** Counts how often work has passed, until it is told to end. */
function worker(hold: Hold) {
  const work = { rounds: 0, ended: false, done: Promise.resolve() };
  work.done = (async () => {
    while (!work.ended) {
      await pass({ hold });
      work.rounds++;
    }
  })();
  return work;
}

const aWhile = async () => {
  for (let i = 0; i < 20; i++) await nextTask();
};

describe('a hold', () => {
  it('keeps all work waiting that heeds it, and lets all of it go on', async () => {
    const hold = new Hold();
    const works = [worker(hold), worker(hold)];
    await aWhile();
    for (const { rounds } of works) expect(rounds).toBeGreaterThan(0);
    hold.set(true);
    await aWhile();
    const stopped = works.map(({ rounds }) => rounds);
    await aWhile();
    expect(works.map(({ rounds }) => rounds)).toEqual(stopped);
    hold.set(false);
    await aWhile();
    works.forEach(({ rounds }, i) => {
      expect(rounds).toBeGreaterThan(stopped[i]);
    });
    for (const work of works) work.ended = true;
    await Promise.all(works.map(({ done }) => done));
  });

  it('keeps what was let go waiting when it is held again at once', async () => {
    const hold = new Hold();
    hold.set(true);
    const work = worker(hold);
    await aWhile();
    hold.set(false);
    hold.set(true);
    await aWhile();
    expect(work.rounds).toBe(0);
    work.ended = true;
    hold.set(false);
    await work.done;
    expect(work.rounds).toBe(1);
  });

  it('stays for a person who stopped it when it is seen again, and for all when that is lifted unseen', async () => {
    const hold = new Hold();
    const work = worker(hold);
    hold.set(true);
    hold.set(true, 'unseen');
    await aWhile();
    const { rounds } = work;
    hold.set(false, 'unseen');
    await aWhile();
    expect(work.rounds).toBe(rounds);
    hold.set(true, 'unseen');
    hold.set(false);
    await aWhile();
    expect(work.rounds).toBe(rounds);
    hold.set(false, 'unseen');
    await aWhile();
    expect(work.rounds).toBeGreaterThan(rounds);
    work.ended = true;
    await work.done;
  });
});
