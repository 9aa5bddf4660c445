import { describe, expect, it } from 'vitest';
import { localBounds } from '../../src/bounds/ladder.ts';
import { type BoundMethod, boundMethods } from '../../src/bounds/methods.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../src/model/model.ts';
import { createRandom, normal } from '../../src/random.ts';
import { discRegions } from '../../src/regions/query/disc.ts';

/**
 * Mean number of neurons that the methods declare unstable, of those that are, and of regions in the disc, for He weights,
 * biases N(0, 0.5²) and centres uniform in [−½, ½]²: an independent implementation's means over `nets` networks
 * with `centres` centres each.
 */
interface Known {
  readonly widths: number[];
  readonly nets: number;
  readonly centres: number;
  readonly r: number;
  readonly means: Record<Column, number>;
}

type Column = BoundMethod | 'exact' | 'regions';

const shallow = { widths: [2, 16, 16, 1], nets: 10, centres: 10 };
const deep = { widths: [2, 32, 32, 32, 1], nets: 5, centres: 8 };
const row = (
  regions: number,
  exact: number,
  algorithm1: number,
  algorithm1plus: number,
  ibp: number,
  zonotope: number,
  crown: number,
) => ({ regions, exact, algorithm1, algorithm1plus, ibp, zonotope, crown });

const known: Known[] = [
  { ...shallow, r: 0.05, means: row(4.2, 1.99, 2.23, 2.15, 3.08, 2.06, 2.04) },
  { ...shallow, r: 0.1, means: row(8.4, 3.77, 4.61, 4.24, 6.13, 3.9, 3.84) },
  { ...shallow, r: 0.3, means: row(42.3, 11.2, 16.93, 14.26, 16.5, 12.78, 12.43) },
  { ...deep, r: 0.05, means: row(12.2, 4.65, 9.4, 5.95, 20.7, 4.92, 4.85) },
  { ...deep, r: 0.1, means: row(33.2, 9.35, 24.1, 16.18, 38.83, 10.68, 10.42) },
];

function heNetwork(widths: number[], seed: number): Model {
  const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed });
  const gauss = normal(createRandom(seed, 100));
  for (const { biases } of net.layers.slice(0, -1))
    for (let j = 0; j < biases.length; j++) biases[j] = 0.5 * gauss();
  return net;
}

const NETS = 30;

/** Every column's mean over a network's centres, network by network. */
function experiment({ widths, centres, r }: Known): Record<Column, number>[] {
  return Array.from({ length: NETS }, (_, n) => {
    const net = heNetwork(widths, n + 1);
    const random = createRandom(n + 1, 101);
    const means = row(0, 0, 0, 0, 0, 0, 0);
    for (let c = 0; c < centres; c++) {
      const [x, y] = [random() - 0.5, random() - 0.5];
      const { activationRegions, switching } = discRegions(net, x, y, r);
      means.regions += activationRegions / centres;
      means.exact += switching.reduce((sum, s) => sum + s, 0) / centres;
      for (const method of boundMethods)
        means[method] += localBounds(net, [x, y], r, method).C / centres;
    }
    return means;
  });
}

/** Mean and standard deviation. */
function moments(values: number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(square) };
}

describe('the ladder on He networks', () => {
  it.each(known)(
    'finds the known mean counts on $widths with r = $r, within sampling error',
    (at) => {
      const found = experiment(at);
      const columns = Object.keys(at.means) as Column[];
      const expectMet = (name: string, of: (means: Record<Column, number>) => number) => {
        const { mean, deviation } = moments(found.map(of));
        // Ours is a mean of NETS networks, the known one of `nets` others.
        const error = deviation * Math.sqrt(1 / NETS + 1 / at.nets);
        const off = Math.abs(mean - of(at.means));
        if (!(off <= 3 * error + 0.01))
          expect.fail(`${name}: ${mean}, known ${of(at.means)} ± ${error}`);
      };
      for (const column of columns) expectMet(column, (means) => means[column]);
      // What a method declares beyond the truth varies less from network to network than the truth itself.
      for (const method of boundMethods)
        expectMet(`${method} beyond the truth`, (means) => means[method] - means.exact);
      const mean = (column: Column) => moments(found.map((means) => means[column])).mean;
      expect(mean('exact')).toBeLessThan(mean('crown'));
      expect(mean('crown')).toBeLessThan(mean('zonotope'));
      expect(mean('zonotope')).toBeLessThan(mean('algorithm1plus'));
      expect(mean('algorithm1plus')).toBeLessThan(mean('algorithm1'));
    },
  );
});
