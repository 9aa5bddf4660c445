import { CLEAR, type Crease } from './ballMaps.ts';

/** Half-space ± (normal·y + offset) > 0. */
export interface Side {
  readonly crease: Crease;
  readonly sign: 1 | -1;
}

/** By how much of the ball a point is kept away from all sides, so that its signs are clear. */
const MARGIN = 2 ** -36;
/** The sides of a polyhedron, side by side in arrays that are used again and again. */
export class SideArrays {
  count = 0;
  /** `[count × q]` s n, and s b, error and margin of every side. */
  normals = new Float64Array(0);
  offsets = new Float64Array(0);
  floors = new Float64Array(0);
  margins = new Float64Array(0);
  /** Number of sides that are too uncertain for 64-bit numbers: they are left out. */
  vague = 0;
  private readonly q: number;
  private capacity = 0;

  constructor(dimension: number) {
    this.q = dimension;
  }

  /** Sets the sides of the polyhedron. */
  load(sides: readonly Side[]): void {
    this.count = 0;
    this.vague = 0;
    for (const side of sides) this.push(side);
  }

  push({ crease, sign }: Side): void {
    const q = this.q;
    if (this.count === this.capacity) this.grow();
    const at = this.count++;
    const vague = !(crease.floor < CLEAR);
    if (vague) this.vague++;
    const { numbers } = crease.cell;
    const factor = sign * crease.length;
    for (let t = 0; t < q; t++)
      this.normals[at * q + t] = vague ? 0 : numbers[crease.at + t] / factor;
    this.offsets[at] = vague ? 1 : sign * crease.offset;
    this.floors[at] = vague ? 0 : crease.floor;
    this.margins[at] = vague ? 0 : 4 * crease.floor + MARGIN;
  }

  /** Takes the last side away. */
  pop(crease: Crease): void {
    this.count--;
    if (!(crease.floor < CLEAR)) this.vague--;
  }

  private grow(): void {
    this.capacity = Math.max(16, 2 * this.capacity);
    const larger = (old: Float64Array, size: number) => {
      const array = new Float64Array(size);
      array.set(old);
      return array;
    };
    this.normals = larger(this.normals, this.capacity * this.q);
    this.offsets = larger(this.offsets, this.capacity);
    this.floors = larger(this.floors, this.capacity);
    this.margins = larger(this.margins, this.capacity);
  }
}
