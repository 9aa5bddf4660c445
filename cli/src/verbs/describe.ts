import { type Network, neuronAt } from '../../../src/network/network.ts';
import { BORDER, type RegionComplex } from '../../../src/regions/complex/complex.ts';
import { faceArea } from '../../../src/regions/complex/faces.ts';
import { neighbours } from '../../../src/regions/complex/neighbours.ts';
import type { LinearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { faceGeometry } from '../../../src/regions/measure/faceGeometry.ts';
import { insphere } from '../../../src/regions/measure/insphere.ts';

/** A face as a list of many shows it; `at` lies inside, and `region --at` tells more. */
export function brief(complex: RegionComplex, face: number) {
  const { x, y, r } = insphere(complex, face);
  const across = new Set(neighbours(complex, face).map((one) => one.face));
  return { at: [x, y], area: faceArea(complex, face), r, neighbours: across.size };
}

/** What lies across the edges of a face, one entry per edge, counter-clockwise. */
export function across(
  net: Network,
  complex: RegionComplex,
  { changes }: LinearRegions,
  face: number,
) {
  const geometry = faceGeometry(net, complex);
  return neighbours(complex, face).map(({ face: other, neuron, halfEdge }) => {
    const { x, y } = geometry.insphere(other);
    return {
      ...neuronAt(net, neuron),
      flips: flips(net, complex, face, other),
      edge: geometry.edge(face, halfEdge),
      area: geometry.area(other),
      at: [x, y],
      sameMap: changes[halfEdge] === 0,
    };
  });
}

/** Neurons whose bits differ between two faces. */
function flips(net: Network, { patterns, words }: RegionComplex, f: number, g: number) {
  const found: { layer: number; neuron: number }[] = [];
  for (let w = 0; w < words; w++) {
    let changed = patterns[f * words + w] ^ patterns[g * words + w];
    for (; changed !== 0; changed &= changed - 1)
      found.push(neuronAt(net, 32 * w + 31 - Math.clz32(changed & -changed)));
  }
  return found;
}

/** Whether a face has a side on the border: the region may go on outside. */
export function touchesBorder({ faceStart, halfEdgeNeuron }: RegionComplex, face: number) {
  return halfEdgeNeuron
    .subarray(faceStart[face], faceStart[face + 1])
    .some((line) => line <= BORDER);
}

/** The linear region of a face: its number, in the order of first faces, how many cells share it, and their area. */
export function linearRegionOf(
  net: Network,
  complex: RegionComplex,
  { label }: LinearRegions,
  face: number,
) {
  let cells = 1;
  let area = faceGeometry(net, complex).area(face);
  for (let other = 0; other < complex.faceCount; other++) {
    if (other === face || label[other] !== label[face]) continue;
    cells++;
    area += faceArea(complex, other);
  }
  return { index: label[face], cells, area };
}
