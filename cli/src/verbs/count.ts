import { faceArea } from '../../../src/regions/complex/faces.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { CompensatedSum } from '../../../src/regions/measure/compensatedSum.ts';
import { ALL_REGIONS, allRegions, BOX } from './options.ts';
import type { Verb } from './verb.ts';

export const count: Verb = {
  name: 'count',
  summary: 'count the regions in a box of the plane',
  options: ALL_REGIONS,
  prints:
    '{activationRegions, linearRegions, vertices, edges, faces, exact, exactDecisions, area, ms}; area sums all faces',
  run(net, given, progress) {
    const box = given.box(BOX.name);
    const start = performance.now();
    const complex = allRegions(net, box, given, progress);
    const linear = linearRegions(net, complex);
    const ms = performance.now() - start;
    const area = new CompensatedSum();
    for (let face = 0; face < complex.faceCount; face++) area.add(faceArea(complex, face));
    return {
      activationRegions: complex.faceCount,
      linearRegions: linear.count,
      vertices: complex.vertexCount,
      edges: complex.edgeCount,
      faces: complex.faceCount,
      exact: true,
      exactDecisions: complex.exactDecisions + linear.exactDecisions,
      area: area.value,
      ms: Math.round(1000 * ms) / 1000,
    };
  },
};
