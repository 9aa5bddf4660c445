import type { Model } from '../../model/model.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { facePolygon, nextHalfEdge } from '../complex/faces.ts';
import { quotient, signOf } from '../exact/dyadic.ts';
import { ExactMaps } from '../exact/exactMaps.ts';
import { type ExactPoint, ExactVertices } from '../exact/exactVertices.ts';
import { type Insphere, insphere } from './insphere.ts';

/**
 * Corners, area and insphere of single faces from their true corners in integers: where creases are nearly parallel, a
 * corner in the complex may be off by far more than its last digit, and the area of a small face by any relative error.
 * It takes some milliseconds per face, too slow for all faces.
 */
export class FaceGeometry {
  /** The complex, in which the corners of the faces asked for are rounded once. */
  private readonly complex: RegionComplex;
  private readonly maps: ExactMaps;
  private readonly vertices: ExactVertices;
  private readonly done: Uint8Array;
  private readonly areas = new Map<number, number>();

  constructor(net: Model, complex: RegionComplex) {
    this.complex = { ...complex, coordinates: complex.coordinates.slice() };
    this.maps = new ExactMaps(net, complex.border);
    this.vertices = new ExactVertices(complex, this.maps);
    this.done = new Uint8Array(complex.vertexCount);
  }

  /** `facePolygon`, every coordinate the nearest 64-bit number to the true one. */
  polygon(face: number): [number, number][] {
    this.sharpen(face);
    return facePolygon(this.complex, face);
  }

  /** The ends of half-edge h of the face, in the same way. */
  edge(face: number, h: number): [[number, number], [number, number]] {
    this.sharpen(face);
    const { origin, coordinates } = this.complex;
    const corner = (at: number): [number, number] => {
      const v = origin[at];
      return [coordinates[2 * v], coordinates[2 * v + 1]];
    };
    return [corner(h), corner(nextHalfEdge(this.complex, h, face))];
  }

  /** The 64-bit number nearest to the true area. */
  area(face: number): number {
    let area = this.areas.get(face);
    if (area === undefined) {
      area = areaOf(this.cornersOf(face).map((v) => this.vertices.point(v)));
      this.areas.set(face, area);
    }
    return area;
  }

  /**
   * `insphere` of the rounded corners. It counts as clipped also where the creases that it touches do not hold it in
   * exact arithmetic: between lines that are not quite parallel there is more room beyond the border.
   */
  insphere(face: number): Insphere {
    this.sharpen(face);
    const found = insphere(this.complex, face);
    return found.clipped || this.isHeld(face, found.touches) ? found : { ...found, clipped: true };
  }

  /** Whether 0 is a mean of the inward normals of these creases: then no circle between them is larger. */
  private isHeld(face: number, touches: readonly number[]): boolean {
    const { halfEdgeNeuron, patterns, words } = this.complex;
    const normals = touches.map((h) => {
      const neuron = halfEdgeNeuron[h];
      const { a, b } = this.maps.line(neuron, patterns, face * words);
      const on = (patterns[face * words + (neuron >>> 5)] >>> (neuron & 31)) & 1;
      return on ? { a, b } : { a: -a, b: -b };
    });
    const turn = (p: Normal, q: Normal) => signOf(p.a * q.b - p.b * q.a);
    return normals.some((p, i) =>
      normals.slice(i + 1).some((q, k) => {
        const first = turn(p, q);
        if (first === 0) return p.a * q.a + p.b * q.b < 0n;
        return normals.slice(i + k + 2).some((s) => turn(q, s) === first && turn(s, p) === first);
      }),
    );
  }

  private cornersOf(face: number): number[] {
    const { faceStart, origin } = this.complex;
    return Array.from(origin.subarray(faceStart[face], faceStart[face + 1]));
  }

  private sharpen(face: number): void {
    const { done, vertices } = this;
    const { coordinates } = this.complex;
    for (const v of this.cornersOf(face)) {
      if (done[v]) continue;
      done[v] = 1;
      const { x, y, w } = vertices.point(v);
      coordinates[2 * v] = quotient(x, w);
      coordinates[2 * v + 1] = quotient(y, w);
    }
  }
}

interface Normal {
  readonly a: bigint;
  readonly b: bigint;
}

/** Of a polygon, counter-clockwise, by the triangles about its first corner. */
function areaOf([first, ...rest]: readonly ExactPoint[]): number {
  let n = 0n;
  let d = 1n;
  for (let i = 0; i + 1 < rest.length; i++) {
    const [p, q] = [from(first, rest[i]), from(first, rest[i + 1])];
    const cross = p.x * q.y - p.y * q.x;
    const unit = p.w * q.w;
    n = n * unit + cross * d;
    d *= unit;
  }
  return quotient(n, 2n * d);
}

const from = (p: ExactPoint, q: ExactPoint): ExactPoint => ({
  x: q.x * p.w - p.x * q.w,
  y: q.y * p.w - p.y * q.w,
  w: p.w * q.w,
});

const known = new WeakMap<RegionComplex, FaceGeometry>();

/** The geometry of single faces of a complex, cached with the complex. */
export function faceGeometry(net: Model, complex: RegionComplex): FaceGeometry {
  const geometry = known.get(complex) ?? new FaceGeometry(net, complex);
  known.set(complex, geometry);
  return geometry;
}
