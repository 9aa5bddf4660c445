import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import tiny from '../cases/nets/2-16-16-1.json';
import small from '../cases/nets/2-32-32-32-1.json';
import medium from '../cases/nets/2-64-64-64-1.json';
import large from '../cases/nets/2-128-128-128-1.json';
import wide from '../cases/nets/2-256-256-1.json';
import { best } from './best.ts';
import { heNetwork } from './growth.ts';
import type { Row } from './table.ts';

interface Subject {
  readonly network: string;
  readonly net: Model;
  /** Milliseconds that a prototype took that only counted the regions, without building them. */
  readonly prototype?: number;
}

const SUBJECTS: readonly Subject[] = [
  { network: '2-16-16-1', net: networkFromJson(tiny) },
  { network: '2-32-32-32-1', net: networkFromJson(small), prototype: 1.5 },
  { network: '2-64-64-64-1', net: networkFromJson(medium), prototype: 13 },
  { network: '2-128-128-128-1', net: networkFromJson(large), prototype: 126 },
  { network: '2-256-256-1', net: networkFromJson(wide), prototype: 96 },
  { network: '2-512-512-1, He', net: heNetwork([2, 512, 512, 1]) },
];
const LIMITS = { maxRegions: Number.POSITIVE_INFINITY };
const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };

/**
 * Time of the whole complex on a single thread, compared with the counting prototype; and the additional time for
 * linear regions.
 */
export async function regionsBench(): Promise<Row[]> {
  return SUBJECTS.map(({ network, net, prototype }) => {
    const complex = subdivide(net, BOX, LIMITS);
    const ms = best(() => subdivide(net, BOX, LIMITS));
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
