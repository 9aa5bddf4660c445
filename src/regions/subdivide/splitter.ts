import type { LayerMaps } from '../maps/layerMaps.ts';
import type { Crossings } from './crossings.ts';
import { type Disc, FaceLoop } from './faceLoop.ts';
import { grown, type Mesh } from './mesh.ts';
import { screen, sort } from './screen.ts';
import type { Signs } from './signs.ts';

const SLOT = 4;
/** Decisions by integers, of up to some milliseconds each, before the step ends. */
const MOST_EXACT = 4;
const PAUSED = -1;

/**
 * Cuts one face at a time by the creases of one layer: a binary space partition. Every part carries the list of
 * neurons that may still cut it; those that do not take both strict signs at its vertices get their bit and leave
 * the list, and the first that does cuts it. Parts wait on a stack, so the work can pause between any two.
 */
export class FaceSplitter {
  private readonly mesh: Mesh;
  private readonly maps: LayerMaps;
  private readonly signs: Signs;
  private readonly crossings: Crossings;
  private readonly limit: number;
  private readonly disc: Disc | null;
  /** Faces outside the disc. Their patterns lack bits, so their maps are wrong: none is visited again. */
  private readonly clear = new Set<number>();
  private layer = 0;
  private offset = 0;
  /** Neurons of the layer that are to cut. */
  private from = 0;
  private to = 0;
  private stopped = false;
  /** Waiting parts: face, start and end of its list in `lists`, and how many at its start are known to cut it. */
  private stack = new Int32Array(SLOT * 64);
  private depth = 0;
  private lists = new Int32Array(1024);
  /** The loop of the current part. */
  private readonly loop = new FaceLoop();

  /** @param limit number of faces that the mesh may have at most */
  constructor(
    mesh: Mesh,
    maps: LayerMaps,
    signs: Signs,
    crossings: Crossings,
    limit: number,
    disc: Disc | null,
  ) {
    this.limit = limit;
    this.disc = disc;
    this.mesh = mesh;
    this.maps = maps;
    this.signs = signs;
    this.crossings = crossings;
  }

  /** Whether a cut was left out because the mesh had as many faces as it may have. */
  get full(): boolean {
    return this.stopped;
  }

  /** The neurons `from … to − 1` of a layer, whose first has the flat index `offset`, are to cut from now on. */
  startLayer(layer: number, offset: number, from: number, to: number): void {
    this.layer = layer;
    this.offset = offset;
    this.from = from;
    this.to = to;
  }

  /** Starts on a face of the layer before; `maps` hold its pre-activations. */
  begin(face: number): void {
    if (this.disc !== null && this.clear.has(face)) return;
    const { loop } = this;
    loop.load(this.mesh, face);
    loop.findBox();
    if (this.disc !== null && loop.isClearOf(this.disc)) {
      this.clear.add(face);
      return;
    }
    const { mesh, offset } = this;
    const { left, right, low, high, error } = loop;
    const cx = (left + right) / 2;
    const cy = (low + high) / 2;
    // Around the rounded centre, so that its rounding cannot matter, and wide enough for the true vertices.
    const halfX = Math.max(right - cx, cx - left) * (1 + 1e-9) + error;
    const halfY = Math.max(high - cy, cy - low) * (1 + 1e-9) + error;
    const { from, to, maps, layer } = this;
    if (to - from > this.lists.length) this.lists = new Int32Array(2 * (to - from));
    const { lists } = this;
    const bits = mesh.patterns;
    const at = face * mesh.words;
    const sides = maps.sidesOf(layer, cx, cy, halfX, halfY);
    const listed =
      sides === null
        ? screen(maps, layer, cx, cy, halfX, halfY, from, to, bits, at, offset, lists)
        : sort(sides, maps.creased[layer], from, to, bits, at, offset, lists);
    if (listed > 0) this.push(face, 0, listed);
  }

  /** Works on one waiting part; false when none is left. */
  step(): boolean {
    if (this.depth === 0) return false;
    const slot = SLOT * --this.depth;
    const face = this.stack[slot];
    const start = this.stack[slot + 1];
    const end = this.stack[slot + 2];
    const known = this.stack[slot + 3];
    this.loop.load(this.mesh, face);
    if (this.disc !== null) {
      this.loop.findBox();
      if (this.loop.isClearOf(this.disc)) {
        this.clear.add(face);
        return true;
      }
    }
    const kept = this.filter(face, start, end, known);
    if (kept === PAUSED) return true;
    if (kept > 0) {
      if (this.mesh.faceCount >= this.limit) {
        this.stopped = true;
        return false;
      }
      const pivot = this.lists[end];
      const other = this.cut(face, pivot);
      if (kept > 1) {
        this.push(other, end + 1, end + kept);
        this.push(face, end + 1, end + kept);
      }
    }
    return true;
  }

  private push(face: number, start: number, end: number, known = 0): void {
    const slot = SLOT * this.depth++;
    if (slot + SLOT > this.stack.length) this.stack = grown(this.stack, new Int32Array(2 * slot));
    this.stack[slot + 3] = known;
    this.stack[slot] = face;
    this.stack[slot + 1] = start;
    this.stack[slot + 2] = end;
  }

  /**
   * Copies to `lists[end …]` those neurons of `lists[start … end)` that take both strict signs at the vertices of
   * the part, gives the others their bit, and returns how many remain. The signs of the first of them, which is to
   * cut the part, are left in `sign`.
   */
  private filter(face: number, start: number, end: number, known: number): number {
    if (2 * end - start > this.lists.length)
      this.lists = grown(this.lists, new Int32Array(4 * end));
    const { lists, offset, signs } = this;
    const { x, y, vertex, sign, corners, error } = this.loop;
    const a = this.maps.a[this.layer];
    const b = this.maps.b[this.layer];
    const c = this.maps.c[this.layer];
    const near = this.maps.rounding.near(this.layer);
    const { patterns, words } = this.mesh;
    const before = signs.exactDecisions;
    const fresh = start + known;
    let to = end;
    for (let k = start; k < end; k++) {
      const j = lists[k];
      // Of those that are known, only the first is checked again, for the signs of the cut.
      if (k > start && k < fresh) {
        lists[to++] = j;
        continue;
      }
      const aj = a[j];
      const bj = b[j];
      const cj = c[j];
      const nj = near[j] + (Math.abs(aj) + Math.abs(bj)) * error;
      let positive = false;
      let negative = false;
      for (let i = 0; i < corners; i++) {
        const z = aj * x[i] + bj * y[i] + cj;
        const side = z > nj ? 1 : z < -nj ? -1 : signs.decide(face, vertex[i], j, z);
        if (side > 0) positive = true;
        else if (side < 0) negative = true;
        if (to === end) sign[i] = side;
        else if (positive && negative) break;
      }
      if (positive && negative) lists[to++] = j;
      else if (positive) patterns[face * words + ((offset + j) >>> 5)] |= 1 << ((offset + j) & 31);
      if (signs.exactDecisions - before >= MOST_EXACT && k >= fresh && k + 1 < end) {
        const kept = to - end;
        for (let rest = k + 1; rest < end; rest++) lists[to++] = lists[rest];
        this.push(face, end, to, kept);
        return PAUSED;
      }
    }
    return to - end;
  }

  /** Cuts the part by neuron j, whose signs are in `sign`; it keeps the positive side, and the negative side is returned. */
  private cut(face: number, j: number): number {
    const { mesh, loop } = this;
    const { sign } = loop;
    mesh.reserve();
    const neuron = this.offset + j;
    // Entry of the negative side first: after the last positive vertex before a negative one.
    let p = 0;
    while (sign[p] <= 0 || loop.strictSignAfter(p) >= 0) p++;
    let q = 0;
    while (sign[q] >= 0 || loop.strictSignAfter(q) <= 0) q++;
    const inA = this.meeting(face, p, j);
    const outA = mesh.next[inA];
    const inB = this.meeting(face, q, j);
    const outB = mesh.next[inB];
    const other = mesh.splitFace(face, inA, outA, inB, outB, neuron);
    mesh.patterns[face * mesh.words + (neuron >>> 5)] |= 1 << (neuron & 31);
    return other;
  }

  /**
   * The half-edge that ends where the crease of neuron j meets the loop between vertex i, strictly on one side, and
   * the next vertex that lies strictly on the other: at a new vertex, or at the one vertex in between that lies on the
   * crease. (A line through the inside of a convex polygon meets the rim twice, so there is no second.)
   */
  private meeting(face: number, i: number, j: number): number {
    const { halfEdge, sign, corners } = this.loop;
    const after = i + 1 === corners ? 0 : i + 1;
    if (sign[after] !== 0) this.crossings.insert(face, halfEdge[i], this.layer, j);
    return halfEdge[i];
  }
}
