import type { CellMaps, Maps } from './cellMaps.ts';
import type { Cells } from './cells.ts';
import { growableInts } from './growable.ts';
import type { Vertices } from './vertices.ts';

/** Signs of values within this many tolerances of zero are remembered, so that all faces agree on them. */
const REMEMBERED = 16;

/**
 * Splits the cells of one stage by the creases of one layer. Within a cell every crease is a line; the lines that
 * cross it are applied one after the other, depth first, each only to the parts it crosses.
 *
 * Faces that share an edge find the same vertices on it, because whether and where a line meets an edge is decided
 * once per edge: by the signs at its ends, which are the same from both sides (a pre-activation is continuous across
 * creases), and by the vertex that is already there. The vertex carries the neuron that made it, and that neuron is
 * zero there by knowledge, not by evaluation.
 */
export class Refiner {
  private readonly maps: CellMaps;
  private readonly vertices: Vertices;
  private readonly first: number;
  private readonly width: number;
  private readonly words: number;
  private readonly near = new Map<number, number>();
  private readonly corner = growableInts(1024);
  private readonly label = growableInts(1024);
  private readonly lines = growableInts(1024);
  private readonly pattern: Uint32Array;
  private readonly signs: Int8Array = new Int8Array(4096);
  private readonly sides = [growableInts(), growableInts(), growableInts(), growableInts()];
  private now!: Maps;
  private room = 0;
  private out!: Cells;

  constructor(maps: CellMaps, vertices: Vertices, first: number, width: number, words: number) {
    this.maps = maps;
    this.vertices = vertices;
    this.first = first;
    this.width = width;
    this.words = words;
    this.pattern = new Uint32Array(words);
  }

  /** Adds the parts of cell `index` to `out`; false when that would make more than `room` cells. */
  refine(cells: Cells, index: number, out: Cells, room: number): boolean {
    const patternAt = index * this.words;
    this.now = this.maps.moveTo(cells.patterns.items, patternAt);
    for (let w = 0; w < this.words; w++) this.pattern[w] = cells.patterns.items[patternAt + w];
    const from = cells.start.items[index];
    const length = cells.start.items[index + 1] - from;
    this.corner.length = 0;
    this.label.length = 0;
    this.lines.length = 0;
    this.corner.reserve(length);
    this.label.reserve(length);
    for (let i = 0; i < length; i++) {
      this.corner.items[i] = cells.corner.items[from + i];
      this.label.items[i] = cells.label.items[from + i];
    }
    this.corner.length = length;
    this.label.length = length;
    this.out = out;
    this.room = room;
    this.chooseLines(length);
    this.split(0, length, 0, this.lines.length, false);
    return this.room >= 0;
  }

  /** The lines that may cross the cell: first by its bounding circle, then by its corners. Sets the bits of the others. */
  private chooseLines(length: number): void {
    const { gx, gy, c, tolerance } = this.now;
    const corner = this.corner.items;
    const vx = this.vertices.x.items;
    const vy = this.vertices.y.items;
    let cx = 0;
    let cy = 0;
    for (let i = 0; i < length; i++) {
      cx += vx[corner[i]];
      cy += vy[corner[i]];
    }
    cx /= length;
    cy /= length;
    let radius2 = 0;
    for (let i = 0; i < length; i++) {
      const dx = vx[corner[i]] - cx;
      const dy = vy[corner[i]] - cy;
      const d2 = dx * dx + dy * dy;
      if (d2 > radius2) radius2 = d2;
    }
    // A hair more than the circle, for the rounding of this very test.
    radius2 *= 1 + 1e-9;
    this.lines.reserve(this.width);
    for (let j = 0; j < this.width; j++) {
      const value = gx[j] * cx + gy[j] * cy + c[j];
      const outside = (value < 0 ? -value : value) - 2 * tolerance[j];
      if (outside > 0 && outside * outside > radius2 * (gx[j] * gx[j] + gy[j] * gy[j])) {
        if (value > 0) this.setBit(j);
      } else if (this.crosses(j, 0, length)) this.lines.items[this.lines.length++] = j;
    }
  }

  private setBit(j: number): void {
    const bit = this.first + j;
    this.pattern[bit >> 5] |= 1 << (bit & 31);
  }

  private clearBit(j: number): void {
    const bit = this.first + j;
    this.pattern[bit >> 5] &= ~(1 << (bit & 31));
  }

  /** Sign of neuron j at a vertex, the same from every face. */
  private sign(vertex: number, j: number): number {
    const { gx, gy, c, tolerance } = this.now;
    const { x, y, maker } = this.vertices;
    if (maker.items[vertex] === this.first + j) return 0;
    const value = gx[j] * x.items[vertex] + gy[j] * y.items[vertex] + c[j];
    const size = value < 0 ? -value : value;
    const limit = tolerance[j];
    if (size > REMEMBERED * limit) return value > 0 ? 1 : -1;
    const key = vertex * this.width + j;
    const known = this.near.get(key);
    if (known !== undefined) return known;
    const sign = size <= limit ? 0 : value > 0 ? 1 : -1;
    this.near.set(key, sign);
    return sign;
  }

  /** Whether line j has corners of the part strictly on both sides; where not, sets the bit of j. */
  private crosses(j: number, from: number, length: number): boolean {
    const corner = this.corner.items;
    let positive = false;
    let negative = false;
    for (let i = from; i < from + length; i++) {
      const sign = this.sign(corner[i], j);
      if (sign > 0) positive = true;
      else if (sign < 0) negative = true;
      if (positive && negative) return true;
    }
    if (positive) this.setBit(j);
    return false;
  }

  /**
   * Splits the part `corner[from … from + length − 1]` by the lines `lines[lineFrom … ]`; all of them cross it. The
   * second half of every cut is walked in mirrored order, as in a reflected Gray code: cells that follow each other
   * then differ in few bits, which is what the affine maps of the next layer cost.
   */
  private split(
    from: number,
    length: number,
    lineFrom: number,
    lineCount: number,
    mirrored: boolean,
  ): void {
    if (lineCount === 0 || this.room <= 0) {
      this.room--;
      this.out.add(this.corner.items, this.label.items, from, length, this.pattern, 0);
      return;
    }
    const j = this.lines.items[lineFrom];
    if (!this.cut(from, length, j)) {
      this.split(from, length, lineFrom + 1, lineCount - 1, mirrored);
      return;
    }
    const top = this.corner.length;
    const linesTop = this.lines.length;
    const second = mirrored ? 0 : 2;
    const secondLength = this.sides[second].length;
    const firstLength = this.sides[2 - second].length;
    this.append(this.sides[second].items, this.sides[second + 1].items, secondLength);
    this.append(this.sides[2 - second].items, this.sides[3 - second].items, firstLength);
    const firstFrom = top + secondLength;
    this.descend(firstFrom, firstLength, lineFrom, lineCount, !mirrored, false);
    this.corner.length = firstFrom;
    this.label.length = firstFrom;
    this.lines.length = linesTop;
    this.descend(top, secondLength, lineFrom, lineCount, mirrored, true);
    this.corner.length = top;
    this.label.length = top;
    this.lines.length = linesTop;
  }

  private append(corner: Int32Array, label: Int32Array, length: number): void {
    this.corner.reserve(length);
    this.label.reserve(length);
    for (let i = 0; i < length; i++) {
      this.corner.items[this.corner.length++] = corner[i];
      this.label.items[this.label.length++] = label[i];
    }
  }

  /** One side of the cut by line `lines[lineFrom]`: which of the lines after it still cross there. */
  private descend(
    from: number,
    length: number,
    lineFrom: number,
    lineCount: number,
    positive: boolean,
    mirrored: boolean,
  ): void {
    const j = this.lines.items[lineFrom];
    if (positive) this.setBit(j);
    else this.clearBit(j);
    this.lines.reserve(lineCount);
    const own = this.lines.length;
    let count = 0;
    for (let i = 1; i < lineCount; i++) {
      const line = this.lines.items[lineFrom + i];
      this.clearBit(line);
      if (this.crosses(line, from, length)) this.lines.items[own + count++] = line;
    }
    this.lines.length = own + count;
    this.split(from, length, own, count, mirrored);
  }

  /**
   * Writes the two sides of line j into `sides`. A corner on the line belongs to both where the loop changes sides
   * there, else to the side it touches. False when rounding leaves no clean cut (more than one change each way): then
   * the part is thinner than the tolerance, and the line is taken to pass beside it.
   */
  private cut(from: number, length: number, j: number): boolean {
    if (!this.markSides(from, length, j)) return false;
    const { signs } = this;
    const [positiveCorner, positiveLabel, negativeCorner, negativeLabel] = this.sides;
    const chord = this.first + j;
    for (const side of this.sides) side.length = 0;
    for (let i = 0; i < length; i++) {
      const a = this.corner.items[from + i];
      const b = this.corner.items[i + 1 < length ? from + i + 1 : from];
      const label = this.label.items[from + i];
      const here = signs[i];
      const there = signs[i + 1 < length ? i + 1 : 0];
      const leavesPositive = here > 0 || (here === 0 && there > 0);
      if (here >= 0) {
        positiveCorner.push(a);
        positiveLabel.push(leavesPositive ? label : chord);
      }
      if (here <= 0) {
        negativeCorner.push(a);
        negativeLabel.push(leavesPositive ? chord : label);
      }
      if (here * there < 0) {
        const w = this.crossing(a, b, j, this.sign(a, j));
        positiveCorner.push(w);
        positiveLabel.push(here > 0 ? chord : label);
        negativeCorner.push(w);
        negativeLabel.push(here > 0 ? label : chord);
      }
    }
    return true;
  }

  /** Signs of line j at the corners, zeros left only where the loop changes sides; false without a clean cut. */
  private markSides(from: number, length: number, j: number): boolean {
    const { signs } = this;
    const corner = this.corner.items;
    let start = -1;
    for (let i = 0; i < length; i++) {
      signs[i] = this.sign(corner[from + i], j);
      if (signs[i] !== 0 && start < 0) start = i;
    }
    let side = signs[start];
    let changes = 0;
    for (let step = 1; step <= length; step++) {
      const i = (start + step) % length;
      if (signs[i] === 0) {
        const next = signs[(i + 1) % length];
        if (next === 0 || next === side) signs[i] = side;
        else {
          changes++;
          side = next;
        }
      } else if (signs[i] !== side) {
        changes++;
        side = signs[i];
      }
    }
    return changes === 2;
  }

  /** The vertex where line j meets the edge from a to b, whose ends lie strictly on its two sides. */
  private crossing(a: number, b: number, j: number, signA: number): number {
    const { vertices } = this;
    const middle = vertices.splits.get(a, b);
    if (middle >= 0) {
      const sign = this.sign(middle, j);
      if (sign === 0) return middle;
      return sign === signA
        ? this.crossing(middle, b, j, signA)
        : this.crossing(a, middle, j, signA);
    }
    const { gx, gy, c } = this.now;
    const { x, y } = vertices;
    const ax = x.items[a];
    const ay = y.items[a];
    const bx = x.items[b];
    const by = y.items[b];
    const va = gx[j] * ax + gy[j] * ay + c[j];
    const vb = gx[j] * bx + gy[j] * by + c[j];
    const t = va / (va - vb);
    // From the nearer end, where the rounding is smaller.
    const w =
      t <= 0.5
        ? vertices.add(ax + t * (bx - ax), ay + t * (by - ay), this.first + j)
        : vertices.add(bx + (1 - t) * (ax - bx), by + (1 - t) * (ay - by), this.first + j);
    vertices.splits.set(a, b, w);
    return w;
  }
}
