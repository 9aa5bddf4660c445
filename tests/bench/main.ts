import { ballBench, ballReachBench, plainBallBench } from './ball.ts';
import { computeBench } from './compute.ts';
import { growthBench } from './growth.ts';
import { hostileBench } from './hostile.ts';
import { ladderBench } from './ladder.ts';
import { parallelBench } from './parallel.ts';
import { queriesBench } from './queries.ts';
import { regionsBench } from './regions.ts';
import { slicesBench } from './slices.ts';
import { soundnessBench } from './soundness.ts';
import { type Row, table } from './table.ts';
import { trainingBench } from './training.ts';

interface Section {
  readonly title: string;
  readonly rows: () => Promise<Row[]>;
  /** Run only when it is named: it takes minutes. */
  readonly onRequest?: true;
}

/** The sections by the name that `npm run bench -- NAME` takes, in the order they run. */
const SECTIONS: Record<string, Section> = {
  regions: { title: 'Subdivision of [−1, 1]², the whole complex, one thread', rows: regionsBench },
  growth: { title: 'Cost of a region as the network grows, one thread', rows: growthBench },
  parallel: { title: 'Subdivision by two threads that share the work', rows: parallelBench },
  slices: { title: 'The longest slice of 8 ms, on 2-512-512-1', rows: slicesBench },
  queries: { title: 'Queries, one thread', rows: queriesBench },
  compute: { title: 'Algorithm 1 and forward pass in batches', rows: computeBench },
  ladder: { title: 'Local bounds, one thread', rows: ladderBench },
  ball: { title: 'Regions that meet balls around 1,000 drawn digits, one thread', rows: ballBench },
  ballPlain: {
    title: 'The same beside a plain implementation with a library for quadratic programs',
    rows: plainBallBench,
  },
  ballReach: { title: 'Balls of growing radius, one second each', rows: ballReachBench },
  training: { title: 'Training steps', rows: trainingBench },
  soundness: {
    title:
      'The bounds near the threshold of decisions, compared with integers and the worst arithmetic that WGSL allows',
    rows: soundnessBench,
    onRequest: true,
  },
  hostile: {
    title: 'The command line on mutated network, CSV and NPY files',
    rows: hostileBench,
    onRequest: true,
  },
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(SECTIONS, name));
if (unknown !== undefined) {
  const known = [...Object.keys(SECTIONS), 'page', 'soak'].join(', ');
  console.error(`There is no section "${unknown}". The sections are: ${known}.`);
  process.exit(2);
}
for (const [name, { title, rows, onRequest }] of Object.entries(SECTIONS)) {
  if (names.length > 0 ? !names.includes(name) : onRequest) continue;
  console.log(`\n${title}\n`);
  console.log(table(await rows()));
}
// The threads of a GPU device would keep the process alive.
process.exit();
