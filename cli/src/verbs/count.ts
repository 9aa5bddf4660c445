import type { Model } from '../../../src/model/model.ts';
import { faceArea } from '../../../src/regions/complex/faces.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { CompensatedSum } from '../../../src/regions/measure/compensatedSum.ts';
import { LineWalk } from '../../../src/regions/query/line.ts';
import type { Arguments } from '../options.ts';
import { type Progress, QUIET } from '../progress.ts';
import {
  allRegions,
  BOX,
  MAX_REGIONS,
  maxRegionsOf,
  requireComplete,
  requirePlane,
  SLICE_MS,
} from './options.ts';
import type { Verb } from './verb.ts';

export const count: Verb = {
  name: 'count',
  summary: 'count the regions in a box of the plane; for one input, in an interval (--box min,max)',
  options: [{ ...BOX, help: `${BOX.help}; min,max for one input` }, MAX_REGIONS, QUIET],
  prints: `{activationRegions, linearRegions, vertices, edges, faces, exact, exactDecisions, area, ms}; area sums all faces;
for one input length instead of area and exactDecisions, and no faces`,
  run: (net, given, progress) =>
    net.inputs === 1 ? inInterval(net, given, progress) : inBox(net, given, progress),
};

function inBox(net: Model, given: Arguments, progress: Progress): object {
  requirePlane(net);
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
}

/**
 * The regions of a network with one input are the pieces of the line, which `lineCrossings` finds in integers. They
 * are edges between vertices, so that vertices − edges + faces is 1 as in the plane.
 */
function inInterval(net: Model, given: Arguments, progress: Progress): object {
  const [min, max] = given.interval(BOX.name);
  const maxRegions = maxRegionsOf(given);
  const start = performance.now();
  const walk = new LineWalk(net, [min], [max]);
  while (!walk.run(SLICE_MS)) {
    requireComplete(walk.regionsSoFar <= maxRegions, 'interval', maxRegions);
    progress.show(
      () => `${walk.regionsSoFar} regions so far, ${Math.floor(100 * walk.progress)} % done`,
    );
  }
  const ms = performance.now() - start;
  const { activationRegions, linearRegions: linear } = walk.result();
  requireComplete(activationRegions <= maxRegions, 'interval', maxRegions);
  return {
    activationRegions,
    linearRegions: linear,
    vertices: activationRegions + 1,
    edges: activationRegions,
    faces: 0,
    exact: true,
    length: max - min,
    ms: Math.round(1000 * ms) / 1000,
  };
}
