import type { Attempt } from '../../src/jobs/latest.ts';
import type { Model } from '../../src/model/model.ts';
import type { Context } from './context.ts';
import { placeOf } from './measured.ts';
import type { Circle, State } from './state.ts';
import { type Cause, SUPERSEDED } from './superseding.ts';

/** More points are drawn when nothing has changed for this long. */
const REST_MS = 300;
/** The same circle always shows the same points. */
const SEED = 1;

interface Target {
  readonly run: number;
  readonly net: Model;
  readonly circle: Circle;
}

/** Points of the first look, which comes with every move of a circle, and of those that follow while nothing moves. */
const STEPS = [2_000, 20_000, 100_000];
/** A point that shows something new is looked at again in 64 bits: about so many forward passes. */
const WORK = 5;
/** Multiply-adds of the first look, where all its points show something new: a fifth of a second. */
const FIRST_WORK = 2e8;
/** Fewer points than this show nothing. */
const FEWEST = 50;

/** How many points are drawn from a circle, look by look; each look begins again with the points of the one before. */
export function sampleSteps(net: Model): number[] {
  const share = Math.min(1, FIRST_WORK / (WORK * net.work * STEPS[0]));
  return STEPS.map((samples) => Math.max(FEWEST, round(share * samples)));
}

/** Down to two digits: the number stands before a person. */
function round(samples: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(samples)) - 1);
  return Math.floor(samples / unit) * unit;
}

/** The circle to sample, as it was measured: the ladder is open, or the exact count is not there. */
function wanted({ circleResults, selected, ladderOpen }: State): Target | null {
  const at = placeOf(circleResults, selected);
  if (!circleResults || at < 0) return null;
  const { run, net, circles, exact } = circleResults;
  return ladderOpen || !exact[at]?.complete ? { run, net, circle: circles[at] } : null;
}

/** Keeps a lower bound on the regions that the selected circle meets up to date. */
export function createSampling(context: Context) {
  const { compute } = context.workers;
  let target: Target | null = null;

  const measure = async (attempt: Attempt<Cause>): Promise<void> => {
    const mine = target;
    if (!mine) return;
    const { net, circle } = mine;
    for (const [i, samples] of sampleSteps(net).entries()) {
      if (attempt.outdated) return;
      if (i > 0) {
        attempt.enter(SUPERSEDED.moreSamples);
        await attempt.rest(REST_MS);
      }
      const asked = { net, disc: circle, samples, seed: SEED, urgent: i === 0 };
      const found = await compute.job('sample', asked, { signal: attempt.signal });
      context.set({ sampled: { ...mine, ...found } });
    }
  };

  const follower = context.latest('samples', measure, (error) =>
    context.notifyError('The regions in the circle could not be sampled', error),
  );

  context.watch(wanted, (next) => {
    if (next?.net === target?.net && next?.circle === target?.circle) return;
    target = next;
    follower.request('change');
  });

  return {
    /** Draws the points again: the worker has been lost. */
    repeat: (): void => follower.request('change'),
  };
}
