import { ROUNDS_PER_STEP, type Steps } from '../../steps.ts';
import type { Box, RegionComplex } from '../complex/complex.ts';
import type { Mesh } from './mesh.ts';

/** Numbers copied between two pauses. */
const CHUNK = 32_768;

/**
 * The mesh as a `RegionComplex`, the half-edges of every face laid out in a row, counter-clockwise; with pauses, in
 * which nothing may change the mesh.
 */
export function* packInSteps(
  mesh: Mesh,
  box: Box,
  border: Float64Array,
  complete: boolean,
  exactDecisions: number,
): Steps<RegionComplex> {
  const { faceCount, halfEdgeCount, vertexCount, words, first, next, line } = mesh;
  const place = new Int32Array(halfEdgeCount);
  const faceStart = new Uint32Array(faceCount + 1);
  const origin = new Uint32Array(halfEdgeCount);
  const halfEdgeNeuron = new Int32Array(halfEdgeCount);
  const twin = new Int32Array(halfEdgeCount);
  let to = 0;
  let borderEdges = 0;
  for (let f = 0; f < faceCount; f++) {
    if (f % ROUNDS_PER_STEP === 0) yield;
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
  for (let h = 0; h < to; h++) {
    if (h % CHUNK === 0) yield;
    if (twin[h] >= 0) twin[h] = place[twin[h]];
  }
  const vertexError = roundedUp(mesh.vertexError, vertexCount);
  return {
    box,
    // A copy: the complex may be sent to another thread while the work goes on.
    border: border.slice(),
    vertexCount,
    edgeCount: (halfEdgeCount + borderEdges) / 2,
    faceCount,
    coordinates: yield* copied(mesh.coordinates, new Float64Array(2 * vertexCount)),
    vertexLines: yield* copied(mesh.vertexLines, new Int32Array(2 * vertexCount)),
    vertexFace: yield* copied(mesh.vertexFace, new Int32Array(vertexCount)),
    vertexError,
    faceStart,
    origin,
    twin,
    halfEdgeNeuron,
    patterns: yield* copied(mesh.patterns, new Uint32Array(faceCount * words)),
    words,
    complete,
    exactDecisions,
  };
}

/** Copies as many numbers of `from` as fit into `to`. */
function* copied<T extends Float64Array | Int32Array | Uint32Array>(from: T, to: T): Steps<T> {
  for (let at = 0; at < to.length; at += CHUNK) {
    yield;
    to.set(from.subarray(at, Math.min(at + CHUNK, to.length)), at);
  }
  return to;
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
