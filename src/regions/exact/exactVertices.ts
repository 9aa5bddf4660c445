import { quotient, signOf } from './dyadic.ts';
import type { ExactLine, ExactMaps } from './exactMaps.ts';

/** What is needed of a mesh, or of a finished complex. */
interface VertexSource {
  readonly vertexLines: Int32Array;
  readonly vertexFace: Int32Array;
  readonly patterns: Uint32Array;
  readonly words: number;
}

/** The point (x / w, y / w), with w > 0. */
export interface ExactPoint {
  readonly x: bigint;
  readonly y: bigint;
  readonly w: bigint;
}

/** Points cached at a time. */
const REMEMBERED = 8192;

/** Where two lines meet that are not parallel. */
function meeting(p: ExactLine, q: ExactLine): ExactPoint {
  const w = p.a * q.b - q.a * p.b;
  const x = p.b * q.c - q.b * p.c;
  const y = p.c * q.a - q.c * p.a;
  return w > 0n ? { x, y, w } : { x: -x, y: -y, w: -w };
}

/**
 * The vertices of a mesh or complex in homogeneous coordinates, as cross products of the two lines that make them; both are
 * affine on the face in which the vertex was made, whose bits of the layers before never change again.
 */
export class ExactVertices {
  private readonly mesh: VertexSource;
  private readonly maps: ExactMaps;
  private readonly remembered = new Map<number, ExactPoint>();

  constructor(mesh: VertexSource, maps: ExactMaps) {
    this.mesh = mesh;
    this.maps = maps;
  }

  /** Sign at vertex v of a line that is affine on the pattern from word `at` of the mesh's patterns. */
  sign(line: ExactLine, v: number): -1 | 0 | 1 {
    // A map that is zero everywhere needs no point.
    if (line.a === 0n && line.b === 0n && line.c === 0n) return 0;
    const { x, y, w } = this.point(v);
    return signOf(line.a * x + line.b * y + line.c * w);
  }

  /** Coordinates of the vertex that lines `line1` and `line2` make in a face, each accurate to two units in the last place. */
  coordinates(face: number, line1: number, line2: number): [number, number] {
    const { x, y, w } = this.crossing(face, line1, line2);
    return [quotient(x, w), quotient(y, w)];
  }

  point(v: number): ExactPoint {
    const { remembered, mesh } = this;
    let point = remembered.get(v);
    if (point === undefined) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      const { vertexLines, vertexFace } = mesh;
      point = this.crossing(vertexFace[v], vertexLines[2 * v], vertexLines[2 * v + 1]);
      remembered.set(v, point);
    }
    return point;
  }

  private crossing(face: number, line1: number, line2: number): ExactPoint {
    const { patterns, words } = this.mesh;
    const at = face * words;
    return meeting(this.maps.line(line1, patterns, at), this.maps.line(line2, patterns, at));
  }
}
