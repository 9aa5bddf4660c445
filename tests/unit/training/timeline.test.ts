import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';
import {
  type Gaps,
  replayGaps,
  TIMELINE_BYTES,
  Timeline,
  thinning,
} from '../../../src/training/timeline.ts';
import { trainerStateBytes } from '../../../src/training/trainer.ts';

/** A timeline after `steps` steps, of states of `size` bytes, and the largest gap before any step. */
function filled(steps: number, size: number, limit: number, gaps: Gaps) {
  const timeline = new Timeline<number>(() => size, limit);
  let most = 0;
  for (let step = 1; step <= steps; step++) {
    if (timeline.wants(step, gaps)) timeline.add(step, step, gaps);
    most = Math.max(most, timeline.bytes);
  }
  const kept = [0, ...timeline.steps, steps];
  const widest = Math.max(...kept.slice(1).map((step, i) => step - kept[i]));
  return { timeline, most, widest };
}

describe('what is kept of a run of 100,000 steps', () => {
  it.each([
    ['2-8-8-1', '', 200_000],
    ['2-8-8-1 on a slow machine', '', 500],
    ['2-64-64-64-1', 'net=2-64-64-64-1&data=spiral', 5000],
    ['2-32-32-32-32-1 with 2,000 samples', 'net=2-32-32-32-32-1&n=2000', 8000],
  ])('of %s fits into 64 MB, and no step is more than a second of replay away', (_, link, rate) => {
    const trainer = buildTrainer(readLink(link).settings);
    for (let i = 0; i < 3; i++) trainer.step();
    const size = trainerStateBytes(trainer.save());
    const { most, widest, timeline } = filled(100_000, size, TIMELINE_BYTES, replayGaps(rate));
    expect(most).toBeLessThanOrEqual(64 * 2 ** 20);
    expect(widest).toBeLessThanOrEqual(rate);
    // Fair: the last hundred steps have smaller gaps than the first.
    const { steps } = timeline;
    expect(steps[steps.length - 1] - steps[steps.length - 2]).toBeLessThanOrEqual(steps[1]);
  });

  it('stays within memory where that is too small for a second of replay, with even gaps', () => {
    const { most, widest, timeline } = filled(10_000, 1000, 20_000, { fine: 1, coarse: 16 });
    expect(most).toBeLessThanOrEqual(20_000);
    expect(timeline.steps.length).toBeGreaterThan(4);
    expect(widest).toBeLessThanOrEqual(4096);
  });

  it('is nothing where a single state is too large', () => {
    const { timeline, most } = filled(100, 1001, 1000, { fine: 1, coarse: 4 });
    expect([timeline.steps, most]).toEqual([[], 0]);
    expect(timeline.nearest(50)).toBeUndefined();
  });
});

describe('thinning', () => {
  const powers = fc.nat(8);
  it('keeps step 0, the newest, at most as many as there is room for, and no wider gaps than needed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 3, max: 3000 }),
        powers,
        powers,
        (newest, capacity, a, b) => {
          const gaps = { fine: 2 ** Math.min(a, b), coarse: 2 ** Math.max(a, b) };
          const keeps = thinning(newest, capacity, gaps);
          const kept = Array.from({ length: newest + 1 }, (_, step) => step).filter(keeps);
          expect([kept[0], kept[kept.length - 1]]).toEqual([0, newest]);
          expect(kept.length).toBeLessThanOrEqual(capacity);
          const widest = Math.max(...kept.slice(1).map((step, i) => step - kept[i]));
          // With room for the coarse gaps and some twenty more, these are kept to.
          const needed = newest / gaps.coarse + 2 * Math.log2(gaps.coarse / gaps.fine) + 5;
          if (capacity >= needed) expect(widest).toBeLessThanOrEqual(gaps.coarse);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never wants again what it has dropped, as long as the gaps stay', () => {
    const gaps = { fine: 2, coarse: 64 };
    for (let newest = 100; newest < 3000; newest += 7) {
      const [before, after] = [thinning(newest, 300, gaps), thinning(newest + 7, 300, gaps)];
      for (let step = 0; step < newest; step++)
        if (after(step)) expect(before(step), `${step} of ${newest}`).toBe(true);
    }
  });
});

describe('a timeline', () => {
  const gaps = { fine: 10, coarse: 1000 };
  const some = () => filled(1000, 1, 1e6, gaps).timeline;

  it('finds the last state at or before a step', () => {
    const timeline = some();
    expect(timeline.nearest(9)).toBeUndefined();
    for (const [step, found] of [
      [10, 10],
      [19, 10],
      [995, 990],
      [5000, 1000],
    ])
      expect(timeline.nearest(step)).toEqual({ step: found, state: found });
  });

  it('forgets what comes after the beginning of a branch, and takes the steps of the branch', () => {
    const timeline = some();
    expect(timeline.wants(510, gaps)).toBe(false);
    timeline.add(510, -1, gaps);
    expect(timeline.nearest(510)?.state).toBe(510);
    timeline.dropAfter(505);
    expect(timeline.steps.at(-1)).toBe(500);
    expect(timeline.bytes).toBe(50);
    expect(timeline.wants(510, gaps)).toBe(true);
    timeline.add(510, -1, gaps);
    expect(timeline.nearest(2000)).toEqual({ step: 510, state: -1 });
  });
});
