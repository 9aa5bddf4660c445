import type { Model } from '../../model/model.ts';
import { BORDER, type RegionComplex } from './complex.ts';

/** Area of a face, by the shoelace formula about its first corner (so that far from the origin nothing cancels). */
export function faceArea({ faceStart, origin, coordinates }: RegionComplex, face: number): number {
  const from = faceStart[face];
  const to = faceStart[face + 1];
  const x0 = coordinates[2 * origin[from]];
  const y0 = coordinates[2 * origin[from] + 1];
  let twice = 0;
  for (let h = from + 1; h + 1 < to; h++) {
    const p = 2 * origin[h];
    const q = 2 * origin[h + 1];
    twice +=
      (coordinates[p] - x0) * (coordinates[q + 1] - y0) -
      (coordinates[q] - x0) * (coordinates[p + 1] - y0);
  }
  // A face smaller than the rounding errors may seem to run clockwise.
  return Math.max(0, twice / 2);
}

/** Corners of a face, counter-clockwise; vertices within a straight side are left out. */
export function facePolygon(complex: RegionComplex, face: number): [number, number][] {
  const { faceStart, origin, coordinates, halfEdgeNeuron } = complex;
  const from = faceStart[face];
  const to = faceStart[face + 1];
  const corners: [number, number][] = [];
  for (let h = from; h < to; h++) {
    const before = h > from ? h - 1 : to - 1;
    // Two edges of one neuron that follow each other in a convex face lie on one line.
    if (halfEdgeNeuron[before] === halfEdgeNeuron[h]) continue;
    corners.push([coordinates[2 * origin[h]], coordinates[2 * origin[h] + 1]]);
  }
  return corners;
}

/** Whether a face has a side on the border of the domain: the region may extend beyond it. */
export function isCutByBorder({ faceStart, halfEdgeNeuron }: RegionComplex, face: number): boolean {
  for (let h = faceStart[face]; h < faceStart[face + 1]; h++)
    if (halfEdgeNeuron[h] <= BORDER) return true;
  return false;
}

/** Face of every half-edge. */
export function faceOfHalfEdge({ faceStart, faceCount, origin }: RegionComplex): Uint32Array {
  const owner = new Uint32Array(origin.length);
  for (let face = 0; face < faceCount; face++)
    owner.fill(face, faceStart[face], faceStart[face + 1]);
  return owner;
}

/** Half-edge that follows h around its face `face`. */
export const nextHalfEdge = ({ faceStart }: RegionComplex, h: number, face: number): number =>
  h + 1 < faceStart[face + 1] ? h + 1 : faceStart[face];

/** The activation pattern of a face, one list of bits per hidden layer. */
export function patternLayers(
  net: Model,
  { patterns, words }: RegionComplex,
  face: number,
): Uint8Array[] {
  const offsets = net.offsets;
  return net.widths.map((width, layer) =>
    Uint8Array.from({ length: width }, (_, neuron) => {
      const bit = offsets[layer] + neuron;
      return (patterns[face * words + (bit >> 5)] >>> (bit & 31)) & 1;
    }),
  );
}
