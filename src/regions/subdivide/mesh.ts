import { BORDER } from '../complex/complex.ts';

const LEAST_ROOM = 512;

/** A snapshot of a mesh, in arrays of exact length: it can be sent to another thread. */
export interface MeshArrays {
  readonly words: number;
  readonly vertexCount: number;
  readonly halfEdgeCount: number;
  readonly faceCount: number;
  readonly coordinates: Float64Array;
  readonly vertexLines: Int32Array;
  readonly vertexFace: Int32Array;
  readonly vertexError: Float64Array;
  readonly origin: Int32Array;
  readonly next: Int32Array;
  readonly twin: Int32Array;
  readonly line: Int32Array;
  readonly first: Int32Array;
  readonly patterns: Uint32Array;
}

/**
 * A planar half-edge mesh that grows by cutting edges and faces; flat typed arrays, enlarged by half when full. A line
 * is identified by the flat index of the neuron whose crease it is, or by a border code ≤ BORDER.
 *
 * The loop of a face is a linked list, so a vertex inserted in an edge is in the loops of both faces immediately: a
 * later visit to the other face finds it there, and the mesh stays watertight.
 */
export class Mesh {
  readonly words: number;
  vertexCount = 0;
  halfEdgeCount = 0;
  faceCount = 0;
  /** `[2 · vertices]`: x, y. */
  coordinates: Float64Array;
  /** `[2 · vertices]`: the two lines that make the vertex. */
  vertexLines: Int32Array;
  /** `[vertices]`: the face in which the vertex was made, on whose pattern both lines are affine. */
  vertexFace: Int32Array;
  /** `[vertices]`: bound of the rounding error of either coordinate. */
  vertexError: Float64Array;
  origin: Int32Array;
  next: Int32Array;
  /** −1 on the border. */
  twin: Int32Array;
  line: Int32Array;
  /** One half-edge of every face. */
  first: Int32Array;
  /** `[faces × words]` */
  patterns: Uint32Array;

  /**
   * @param border corners of a convex polygon, counter-clockwise
   * @param pattern `[words]`: the bits with which the only face begins, and all that are cut from it
   * @param expected approximate number of faces: room for them saves copying, and unused room costs nothing, because a
   * page of memory is allocated when it is first written to
   */
  constructor(border: Float64Array, pattern: Uint32Array, expected = LEAST_ROOM) {
    const faces = Math.max(LEAST_ROOM, Math.ceil(expected));
    const words = pattern.length;
    this.words = words;
    // A vertex generally has four edges, so there are about as many vertices as faces, and four times as many
    // half-edges.
    this.coordinates = new Float64Array(2 * faces);
    this.vertexLines = new Int32Array(2 * faces);
    this.vertexFace = new Int32Array(faces);
    this.vertexError = new Float64Array(faces);
    this.origin = new Int32Array(4 * faces);
    this.next = new Int32Array(4 * faces);
    this.twin = new Int32Array(4 * faces);
    this.line = new Int32Array(4 * faces);
    this.first = new Int32Array(faces);
    this.patterns = new Uint32Array(faces * words);
    this.patterns.set(pattern);
    const n = border.length / 2;
    for (let i = 0; i < n; i++) {
      this.reserve();
      const before = BORDER - ((i + n - 1) % n);
      this.addVertex(border[2 * i], border[2 * i + 1], BORDER - i, before, 0, 0);
      this.addHalfEdge(i, (i + 1) % n, -1, BORDER - i);
    }
    this.faceCount = 1;
  }

  /** A mesh that continues from a snapshot. */
  static from(arrays: MeshArrays): Mesh {
    const mesh = new Mesh(new Float64Array(0), new Uint32Array(arrays.words));
    return Object.assign(mesh, {
      ...arrays,
      coordinates: arrays.coordinates.slice(),
      vertexLines: arrays.vertexLines.slice(),
      vertexFace: arrays.vertexFace.slice(),
      vertexError: arrays.vertexError.slice(),
      origin: arrays.origin.slice(),
      next: arrays.next.slice(),
      twin: arrays.twin.slice(),
      line: arrays.line.slice(),
      first: arrays.first.slice(),
      patterns: arrays.patterns.slice(),
    });
  }

  /** A snapshot of the mesh, in its own arrays. */
  arrays(): MeshArrays {
    const { words, vertexCount: v, halfEdgeCount: h, faceCount: f } = this;
    return {
      words,
      vertexCount: v,
      halfEdgeCount: h,
      faceCount: f,
      coordinates: this.coordinates.slice(0, 2 * v),
      vertexLines: this.vertexLines.slice(0, 2 * v),
      vertexFace: this.vertexFace.slice(0, v),
      vertexError: this.vertexError.slice(0, v),
      origin: this.origin.slice(0, h),
      next: this.next.slice(0, h),
      twin: this.twin.slice(0, h),
      line: this.line.slice(0, h),
      first: this.first.slice(0, f),
      patterns: this.patterns.slice(0, f * words),
    };
  }

  /** Makes room for one cut of a face; arrays taken from the mesh before it may be stale after it. */
  reserve(): void {
    if (this.vertexCount + 2 > this.vertexFace.length) {
      const v = enlarged(this.vertexCount);
      this.coordinates = grown(this.coordinates, new Float64Array(2 * v));
      this.vertexLines = grown(this.vertexLines, new Int32Array(2 * v));
      this.vertexFace = grown(this.vertexFace, new Int32Array(v));
      this.vertexError = grown(this.vertexError, new Float64Array(v));
    }
    if (this.halfEdgeCount + 6 > this.origin.length) {
      const h = enlarged(this.halfEdgeCount);
      this.origin = grown(this.origin, new Int32Array(h));
      this.next = grown(this.next, new Int32Array(h));
      this.twin = grown(this.twin, new Int32Array(h));
      this.line = grown(this.line, new Int32Array(h));
    }
    if (this.faceCount + 1 > this.first.length) {
      const f = enlarged(this.faceCount);
      this.first = grown(this.first, new Int32Array(f));
      this.patterns = grown(this.patterns, new Uint32Array(f * this.words));
    }
  }

  /**
   * Inserts a vertex in the edge of half-edge h, on both sides. h then ends at the vertex; returns the new
   * half-edge of the same face that starts there. `face` is that of h.
   */
  splitEdge(h: number, x: number, y: number, line: number, face: number, error: number): number {
    const { next, twin } = this;
    const own = this.line[h];
    const vertex = this.addVertex(x, y, own, line, face, error);
    const t = twin[h];
    const after = this.addHalfEdge(vertex, next[h], t, own);
    next[h] = after;
    if (t >= 0) {
      const back = this.addHalfEdge(vertex, next[t], h, own);
      next[t] = back;
      twin[h] = back;
      twin[t] = after;
    }
    return after;
  }

  /**
   * Cuts a face along a chord from the end of half-edge `inA` to the end of `inB`; `outA` and `outB` follow them.
   * The face keeps the side of `outB … inA`; the side of `outA … inB` becomes a new face with the same pattern.
   */
  splitFace(
    face: number,
    inA: number,
    outA: number,
    inB: number,
    outB: number,
    line: number,
  ): number {
    const { origin, next, words, patterns } = this;
    const kept = this.addHalfEdge(origin[outA], outB, this.halfEdgeCount + 1, line);
    const cut = this.addHalfEdge(origin[outB], outA, kept, line);
    next[inA] = kept;
    next[inB] = cut;
    const other = this.faceCount++;
    this.first[face] = kept;
    this.first[other] = cut;
    for (let w = 0; w < words; w++) patterns[other * words + w] = patterns[face * words + w];
    return other;
  }

  private addVertex(
    x: number,
    y: number,
    line1: number,
    line2: number,
    face: number,
    error: number,
  ): number {
    const v = this.vertexCount++;
    this.coordinates[2 * v] = x;
    this.coordinates[2 * v + 1] = y;
    this.vertexLines[2 * v] = line1;
    this.vertexLines[2 * v + 1] = line2;
    this.vertexFace[v] = face;
    this.vertexError[v] = error;
    return v;
  }

  private addHalfEdge(origin: number, next: number, twin: number, line: number): number {
    const h = this.halfEdgeCount++;
    this.origin[h] = origin;
    this.next[h] = next;
    this.twin[h] = twin;
    this.line[h] = line;
    return h;
  }
}

/** Grow by half: doubling would leave more unused, and more to copy at a time. */
const enlarged = (count: number): number => Math.ceil(1.5 * count) + 64;

/** The longer array `to`, beginning with the contents of `from`. */
export function grown<T extends Float64Array | Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
