import { neuronAt } from '../../src/model/model.ts';
import { BORDER, type RegionComplex } from '../../src/regions/complex/complex.ts';
import type { NeuronRef, Picture } from '../session/state.ts';
import type { Projection } from './projection.ts';

/** Within this many pixels a crease is meant, not the region. */
const REACH = 5;

function segmentDistance(
  x: number,
  y: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / length2;
  const clamped = Math.min(1, Math.max(0, t));
  return Math.hypot(x - x1 - clamped * dx, y - y1 - clamped * dy);
}

/** Half-edge of `face` within reach of the pixel, or null. */
function nearEdge(
  complex: RegionComplex,
  face: number,
  px: number,
  py: number,
  p: Projection,
): number | null {
  const { faceStart, origin, halfEdgeNeuron, coordinates } = complex;
  let best = REACH;
  let found: number | null = null;
  const end = faceStart[face + 1];
  for (let h = faceStart[face]; h < end; h++) {
    if (halfEdgeNeuron[h] <= BORDER) continue;
    const a = 2 * origin[h];
    const b = 2 * origin[h + 1 < end ? h + 1 : faceStart[face]];
    const distance = segmentDistance(
      px,
      py,
      p.px(coordinates[a]),
      p.py(coordinates[a + 1]),
      p.px(coordinates[b]),
      p.py(coordinates[b + 1]),
    );
    if (distance < best) {
      best = distance;
      found = h;
    }
  }
  return found;
}

/** The neuron whose crease lies under the pixel, if any. */
export function creaseUnder(
  picture: Picture,
  face: number,
  px: number,
  py: number,
  p: Projection,
): NeuronRef | null {
  const h = nearEdge(picture.complex, face, px, py, p);
  return h === null ? null : neuronAt(picture.net, picture.complex.halfEdgeNeuron[h]);
}
