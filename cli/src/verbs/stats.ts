import type { RegionComplex } from '../../../src/regions/complex/complex.ts';
import { faceArea } from '../../../src/regions/complex/faces.ts';
import { neighbourFaces } from '../../../src/regions/complex/neighbours.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { creaseLength } from '../../../src/regions/measure/creaseLength.ts';
import { insphere } from '../../../src/regions/measure/insphere.ts';
import { regionStatistics, type Summary } from '../../../src/regions/measure/statistics.ts';
import { ALL_REGIONS, allRegions, BOX, requirePlane } from './options.ts';
import type { Verb } from './verb.ts';

const TOP = { name: 'top', value: 'N', help: 'length of the lists of regions (5)' };

/** Without the percentiles between the tenths. */
const inShort = ({ quantiles, ...rest }: Summary) => ({
  ...rest,
  deciles: Array.from({ length: 11 }, (_, i) => quantiles[10 * i]),
});

/**
 * A region as a list of many shows it: the rounded sizes by which the list is ordered. `at` lies inside, and
 * `region --at` gives more.
 */
function brief(complex: RegionComplex, face: number) {
  const { x, y, r } = insphere(complex, face);
  return {
    at: [x, y],
    area: faceArea(complex, face),
    r,
    neighbours: neighbourFaces(complex, face).length,
  };
}

export const stats: Verb = {
  name: 'stats',
  summary: 'measure the regions in a box of the plane: areas, neighbours, length of the creases',
  options: [...ALL_REGIONS, TOP],
  prints: `{activationRegions, linearRegions, area, neighbours, neighbourCounts, creaseLength, largest, smallest,
mostNeighboured}; area and neighbours are {min, median, mean, max, total, deciles}, creaseLength is
{activation, linear, perLayer, perNeuron}, the lists hold {at, area, r, neighbours}`,
  run(net, given, progress) {
    requirePlane(net);
    const top = given.limit(TOP.name, 5);
    const complex = allRegions(net, given.box(BOX.name), given, progress);
    const { count, changes } = linearRegions(net, complex);
    const found = regionStatistics(complex, { top });
    const creases = creaseLength(net, complex);
    const list = (faces: readonly number[]) => faces.map((face) => brief(complex, face));
    return {
      activationRegions: found.regions,
      linearRegions: count,
      area: inShort(found.area),
      neighbours: inShort(found.degree),
      neighbourCounts: found.degreeCounts,
      creaseLength: {
        activation: creases.total,
        linear: creaseLength(net, complex, { changes }).total,
        perLayer: creases.perLayer,
        perNeuron: creases.perNeuron,
      },
      largest: list(found.largest),
      smallest: list(found.smallest),
      mostNeighboured: list(found.mostNeighboured),
    };
  },
};
