import { InputError } from '../../../src/errors.ts';
import { outputSize } from '../../../src/network/network.ts';
import { patternLayers } from '../../../src/regions/complex/faces.ts';
import { affineMap } from '../../../src/regions/linear/affineMap.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { faceGeometry } from '../../../src/regions/measure/faceGeometry.ts';
import { locate } from '../../../src/regions/query/locate.ts';
import { across, linearRegionOf, touchesBorder } from './describe.ts';
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
    const geometry = faceGeometry(net, complex);
    const { x: cx, y: cy, r, clipped } = geometry.insphere(face);
    const { A, b } = affineMap(net, complex, face);
    return {
      pattern: patternLayers(net, complex, face),
      A: Array.from({ length: outputSize(net) }, (_, j) => [A[2 * j], A[2 * j + 1]]),
      b,
      polygon: geometry.polygon(face),
      area: geometry.area(face),
      cutByBox: touchesBorder(complex, face),
      insphere: { x: cx, y: cy, r, touchesBox: clipped },
      linearRegion: linearRegionOf(net, complex, linear, face),
      neighbours: across(net, complex, linear, face),
    };
  },
};
