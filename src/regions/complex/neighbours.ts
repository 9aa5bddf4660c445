import type { RegionComplex } from './complex.ts';
import { faceOfHalfEdge } from './faces.ts';

/** A face across an edge of another. */
export interface Neighbour {
  readonly face: number;
  /** Flat index of a neuron whose crease lies between; others may share it (compare the patterns). */
  readonly neuron: number;
  readonly halfEdge: number;
}

const owners = new WeakMap<RegionComplex, Uint32Array>();

/** `faceOfHalfEdge`, computed once per complex. */
export function ownersOf(complex: RegionComplex): Uint32Array {
  let owner = owners.get(complex);
  if (owner === undefined) {
    owner = faceOfHalfEdge(complex);
    owners.set(complex, owner);
  }
  return owner;
}

/** The faces across the edges of a face, counter-clockwise, one entry per edge; edges on the border have no entry. */
export function neighbours(complex: RegionComplex, face: number): Neighbour[] {
  const { faceStart, twin, halfEdgeNeuron } = complex;
  const owner = ownersOf(complex);
  const found: Neighbour[] = [];
  for (let h = faceStart[face]; h < faceStart[face + 1]; h++)
    if (twin[h] >= 0) found.push({ face: owner[twin[h]], neuron: halfEdgeNeuron[h], halfEdge: h });
  return found;
}

/** The faces that share an edge with a face, each once, counter-clockwise. */
export const neighbourFaces = (complex: RegionComplex, face: number): number[] => [
  ...new Set(neighbours(complex, face).map((side) => side.face)),
];
