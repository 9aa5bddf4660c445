import { InputError } from '../../../src/errors.ts';
import { outputSize } from '../../../src/network/network.ts';
import { affineMap } from '../../../src/regions/affineMap.ts';
import { checkPlane } from '../../../src/regions/domain.ts';
import { faceArea, facePolygon, patternLayers } from '../../../src/regions/geometry.ts';
import { locate } from '../../../src/regions/locate.ts';
import { AT, allRegions, BOX, MAX_REGIONS } from './options.ts';
import type { Verb } from './verb.ts';

export const region: Verb = {
  name: 'region',
  summary: 'describe the activation region around a point of the plane',
  options: [AT, BOX, MAX_REGIONS],
  prints:
    '{pattern, A, b, polygon, area}; pattern per hidden layer, f(x) = A x + b, polygon counter-clockwise',
  run(net, given) {
    checkPlane(net);
    const box = given.box(BOX.name);
    const [x, y] = given.point(AT.name, 2);
    if (x < box.xMin || x > box.xMax || y < box.yMin || y > box.yMax)
      throw new InputError(
        `the point ${x},${y} lies outside the box: move it or give a larger --box`,
      );
    const complex = allRegions(net, box, given);
    const face = locate(net, complex, x, y);
    const { A, b } = affineMap(net, complex, face);
    return {
      pattern: patternLayers(net, complex, face),
      A: Array.from({ length: outputSize(net) }, (_, j) => [A[2 * j], A[2 * j + 1]]),
      b,
      polygon: facePolygon(complex, face),
      area: faceArea(complex, face),
    };
  },
};
