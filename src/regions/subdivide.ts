import { InputError } from '../errors.ts';
import {
  hiddenWidths,
  inputSize,
  type Network,
  neuronOffsets,
  patternWords,
} from '../network/network.ts';
import { assemble } from './assemble.ts';
import { CellMaps } from './cellMaps.ts';
import { Cells } from './cells.ts';
import { BORDER, type Box, type RegionComplex } from './complex.ts';
import { Refiner } from './refiner.ts';
import { Vertices } from './vertices.ts';

export interface SubdivisionOptions {
  /** The work stops with a partial complex once there are this many cells. */
  readonly maxRegions?: number;
}

export const DEFAULT_MAX_REGIONS = 200_000;
/** Cells between two looks at the clock. */
const CELLS_PER_LOOK = 32;

/**
 * The cells of a network with two inputs on a box, refined layer by layer in slices of time, so that a worker can
 * look at its messages in between and drop the work.
 */
export class Subdivision {
  private readonly net: Network;
  private readonly box: Box;
  private readonly maxRegions: number;
  private readonly vertices: Vertices;
  private readonly words: number;
  private cells: Cells;
  private refined: Cells;
  private layer = 0;
  private next = 0;
  private refiner: Refiner | null = null;
  private stopped = false;

  constructor(
    net: Network,
    box: Box,
    { maxRegions = DEFAULT_MAX_REGIONS }: SubdivisionOptions = {},
  ) {
    if (inputSize(net) !== 2)
      throw new InputError(
        `regions of the plane need a network with 2 inputs, this one has ${inputSize(net)}`,
      );
    if (!Object.values(box).every(Number.isFinite))
      throw new InputError('the box must have finite sides');
    if (!(box.xMin < box.xMax && box.yMin < box.yMax))
      throw new InputError('the box is empty: each minimum must be below its maximum');
    this.net = net;
    this.box = box;
    this.maxRegions = maxRegions;
    this.words = patternWords(net);
    this.vertices = new Vertices();
    this.cells = this.wholeBox();
    this.refined = new Cells(this.words);
  }

  private wholeBox(): Cells {
    const { xMin, xMax, yMin, yMax } = this.box;
    const corners = Int32Array.of(
      this.vertices.add(xMin, yMin, -1),
      this.vertices.add(xMax, yMin, -1),
      this.vertices.add(xMax, yMax, -1),
      this.vertices.add(xMin, yMax, -1),
    );
    const labels = Int32Array.of(BORDER, BORDER - 1, BORDER - 2, BORDER - 3);
    const cells = new Cells(this.words);
    cells.add(corners, labels, 0, 4, new Uint32Array(this.words), 0);
    return cells;
  }

  /** Cells found so far, at the depth reached. */
  get regionsSoFar(): number {
    return Math.max(this.cells.count, this.refined.count);
  }

  /** Works for about `budgetMs` milliseconds; true when the complex is finished. */
  run(budgetMs: number): boolean {
    const widths = hiddenWidths(this.net);
    const end = performance.now() + budgetMs;
    while (this.layer < widths.length && !this.stopped) {
      this.refiner ??= new Refiner(
        new CellMaps(this.net, this.layer, this.box, this.words),
        this.vertices,
        neuronOffsets(this.net)[this.layer],
        widths[this.layer],
        this.words,
      );
      while (this.next < this.cells.count) {
        const room = this.maxRegions - (this.cells.count - this.next);
        if (!this.refiner.refine(this.cells, this.next++, this.refined, room)) {
          this.stopped = true;
          break;
        }
        if (this.next % CELLS_PER_LOOK === 0 && performance.now() > end) return false;
      }
      this.finishLayer();
    }
    return true;
  }

  private finishLayer(): void {
    const { cells, refined } = this;
    for (; this.next < cells.count; this.next++) {
      const from = cells.start.items[this.next];
      const length = cells.start.items[this.next + 1] - from;
      refined.add(
        cells.corner.items,
        cells.label.items,
        from,
        length,
        cells.patterns.items,
        this.next * this.words,
      );
    }
    this.cells = refined;
    this.refined = new Cells(this.words);
    this.layer++;
    this.next = 0;
    this.refiner = null;
  }

  /** The complex as far as it was refined; call it when `run` has returned true. */
  result(): RegionComplex {
    return assemble(this.cells, this.vertices, this.box, !this.stopped);
  }
}

/** The cells of `net` on `box`, all at once. Throws `InputError` for a network without two inputs or a bad box. */
export function subdivide(net: Network, box: Box, options?: SubdivisionOptions): RegionComplex {
  const work = new Subdivision(net, box, options);
  work.run(Number.POSITIVE_INFINITY);
  return work.result();
}
