import { faceArea } from '../../../src/regions/geometry.ts';
import { linearRegions } from '../../../src/regions/linearRegions.ts';
import { allRegions, BOX, MAX_REGIONS } from './options.ts';
import type { Verb } from './verb.ts';

export const count: Verb = {
  name: 'count',
  summary: 'count the regions in a box of the plane',
  options: [BOX, MAX_REGIONS],
  prints:
    '{activationRegions, linearRegions, vertices, edges, faces, exact, exactDecisions, area, ms}; area sums all faces',
  run(net, given) {
    const box = given.box(BOX.name);
    const start = performance.now();
    const complex = allRegions(net, box, given);
    const linear = linearRegions(net, complex);
    const ms = performance.now() - start;
    let area = 0;
    for (let face = 0; face < complex.faceCount; face++) area += faceArea(complex, face);
    return {
      activationRegions: complex.faceCount,
      linearRegions: linear.count,
      vertices: complex.vertexCount,
      edges: complex.edgeCount,
      faces: complex.faceCount,
      exact: true,
      exactDecisions: complex.exactDecisions + linear.exactDecisions,
      area,
      ms: Math.round(1000 * ms) / 1000,
    };
  },
};
