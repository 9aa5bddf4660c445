import type { LadderResult } from '../../src/bounds/ladder.ts';
import { type BoundMethod, boundMethods, workPerBall } from '../../src/bounds/methods.ts';
import type { Attempt } from '../../src/jobs/latest.ts';
import type { Context } from './context.ts';
import { placeOf, zaslavskyOf } from './measured.ts';
import type { State } from './state.ts';
import { type Cause, SUPERSEDED } from './superseding.ts';

/** Multiply-adds that a method may take while a person drags: some tens of milliseconds. */
const MOST_QUICK_WORK = 5e7;
/** The others, half a second each for the largest network, wait until nothing has changed for this long. */
const REST_MS = 300;

/** What the ladder is about: the circle as it was measured, so that the neurons that do switch are known beside it. */
function subject({ circleResults, selected, ladderOpen }: State) {
  const at = placeOf(circleResults, selected);
  if (!ladderOpen || !circleResults || at < 0) return null;
  const { circles, bounds } = circleResults;
  return { results: circleResults, circle: circles[at], one: bounds[at] };
}

/** Keeps the tighter bounds of the selected circle up to date while they are shown. */
export function createLadder(context: Context) {
  const { compute } = context.workers;

  const measure = async (attempt: Attempt<Cause>): Promise<void> => {
    const about = subject(context.state);
    if (!about) return;
    const { results, circle, one } = about;
    const { net } = results;
    const { signal } = attempt;
    const bounds = (methods: readonly BoundMethod[]) =>
      compute.job('ladder', { net, disc: circle, methods }, { signal });
    // Algorithm 1 is what the circle shows already.
    const others = boundMethods.filter((method) => method !== 'algorithm1');
    const quick = others.filter((method) => workPerBall(net, method) <= MOST_QUICK_WORK);
    const rows = await bounds(quick);
    const known = new Map<BoundMethod, Pick<LadderResult, 'C' | 'zaslavsky'>>([
      ['algorithm1', { C: one.C, zaslavsky: zaslavskyOf(one) }],
      ...rows.map((row, i) => [quick[i], row] as const),
    ]);
    const show = () => {
      const rows = boundMethods.map((method) => ({
        method,
        ...(known.get(method) ?? { C: null, zaslavsky: null }),
      }));
      context.set({ ladder: { results, circle, rows } });
    };
    show();
    if (attempt.outdated) return;
    attempt.enter(SUPERSEDED.slowLadder);
    for (const method of others) {
      if (known.has(method)) continue;
      await attempt.rest(REST_MS);
      const [row] = await bounds([method]);
      known.set(method, row);
      show();
    }
  };

  const follower = context.latest('ladder', measure, (error) =>
    context.notifyError('The tighter bounds could not be computed', error),
  );

  let shown = subject(context.state);
  context.watch(subject, (next) => {
    if (next?.results.net === shown?.results.net && next?.circle === shown?.circle) return;
    shown = next;
    follower.request('change');
  });

  return {
    /** Computes them again: the worker has been lost. */
    repeat: (): void => follower.request('change'),
  };
}
