import { networkFromJson } from '../../src/network/json.ts';
import { linearRegions } from '../../src/regions/linearRegions.ts';
import { subdivide } from '../../src/regions/subdivide.ts';
import tiny from '../cases/nets/2-16-16-1.json';
import small from '../cases/nets/2-32-32-32-1.json';
import medium from '../cases/nets/2-64-64-64-1.json';
import large from '../cases/nets/2-128-128-128-1.json';
import wide from '../cases/nets/2-256-256-1.json';
import type { Row } from './table.ts';

interface Subject {
  readonly network: string;
  readonly file: unknown;
  /** Milliseconds that a prototype took that only counted the regions, without building them. */
  readonly prototype?: number;
}

const SUBJECTS: readonly Subject[] = [
  { network: '2-16-16-1', file: tiny },
  { network: '2-32-32-32-1', file: small, prototype: 1.5 },
  { network: '2-64-64-64-1', file: medium, prototype: 13 },
  { network: '2-128-128-128-1', file: large, prototype: 126 },
  { network: '2-256-256-1', file: wide, prototype: 96 },
];
const ROUNDS = 5;
const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };

/** Runs before the clock counts: the compiler needs some to see what is hot, the smallest networks most. */
const WARM_UP_MS = 150;

/** Least time of five runs, after a warm-up. */
function best(work: () => unknown): number {
  const warm = performance.now() + WARM_UP_MS;
  do work();
  while (performance.now() < warm);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Time of the whole complex, single thread, beside the counting prototype; and of gluing linear regions on top. */
export async function regionsBench(): Promise<Row[]> {
  return SUBJECTS.map(({ network, file, prototype }) => {
    const net = networkFromJson(file);
    const complex = subdivide(net, BOX);
    const ms = best(() => subdivide(net, BOX));
    return {
      network,
      regions: complex.faceCount,
      'complex, ms (best of 5)': ms,
      'counting prototype, ms': prototype ?? '–',
      ratio: prototype === undefined ? '–' : ms / prototype,
      'linear regions, ms': best(() => linearRegions(net, complex)),
    };
  });
}
