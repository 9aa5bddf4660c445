import { BallCount, type BallRegions } from '../../../src/regions/ball/ball.ts';
import { ballAll, ballTitles } from '../batch/ballAll.ts';
import { BALL_OPTIONS, CENTRES, TABLE_OPTIONS, tableOfBalls } from '../batch/tableOfBalls.ts';
import type { OptionSpec } from '../options.ts';
import { QUIET } from '../progress.ts';
import { AT, SLICE_MS } from './options.ts';
import type { Verb } from './verb.ts';

const RADIUS = { name: 'r', value: 'R', help: 'radius of the ball, greater than 0' };
const BUDGET = {
  name: 'budget',
  value: 'TIME',
  help: 'how long to work on a ball: 10s (default), 500ms, 2min',
};
const BUDGET_MS = 10_000;
/** With --centres only. */
const BATCH_ONLY: readonly OptionSpec[] = [
  ...BALL_OPTIONS,
  ...TABLE_OPTIONS.filter((option) => option !== QUIET),
];

const brief = ({ atLeast, atMost }: BallRegions): string =>
  `at least ${atLeast} regions, at most ${atMost < 2n ** 53n ? atMost : `2^${atMost.toString(2).length}`}`;

export const ball: Verb = {
  name: 'ball',
  summary:
    'count the regions that meet an open ball, at least and at most, proved; any number of inputs',
  options: [AT, RADIUS, BUDGET, ...BALL_OPTIONS, ...TABLE_OPTIONS],
  prints: `{atLeast, atMost, exact, C, nodes, programs, exactDecisions, open, ms} of activation regions; atMost is a decimal string;
exact: atLeast = atMost; C is that of Algorithm 1; open: parts that the time did not suffice for`,
  batch: {
    option: CENTRES.name,
    prints: 'a table with a row per centre: index, C, at_least, at_most, exact (1 or 0), nodes',
    run(net, given, io) {
      const budgetMs = given.duration(BUDGET.name, BUDGET_MS);
      return tableOfBalls(net, given, io, [AT.name, RADIUS.name], ballTitles, async () => ({
        run: (task) => ballAll(task, budgetMs, io),
        description: 'one thread',
        dispose: () => {},
      }));
    },
  },
  run(net, given, progress) {
    given.refuse(BATCH_ONLY, CENTRES.name);
    const point = given.point(AT.name, net.inputs);
    const radius = given.positive(RADIUS.name);
    const budgetMs = given.duration(BUDGET.name, BUDGET_MS);
    const start = performance.now();
    const work = new BallCount(net, point, radius);
    for (;;) {
      const left = budgetMs - (performance.now() - start);
      if (left <= 0 || work.run(Math.min(SLICE_MS, left))) break;
      progress.show(() => brief(work.sofar()));
    }
    const { atMost, ...rest } = work.sofar();
    const ms = performance.now() - start;
    const { atLeast, ...others } = rest;
    return { atLeast, atMost: String(atMost), ...others, ms: Math.round(1000 * ms) / 1000 };
  },
};
