import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { createRandom } from '../../src/random.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import { dualGraph } from '../../src/regions/complex/dualGraph.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { outputMaps } from '../../src/regions/linear/outputMaps.ts';
import { creaseLength } from '../../src/regions/measure/creaseLength.ts';
import { decisionBoundary } from '../../src/regions/measure/decisionBoundary.ts';
import { insphere } from '../../src/regions/measure/insphere.ts';
import { regionStatistics } from '../../src/regions/measure/statistics.ts';
import { nearestAlong } from '../../src/regions/query/direction.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { CreaseDistance } from '../../src/regions/query/distance.ts';
import { lineCrossings } from '../../src/regions/query/line.ts';
import { createLocator } from '../../src/regions/query/locate.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import medium from '../cases/nets/2-64-64-64-1.json';
import wide from '../cases/nets/2-256-256-1.json';
import type { Row } from './table.ts';

const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
const ROUNDS = 5;

interface Subject {
  readonly net: Model;
  readonly complex: RegionComplex;
}

interface Query {
  readonly name: string;
  /** How often the query runs in a round. */
  readonly times: number;
  /** Creates the query; this time does not count. */
  readonly prepare: (subject: Subject, random: () => number) => () => unknown;
}

const face = ({ complex }: Subject, random: () => number) =>
  Math.floor(random() * complex.faceCount);
const point = (random: () => number): [number, number] => [2 * random() - 1, 2 * random() - 1];

const QUERIES: readonly Query[] = [
  {
    name: 'locate a point',
    times: 5000,
    prepare: ({ net, complex }, random) => {
      const locator = createLocator(net, complex);
      return () => locator.locate(...point(random));
    },
  },
  {
    name: 'insphere of a region',
    times: 20_000,
    prepare: (subject, random) => () => insphere(subject.complex, face(subject, random)),
  },
  {
    name: 'nearest crease',
    times: 500,
    prepare: ({ net }, random) => {
      const creases = new CreaseDistance(net);
      return () => creases.nearest(point(random));
    },
  },
  {
    name: 'nearest crease along a direction',
    times: 10,
    prepare:
      ({ net }, random) =>
      () =>
        nearestAlong(net, point(random), point(random)),
  },
  {
    name: 'crossings along a segment',
    times: 1,
    prepare:
      ({ net }, random) =>
      () =>
        lineCrossings(net, point(random), point(random)),
  },
  {
    name: 'regions in a disc, r = 0.1',
    times: 1,
    prepare:
      ({ net }, random) =>
      () =>
        discRegions(net, ...point(random), 0.1),
  },
  {
    name: 'dual graph',
    times: 1,
    prepare:
      ({ complex }) =>
      () =>
        dualGraph(complex),
  },
  {
    name: 'statistics',
    times: 1,
    prepare:
      ({ complex }) =>
      () =>
        regionStatistics(complex),
  },
  {
    name: 'crease length',
    times: 1,
    prepare:
      ({ net, complex }) =>
      () =>
        creaseLength(net, complex),
  },
  {
    name: 'linear regions',
    times: 1,
    prepare:
      ({ net, complex }) =>
      () =>
        linearRegions(net, complex),
  },
  {
    name: 'decision boundary',
    times: 1,
    prepare: ({ net, complex }) => {
      const maps = outputMaps(net, complex);
      return () => decisionBoundary(net, complex, maps);
    },
  },
];

/** Microseconds of one thread per query, best of five rounds; random queries are the same in every round. */
export async function queriesBench(): Promise<Row[]> {
  const subjects = [medium, wide].map((file) => {
    const net = networkFromJson(file);
    return { net, complex: subdivide(net, BOX) };
  });
  return QUERIES.map(({ name, times, prepare }) => {
    const row: Row = { query: name };
    for (const subject of subjects) {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < ROUNDS; round++) {
        const ask = prepare(subject, createRandom(1));
        const before = process.cpuUsage();
        for (let i = 0; i < times; i++) ask();
        best = Math.min(best, process.cpuUsage(before).user / times);
      }
      row[`µs, ${subject.complex.faceCount.toLocaleString('en-US')} regions`] = best;
    }
    return row;
  });
}
