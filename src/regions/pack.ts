import type { Box, RegionComplex } from './complex.ts';
import type { Mesh } from './mesh.ts';

/** The mesh as a `RegionComplex`: the half-edges of every face laid out in a row, counter-clockwise. */
export function packMesh(
  mesh: Mesh,
  box: Box,
  complete: boolean,
  exactDecisions: number,
): RegionComplex {
  const { faceCount, halfEdgeCount, vertexCount, words, first, next, line } = mesh;
  const place = new Int32Array(halfEdgeCount);
  const faceStart = new Uint32Array(faceCount + 1);
  const origin = new Uint32Array(halfEdgeCount);
  const halfEdgeNeuron = new Int32Array(halfEdgeCount);
  const twin = new Int32Array(halfEdgeCount);
  let to = 0;
  let borderEdges = 0;
  for (let f = 0; f < faceCount; f++) {
    faceStart[f] = to;
    const start = first[f];
    let h = start;
    do {
      place[h] = to;
      origin[to] = mesh.origin[h];
      halfEdgeNeuron[to] = line[h];
      twin[to] = mesh.twin[h];
      if (twin[to] < 0) borderEdges++;
      to++;
      h = next[h];
    } while (h !== start);
  }
  faceStart[faceCount] = to;
  for (let h = 0; h < to; h++) if (twin[h] >= 0) twin[h] = place[twin[h]];
  return {
    box,
    vertexCount,
    edgeCount: (halfEdgeCount + borderEdges) / 2,
    faceCount,
    coordinates: mesh.coordinates.slice(0, 2 * vertexCount),
    faceStart,
    origin,
    twin,
    halfEdgeNeuron,
    patterns: mesh.patterns.slice(0, faceCount * words),
    words,
    complete,
    exactDecisions,
  };
}
