import type { Cells } from './cells.ts';
import { BORDER, type Box, type RegionComplex } from './complex.ts';
import { growableInts } from './growable.ts';
import type { Vertices } from './vertices.ts';

/** The finished complex: every edge in the pieces into which the faces beside it were split, and its twin. */
export function assemble(
  cells: Cells,
  vertices: Vertices,
  box: Box,
  complete: boolean,
): RegionComplex {
  const origin = growableInts(2 * cells.corner.length);
  const label = growableInts(2 * cells.corner.length);
  const { splits } = vertices;

  const expand = (a: number, b: number, neuron: number): void => {
    const middle = splits.get(a, b);
    if (middle < 0) {
      origin.push(a);
      label.push(neuron);
      return;
    }
    expand(a, middle, neuron);
    expand(middle, b, neuron);
  };

  const faceCount = cells.count;
  const faceStart = new Uint32Array(faceCount + 1);
  for (let face = 0; face < faceCount; face++) {
    const from = cells.start.items[face];
    const to = cells.start.items[face + 1];
    for (let i = from; i < to; i++)
      expand(
        cells.corner.items[i],
        cells.corner.items[i + 1 < to ? i + 1 : from],
        cells.label.items[i],
      );
    faceStart[face + 1] = origin.length;
  }
  const halfEdges = origin.length;
  const { twin, borderEdges } = pairUp(faceStart, origin.items, label.items, vertices.count);
  const coordinates = new Float64Array(2 * vertices.count);
  for (let v = 0; v < vertices.count; v++) {
    coordinates[2 * v] = vertices.x.items[v];
    coordinates[2 * v + 1] = vertices.y.items[v];
  }
  return {
    box,
    vertexCount: vertices.count,
    edgeCount: (halfEdges + borderEdges) / 2,
    faceCount,
    coordinates,
    faceStart,
    origin: Uint32Array.from(origin.items.subarray(0, halfEdges)),
    twin,
    halfEdgeNeuron: label.trimmed(),
    patterns: cells.patterns.trimmed(),
    words: cells.words,
    complete,
  };
}

/** Twins by looking, at the end of every half-edge, for the one that leads back. */
function pairUp(
  faceStart: Uint32Array,
  origin: Int32Array,
  label: Int32Array,
  vertexCount: number,
): { twin: Int32Array; borderEdges: number } {
  const faceCount = faceStart.length - 1;
  const halfEdges = faceStart[faceCount];
  const target = new Int32Array(halfEdges);
  const firstOut = new Int32Array(vertexCount + 1);
  for (let face = 0; face < faceCount; face++) {
    const from = faceStart[face];
    const to = faceStart[face + 1];
    for (let h = from; h < to; h++) {
      target[h] = origin[h + 1 < to ? h + 1 : from];
      firstOut[origin[h] + 1]++;
    }
  }
  for (let v = 0; v < vertexCount; v++) firstOut[v + 1] += firstOut[v];
  const out = new Int32Array(halfEdges);
  const fill = firstOut.slice();
  for (let h = 0; h < halfEdges; h++) out[fill[origin[h]]++] = h;
  const twin = new Int32Array(halfEdges).fill(-1);
  let borderEdges = 0;
  for (let h = 0; h < halfEdges; h++) {
    if (label[h] <= BORDER) {
      borderEdges++;
      continue;
    }
    if (twin[h] >= 0) continue;
    const end = target[h];
    for (let i = firstOut[end]; i < firstOut[end + 1]; i++)
      if (target[out[i]] === origin[h]) {
        twin[h] = out[i];
        twin[out[i]] = h;
        break;
      }
  }
  return { twin, borderEdges };
}
