import { type Model, neuronAt } from '../../model/model.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { faceArea, isCutByBorder, patternLayers } from '../complex/faces.ts';
import { neighbourFaces, neighbours } from '../complex/neighbours.ts';
import { affineMap } from '../linear/affineMap.ts';
import { type LinearRegions, linearRegionSizes } from '../linear/linearRegions.ts';
import { faceGeometry } from './faceGeometry.ts';
import type { Insphere } from './insphere.ts';

/** The size of one activation region, from its true corners; if the box cuts it, of the part inside. */
export interface RegionSize {
  /** The 64-bit number nearest to the area. */
  readonly area: number;
  /** Number of regions that share an edge with it. */
  readonly neighbours: number;
  readonly insphere: Insphere;
  /** Whether it has a side on the border of the box: the whole region has at least this area and these neighbours. */
  readonly cutByBox: boolean;
}

/** All facts about one activation region. */
export interface RegionFacts extends RegionSize {
  /** Bits of every hidden layer. */
  readonly pattern: readonly Uint8Array[];
  /** `[outputs × 2]`: f(x) = A x + b on the region. */
  readonly A: readonly (readonly number[])[];
  /** `[outputs]` */
  readonly b: readonly number[];
  /** Corners, counter-clockwise. */
  readonly polygon: readonly (readonly [number, number])[];
}

export function regionSize(net: Model, complex: RegionComplex, face: number): RegionSize {
  const geometry = faceGeometry(net, complex);
  return {
    area: geometry.area(face),
    neighbours: neighbourFaces(complex, face).length,
    insphere: geometry.insphere(face),
    cutByBox: isCutByBorder(complex, face),
  };
}

/** @throws InputError where the network leaves the range of 64-bit numbers */
export function regionFacts(net: Model, complex: RegionComplex, face: number): RegionFacts {
  const { A, b } = affineMap(net, complex, face);
  return {
    ...regionSize(net, complex, face),
    pattern: patternLayers(net, complex, face),
    A: Array.from(b, (_, o) => [A[2 * o], A[2 * o + 1]]),
    b: Array.from(b),
    polygon: faceGeometry(net, complex).polygon(face),
  };
}

/** The facts as JSON: what the command line prints for a region, and the page puts on the clipboard. */
export function regionRecord({ pattern, A, b, polygon, area, cutByBox, insphere }: RegionFacts) {
  const { x, y, r, clipped } = insphere;
  return {
    pattern: pattern.map((bits) => Array.from(bits)),
    A,
    b,
    polygon,
    area,
    cutByBox,
    insphere: { x, y, r, touchesBox: clipped },
  };
}

/** The neighbours across the edges of a face, one entry per edge, counter-clockwise. */
export function acrossEdges(
  net: Model,
  complex: RegionComplex,
  { changes }: Pick<LinearRegions, 'changes'>,
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
function flips(net: Model, { patterns, words }: RegionComplex, f: number, g: number) {
  const found: { layer: number; neuron: number }[] = [];
  for (let w = 0; w < words; w++) {
    let changed = patterns[f * words + w] ^ patterns[g * words + w];
    for (; changed !== 0; changed &= changed - 1)
      found.push(neuronAt(net, 32 * w + 31 - Math.clz32(changed & -changed)));
  }
  return found;
}

/** The linear region of a face: its number, in the order of first faces, how many faces make it up, and their area. */
export function linearRegionOf(
  net: Model,
  complex: RegionComplex,
  linear: Pick<LinearRegions, 'count' | 'label'>,
  face: number,
) {
  const { label } = linear;
  const index = label[face];
  let area = faceGeometry(net, complex).area(face);
  for (let other = 0; other < complex.faceCount; other++)
    if (other !== face && label[other] === index) area += faceArea(complex, other);
  return { index, cells: linearRegionSizes(linear)[index], area };
}
