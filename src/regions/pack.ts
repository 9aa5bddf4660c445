import type { Box, RegionComplex } from './complex.ts';
import type { Mesh } from './mesh.ts';

/** The mesh as a `RegionComplex`: the half-edges of every face laid out in a row, counter-clockwise. */
export function packMesh(
  mesh: Mesh,
  box: Box,
  border: Float64Array,
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
    // A copy: the complex may be sent to another thread while the work goes on.
    border: border.slice(),
    vertexCount,
    edgeCount: (halfEdgeCount + borderEdges) / 2,
    faceCount,
    coordinates: mesh.coordinates.slice(0, 2 * vertexCount),
    vertexLines: mesh.vertexLines.slice(0, 2 * vertexCount),
    vertexFace: mesh.vertexFace.slice(0, vertexCount),
    vertexError: roundedUp(mesh.vertexError, vertexCount),
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

/** The first n numbers, none negative, as 32-bit numbers that are not smaller. */
export function roundedUp(numbers: Float64Array, n: number): Float32Array {
  const rounded = new Float32Array(n);
  const bits = new Int32Array(rounded.buffer);
  for (let i = 0; i < n; i++) {
    rounded[i] = numbers[i];
    if (rounded[i] < numbers[i]) bits[i]++;
  }
  return rounded;
}
