import type { Steps } from '../../steps.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { boxAround } from '../subdivide/domain.ts';
import type { MeshArrays } from '../subdivide/mesh.ts';
import { roundedUp } from '../subdivide/pack.ts';
import type { PieceResult } from './piece.ts';
import type { PieceJob } from './split.ts';

/**
 * Merges the pieces of `splitWork`, pausing after every piece in every part of the work. A pre-activation is continuous, and a vertex is inserted within an edge only where
 * one takes opposite strict signs at the ends: so along a seam both sides have the same vertices in the same order. So
 * the i-th part of a seam from one side is the i-th from the other, counted from the far end. Faces and vertices of the
 * base keep their numbers; the new ones follow, piece by piece.
 *
 * @param results in the order of the jobs, all complete
 */
export function* mergeInSteps(
  jobs: readonly PieceJob[],
  results: readonly PieceResult[],
): Steps<RegionComplex> {
  const { base, border } = jobs[0];
  const { words } = base;
  const faceShift = shifts(results, ({ faces }) => faces.length - ownOfBase(base, faces));
  const faceCount = base.faceCount + faceShift[results.length];
  const numberOf = (face: number, piece: number) =>
    face < base.faceCount ? face : face + faceShift[piece];

  const faceStart = new Uint32Array(faceCount + 1);
  const patterns = new Uint32Array(faceCount * words);
  for (const [piece, { faces, faceStart: from, patterns: bits }] of results.entries()) {
    for (let i = 0; i < faces.length; i++) {
      const number = numberOf(faces[i], piece);
      faceStart[number + 1] = from[i + 1] - from[i];
      for (let w = 0; w < words; w++) patterns[number * words + w] = bits[i * words + w];
    }
    yield;
  }
  for (let face = 0; face < faceCount; face++) faceStart[face + 1] += faceStart[face];

  const halfEdgeCount = faceStart[faceCount];
  const places: Int32Array[] = [];
  for (const [piece, result] of results.entries()) {
    const { faces, faceStart: from } = result;
    const to = new Int32Array(result.origin.length);
    for (let i = 0; i < faces.length; i++) {
      const shift = faceStart[numberOf(faces[i], piece)] - from[i];
      for (let h = from[i]; h < from[i + 1]; h++) to[h] = h + shift;
    }
    places.push(to);
    yield;
  }
  const twin = new Int32Array(halfEdgeCount).fill(-1);
  const vertices = yield* sew(base, results, places, twin);

  const origin = new Uint32Array(halfEdgeCount);
  const halfEdgeNeuron = new Int32Array(halfEdgeCount);
  let borderEdges = 0;
  for (const [piece, result] of results.entries()) {
    const { vertexCount } = base;
    const { origin: starts, line, twin: twins } = result;
    const to = places[piece];
    const numbers = vertices.numbers[piece];
    for (let h = 0; h < to.length; h++) {
      const place = to[h];
      const v = starts[h];
      origin[place] = v < vertexCount ? v : numbers[v - vertexCount];
      halfEdgeNeuron[place] = line[h];
      if (twins[h] >= 0) twin[place] = to[twins[h]];
      if (line[h] < 0) borderEdges++;
    }
    yield;
  }
  return {
    box: boxAround(border),
    border: border.slice(),
    edgeCount: (halfEdgeCount + borderEdges) / 2,
    faceCount,
    ...(yield* gather(base, results, vertices, numberOf)),
    faceStart,
    origin,
    twin,
    halfEdgeNeuron,
    patterns,
    words,
    complete: results.every(({ complete }) => complete),
    exactDecisions: results.reduce((sum, result) => sum + result.exactDecisions, 0),
  };
}

/** `[pieces + 1]` sums of what comes before each piece. */
function shifts(results: readonly PieceResult[], size: (r: PieceResult) => number): number[] {
  const sums = [0];
  for (const result of results) sums.push(sums[sums.length - 1] + size(result));
  return sums;
}

const ownOfBase = (base: MeshArrays, faces: Int32Array): number =>
  faces.reduce((count, face) => count + (face < base.faceCount ? 1 : 0), 0);

/** The global number of every new vertex of every piece, and the total number of vertices. */
interface VertexNumbers {
  readonly numbers: readonly Int32Array[];
  readonly count: number;
}

/** Links the half-edges along the seams as twins, and gives the vertices there one number for both sides. */
function* sew(
  base: MeshArrays,
  results: readonly PieceResult[],
  places: readonly Int32Array[],
  twin: Int32Array,
): Steps<VertexNumbers> {
  const open = new Map<number, { piece: number; parts: Int32Array }>();
  const numbers: Int32Array[] = [];
  let count = base.vertexCount;
  for (const [piece, result] of results.entries()) {
    const own = new Int32Array(result.vertexCount).fill(-1);
    numbers.push(own);
    result.seams.forEach((seam, s) => {
      const parts = result.seamHalfEdges.subarray(result.seamStart[s], result.seamStart[s + 1]);
      const far = open.get(base.twin[seam]);
      if (far === undefined) {
        open.set(seam, { piece, parts });
        return;
      }
      const last = parts.length - 1;
      if (far.parts.length !== parts.length)
        throw new Error('the two sides of a seam differ: this is a defect of the subdivision');
      for (let i = 0; i <= last; i++) {
        const [here, there] = [places[piece][parts[i]], places[far.piece][far.parts[last - i]]];
        twin[here] = there;
        twin[there] = here;
        if (i === 0) continue;
        // The vertex at which a part begins is where, on the other side, the part after the opposite one begins.
        const same = results[far.piece].origin[far.parts[last - i + 1]] - base.vertexCount;
        own[result.origin[parts[i]] - base.vertexCount] = numbers[far.piece][same];
      }
    });
    for (let v = 0; v < own.length; v++) if (own[v] < 0) own[v] = count++;
    yield;
  }
  return { numbers, count };
}

function* gather(
  base: MeshArrays,
  results: readonly PieceResult[],
  { numbers, count }: VertexNumbers,
  numberOf: (face: number, piece: number) => number,
) {
  const coordinates = new Float64Array(2 * count);
  const vertexLines = new Int32Array(2 * count);
  const vertexFace = new Int32Array(count);
  const errors = new Float64Array(count);
  coordinates.set(base.coordinates);
  vertexLines.set(base.vertexLines);
  vertexFace.set(base.vertexFace);
  errors.set(base.vertexError);
  for (const [piece, result] of results.entries()) {
    const own = numbers[piece];
    for (let v = 0; v < own.length; v++) {
      const to = own[v];
      coordinates[2 * to] = result.coordinates[2 * v];
      coordinates[2 * to + 1] = result.coordinates[2 * v + 1];
      vertexLines[2 * to] = result.vertexLines[2 * v];
      vertexLines[2 * to + 1] = result.vertexLines[2 * v + 1];
      vertexFace[to] = numberOf(result.vertexFace[v], piece);
      errors[to] = result.vertexError[v];
    }
    yield;
  }
  return {
    vertexCount: count,
    coordinates,
    vertexLines,
    vertexFace,
    vertexError: roundedUp(errors, count),
  };
}
