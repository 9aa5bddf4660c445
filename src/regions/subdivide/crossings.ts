import { BORDER, type Box } from '../complex/complex.ts';
import type { ExactVertices } from '../exact/exactVertices.ts';
import type { LayerMaps } from '../maps/layerMaps.ts';
import { UNIT } from '../maps/rounding.ts';
import type { Mesh } from './mesh.ts';

/** If the error of a vertex exceeds this share of the box, its coordinates are computed exactly. */
const POOR = 2 ** -12;
/** Below this the rounding error of a determinant is no longer relative to its terms. */
const TINY = 2 ** -900;
const SLACK = 1 + 2 ** -20;

/**
 * Places the vertex where a crease crosses an edge, with a bound on its error. The bound comes from the residuals of
 * the two lines at the computed point, so it does not depend on those of other vertices and does not grow from cut to
 * cut.
 */
export class Crossings {
  private readonly mesh: Mesh;
  private readonly maps: LayerMaps;
  private readonly exact: ExactVertices;
  private readonly box: Box;
  /** The sides of the domain: a, b, c and a bound on their rounding errors. */
  private readonly sides: Float64Array;
  private readonly layerOf: Int32Array;
  private readonly offsets: readonly number[];
  private readonly poor: number;
  // The line of the edge and a bound on its rounding error.
  private a = 0;
  private b = 0;
  private c = 0;
  private near = 0;

  constructor(
    mesh: Mesh,
    maps: LayerMaps,
    exact: ExactVertices,
    box: Box,
    border: Float64Array,
    layerOf: Int32Array,
    offsets: readonly number[],
  ) {
    this.mesh = mesh;
    this.maps = maps;
    this.exact = exact;
    this.box = box;
    this.sides = sidesOf(border, maps.rounding.reachX, maps.rounding.reachY);
    this.layerOf = layerOf;
    this.offsets = offsets;
    this.poor = POOR * Math.max(box.xMax - box.xMin, box.yMax - box.yMin);
  }

  /**
   * Splits half-edge h of the face where it crosses the crease of neuron j of the layer, which `maps` hold. The ends
   * of h lie strictly on opposite sides.
   */
  insert(face: number, h: number, layer: number, j: number): void {
    this.loadEdge(h);
    const { mesh, maps, a: a1, b: b1, c: c1, near: near1 } = this;
    const { coordinates, origin, next } = mesh;
    const { rounding } = maps;
    const a2 = maps.a[layer][j];
    const b2 = maps.b[layer][j];
    const c2 = maps.c[layer][j];
    const near2 = rounding.near(layer)[j];
    const p = 2 * origin[h];
    const q = 2 * origin[next[h]];
    const px = coordinates[p];
    const py = coordinates[p + 1];
    const qx = coordinates[q];
    const qy = coordinates[q + 1];
    const left = Math.min(px, qx);
    const right = Math.max(px, qx);
    const low = Math.min(py, qy);
    const high = Math.max(py, qy);
    // Interpolation, then one step of Newton's method on both lines.
    const from = a2 * px + b2 * py + c2;
    const to = a2 * qx + b2 * qy + c2;
    const t = from - to !== 0 ? Math.min(1, Math.max(0, from / (from - to))) : 0.5;
    let x = px + t * (qx - px);
    let y = py + t * (qy - py);
    const determinant = a1 * b2 - a2 * b1;
    const volume = Math.abs(determinant) - 4 * UNIT * (Math.abs(a1 * b2) + Math.abs(a2 * b1));
    let error = Number.POSITIVE_INFINITY;
    if (volume > TINY) {
      const r1 = a1 * x + b1 * y + c1;
      const r2 = a2 * x + b2 * y + c2;
      x = clamp(x - (b2 * r1 - b1 * r2) / determinant, left, right);
      y = clamp(y - (a1 * r2 - a2 * r1) / determinant, low, high);
      const e1 = Math.abs(a1 * x + b1 * y + c1) + near1;
      const e2 = Math.abs(a2 * x + b2 * y + c2) + near2;
      const spread = Math.max(
        Math.abs(b2) * e1 + Math.abs(b1) * e2,
        Math.abs(a2) * e1 + Math.abs(a1) * e2,
      );
      error = (spread / volume) * SLACK + UNIT * Math.max(rounding.reachX, rounding.reachY);
    }
    const neuron = this.offsets[layer] + j;
    if (!(error <= this.poor)) {
      const { box } = this;
      [x, y] = this.exact.coordinates(face, mesh.line[h], neuron);
      x = clamp(x, box.xMin, box.xMax);
      y = clamp(y, box.yMin, box.yMax);
      error = 4 * UNIT * Math.max(Math.abs(x), Math.abs(y)) + Number.MIN_VALUE;
    }
    mesh.splitEdge(h, x, y, neuron, face, error);
  }

  private loadEdge(h: number): void {
    const { sides, maps } = this;
    const line = this.mesh.line[h];
    if (line <= BORDER) {
      const at = 4 * (BORDER - line);
      this.a = sides[at];
      this.b = sides[at + 1];
      this.c = sides[at + 2];
      this.near = sides[at + 3];
      return;
    }
    const layer = this.layerOf[line];
    const i = line - this.offsets[layer];
    this.a = maps.a[layer][i];
    this.b = maps.b[layer][i];
    this.c = maps.c[layer][i];
    this.near = maps.rounding.near(layer)[i];
  }
}

const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

/**
 * The lines along the sides of a polygon. With s = X|a| + Y|b|, the differences a and b are off by at most u·s in size,
 * c by those and three roundings more, 4u·s; the evaluation, with |c| at most s, adds 8u·s. So 16u·s is enough.
 */
function sidesOf(border: Float64Array, reachX: number, reachY: number): Float64Array {
  const n = border.length;
  const sides = new Float64Array(2 * n);
  for (let p = 0; p < n; p += 2) {
    const q = (p + 2) % n;
    let a = border[p + 1] - border[q + 1];
    let b = border[q] - border[p];
    let c = -(a * border[p] + b * border[p + 1]);
    const size = Math.abs(a) * reachX + Math.abs(b) * reachY;
    let near = size > TINY ? 16 * UNIT * size : Number.POSITIVE_INFINITY;
    if (a === 0 || b === 0) {
      // Along an axis only the evaluation is rounded.
      c = a === 0 ? -border[p + 1] : -border[p];
      b = a === 0 ? 1 : 0;
      a = a === 0 ? 0 : 1;
      near = 4 * UNIT * Math.abs(c);
    }
    sides.set([a, b, c, near], 2 * p);
  }
  return sides;
}
