import { InputError } from '../../../src/errors.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import {
  acrossEdges,
  linearRegionOf,
  regionFacts,
  regionRecord,
} from '../../../src/regions/measure/regionFacts.ts';
import { locate } from '../../../src/regions/query/locate.ts';
import { ALL_REGIONS, AT, allRegions, BOX, requirePlane } from './options.ts';
import type { Verb } from './verb.ts';

export const region: Verb = {
  name: 'region',
  summary: 'describe the activation region around a point of the plane',
  options: [AT, ...ALL_REGIONS],
  prints: `{pattern, A, b, polygon, area, cutByBox, insphere: {x, y, r, touchesBox}, linearRegion: {index, cells, area},
neighbours: [{layer, neuron, flips, edge, area, at, sameMap}]};
pattern per hidden layer, f(x) = A x + b, polygon counter-clockwise`,
  run(net, given, progress) {
    requirePlane(net);
    const box = given.box(BOX.name);
    const [x, y] = given.point(AT.name, 2);
    if (x < box.xMin || x > box.xMax || y < box.yMin || y > box.yMax)
      throw new InputError(
        `the point ${x},${y} lies outside the box: move it or give a larger --box`,
      );
    const complex = allRegions(net, box, given, progress);
    const face = locate(net, complex, x, y);
    const linear = linearRegions(net, complex);
    return {
      ...regionRecord(regionFacts(net, complex, face)),
      linearRegion: linearRegionOf(net, complex, linear, face),
      neighbours: acrossEdges(net, complex, linear, face),
    };
  },
};
