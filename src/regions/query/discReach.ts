import type { Model } from '../../model/model.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { dyadics, signOf } from '../exact/dyadic.ts';
import { ExactMaps } from '../exact/exactMaps.ts';
import { type ExactPoint, ExactVertices } from '../exact/exactVertices.ts';
import { UNIT } from '../maps/rounding.ts';
import type { Disc } from '../subdivide/faceLoop.ts';

const SLACK = 1 + 2 ** -20;
/** More than a sum of products here can lose by underflow. */
const TINY = 2 ** -1060;
/** Squares of numbers within 2^±PLAIN, and products of two such squares, are far from the ends of the range. */
const PLAIN = 200;
/** Squares of lengths below this, times squares of such numbers, underflow. */
const SHORT = 2 ** -500;

/**
 * Which edges of a complex come nearer to the centre of a disc than its radius: exactly, so that an edge that only
 * touches the rim does not. 64-bit numbers decide with a bound on their errors, derived in docs/exactness.md; what that
 * leaves open is decided in integers, with vertices as (x : y : w) and edges by their lines: no division, no root.
 */
export class DiscReach {
  /** Vertices and edges that integers had to decide. */
  exactDecisions = 0;
  private readonly complex: RegionComplex;
  private readonly disc: Disc;
  private readonly plain: boolean;
  private readonly r2: number;
  private readonly lines: ExactMaps;
  private readonly vertices: ExactVertices;
  /** `[vertices]`: 1 in the open disc, −1 not, 0 not known yet. */
  private readonly inside: Int8Array;
  /** Centre and radius as X / K, Y / K, R / K; created on first use. */
  private exact: { X: bigint; Y: bigint; R: bigint; K: bigint } | null = null;

  constructor(net: Model, complex: RegionComplex, disc: Disc) {
    this.complex = complex;
    this.disc = disc;
    this.plain = disc.r > 2 ** -PLAIN && disc.r < 2 ** PLAIN;
    this.r2 = disc.r * disc.r;
    this.lines = new ExactMaps(net, complex.border);
    this.vertices = new ExactVertices(complex, this.lines);
    this.inside = new Int8Array(complex.vertexCount);
  }

  /** Whether half-edge h of the face, from vertex p to q, meets the open disc. */
  edge(face: number, h: number, p: number, q: number): boolean {
    if (this.vertex(p) || this.vertex(q)) return true;
    return (this.edgeByBounds(p, q) || this.edgeByIntegers(face, h, p, q)) > 0;
  }

  private vertex(v: number): boolean {
    if (this.inside[v] === 0) this.inside[v] = this.vertexByBounds(v) || this.vertexByIntegers(v);
    return this.inside[v] > 0;
  }

  private vertexByBounds(v: number): -1 | 0 | 1 {
    if (!this.plain) return 0;
    const { complex, disc, r2 } = this;
    const dx = Math.abs(complex.coordinates[2 * v] - disc.x);
    const dy = Math.abs(complex.coordinates[2 * v + 1] - disc.y);
    const e = complex.vertexError[v] + UNIT * Math.max(dx, dy);
    const d2 = dx * dx + dy * dy;
    const bound = (2 * (dx + dy + e) * e + 4 * UNIT * (d2 + r2)) * SLACK;
    return d2 - r2 > bound ? -1 : d2 - r2 < -bound ? 1 : 0;
  }

  /**
   * For an edge whose ends are not in the disc: it can reach in only where the foot of the perpendicular from the
   * centre lies within it.
   */
  private edgeByBounds(p: number, q: number): -1 | 0 | 1 {
    if (!this.plain) return 0;
    const { disc, r2 } = this;
    const { coordinates, vertexError } = this.complex;
    const px = coordinates[2 * p] - disc.x;
    const py = coordinates[2 * p + 1] - disc.y;
    const qx = coordinates[2 * q] - disc.x;
    const qy = coordinates[2 * q + 1] - disc.y;
    const dx = coordinates[2 * q] - coordinates[2 * p];
    const dy = coordinates[2 * q + 1] - coordinates[2 * p + 1];
    const e = vertexError[p] + vertexError[q];
    const size = Math.abs(dx) + Math.abs(dy);
    const sizeP = Math.abs(px) + Math.abs(py);
    const sizeQ = Math.abs(qx) + Math.abs(qy);
    // Every product of two differences is off by its roundings and by e times their sizes at most.
    const boundP = ((size + sizeP + 2 * e) * e + 8 * UNIT * size * sizeP) * SLACK + TINY;
    const boundQ = ((size + sizeQ + 2 * e) * e + 8 * UNIT * size * sizeQ) * SLACK + TINY;
    const alongP = -(px * dx + py * dy);
    const alongQ = qx * dx + qy * dy;
    if (alongP < -boundP || alongQ < -boundQ) return -1;
    const cross = Math.abs(px * dy - py * dx);
    const length2 = dx * dx + dy * dy;
    const boundL = (2 * (size + e) * e + 4 * UNIT * length2) * SLACK;
    if (!(length2 > SHORT && length2 > boundL)) return 0;
    const nearest = cross - boundP;
    if (nearest > 0 && nearest * nearest > r2 * (length2 + boundL) * (1 + 16 * UNIT)) return -1;
    const farthest = cross + boundP;
    const within = alongP > boundP && alongQ > boundQ;
    return within && farthest * farthest < r2 * (length2 - boundL) * (1 - 16 * UNIT) ? 1 : 0;
  }

  private vertexByIntegers(v: number): -1 | 1 {
    this.exactDecisions++;
    const { X, Y, R, K } = this.integers();
    const { x, y, w } = this.vertices.point(v);
    const dx = x * K - X * w;
    const dy = y * K - Y * w;
    const r = R * w;
    return dx * dx + dy * dy < r * r ? 1 : -1;
  }

  private edgeByIntegers(face: number, h: number, p: number, q: number): -1 | 1 {
    this.exactDecisions++;
    const { halfEdgeNeuron, patterns, words } = this.complex;
    const { X, Y, R, K } = this.integers();
    const { a, b, c } = this.lines.line(halfEdgeNeuron[h], patterns, face * words);
    const level = a * X + b * Y + c * K;
    if (level * level >= R * R * (a * a + b * b)) return -1;
    // On which side of the foot of the centre a vertex lies, along the line.
    const along = ({ x, y, w }: ExactPoint) => signOf(b * (x * K - X * w) - a * (y * K - Y * w));
    return along(this.vertices.point(p)) * along(this.vertices.point(q)) < 0 ? 1 : -1;
  }

  private integers() {
    if (this.exact === null) {
      const { x, y, r } = this.disc;
      const { mantissas, exponent } = dyadics([x, y, r]);
      const up = BigInt(Math.max(0, exponent));
      const [X, Y, R] = mantissas.map((m) => m << up);
      this.exact = { X, Y, R, K: 1n << BigInt(Math.max(0, -exponent)) };
    }
    return this.exact;
  }
}
