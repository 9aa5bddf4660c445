import { grown, type Mesh } from './mesh.ts';

/** An open disc of the plane. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** The loop of one face of a mesh, in arrays that are reused from face to face. */
export class FaceLoop {
  /** Number of entries that count in the arrays below. */
  corners = 0;
  halfEdge = new Int32Array(64);
  /** Where each half-edge starts. */
  vertex = new Int32Array(64);
  x = new Float64Array(64);
  y = new Float64Array(64);
  /** Signs of one neuron at the vertices, for the code that cuts the face. */
  sign = new Int8Array(64);
  /** Largest error of a coordinate in the loop. */
  error = 0;
  // The bounding box of the rounded vertices, once it was requested.
  left = 0;
  right = 0;
  low = 0;
  high = 0;

  load(mesh: Mesh, face: number): void {
    const { first, next, origin, coordinates, vertexError } = mesh;
    const start = first[face];
    let h = start;
    let i = 0;
    let error = 0;
    do {
      if (i === this.halfEdge.length) this.enlarge();
      const v = origin[h];
      this.halfEdge[i] = h;
      this.vertex[i] = v;
      this.x[i] = coordinates[2 * v];
      this.y[i] = coordinates[2 * v + 1];
      if (vertexError[v] > error) error = vertexError[v];
      i++;
      h = next[h];
    } while (h !== start);
    this.error = error;
    this.corners = i;
  }

  findBox(): void {
    const { x, y, corners } = this;
    let left = x[0];
    let right = left;
    let low = y[0];
    let high = low;
    for (let i = 1; i < corners; i++) {
      if (x[i] < left) left = x[i];
      else if (x[i] > right) right = x[i];
      if (y[i] < low) low = y[i];
      else if (y[i] > high) high = y[i];
    }
    this.left = left;
    this.right = right;
    this.low = low;
    this.high = high;
  }

  /** Whether the bounding box, which must have been computed, certainly has no point in common with a disc. */
  isClearOf(disc: Disc): boolean {
    const { left, right, low, high, error } = this;
    // In units of r, so that a square that underflows is that of a small distance. Where rounding leaves it open, the
    // cell counts as within reach, which costs at most one cut.
    const dx = Math.max(left - disc.x - error, disc.x - right - error, 0) / disc.r;
    const dy = Math.max(low - disc.y - error, disc.y - high - error, 0) / disc.r;
    return (dx * dx + dy * dy) * (1 - 1e-12) >= 1;
  }

  /** The first sign after position i that is not zero. */
  strictSignAfter(i: number): number {
    const { sign, corners } = this;
    let k = i;
    do k = k + 1 === corners ? 0 : k + 1;
    while (sign[k] === 0);
    return sign[k];
  }

  private enlarge(): void {
    const size = 2 * this.halfEdge.length;
    this.halfEdge = grown(this.halfEdge, new Int32Array(size));
    this.vertex = grown(this.vertex, new Int32Array(size));
    this.x = grown(this.x, new Float64Array(size));
    this.y = grown(this.y, new Float64Array(size));
    this.sign = new Int8Array(size);
  }
}
