import { regionBucket } from '../../src/export/regionColours.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import { ownersOf } from '../../src/regions/complex/neighbours.ts';
import { Sliced, type Steps } from '../../src/steps.ts';
import { packedColour } from '../colour.ts';
import type { CreaseStyle } from './drawCreases.ts';
import { CREASE_CASING, creaseLook } from './looks.ts';
import type { Raster } from './raster.ts';

export interface PaintingStyle extends CreaseStyle {
  /** 0xRRGGBB by `regionBucket`; null leaves the cells out. */
  readonly palette: Uint32Array | null;
  readonly creases: boolean;
  /** Per half-edge, 0 where the map does not change; null where that is not known. */
  readonly changes: Uint8Array | null;
  /** Pixels of the raster per CSS pixel: what a line is wide. */
  readonly density: number;
}

/** Pieces between two looks at the clock: some tens of microseconds. */
const FACES_PER_LOOK = 128;
const ROWS_PER_LOOK = 16;
/** Creases have their full strength while cells are this wide on the average, in CSS pixels. */
const ROOMY = 8;
const FAINTEST = 0.35;

/** Height in pixels of a picture of the box that is so wide. */
export const rasterHeight = ({ xMin, xMax, yMin, yMax }: Box, width: number): number =>
  Math.max(1, Math.round((width * (yMax - yMin)) / (xMax - xMin)));

/**
 * All cells and creases of a complex as one picture of its box, made in slices. Cells that fit into a pixel are not
 * drawn one by one: their pixel has their mean colour, and the share of ink of the creases among them. Where cells
 * crowd, creases are fainter, so that the colours stay visible.
 */
export class Painting {
  /** Regions drawn as part of a mean, so far. */
  smaller = 0;
  private readonly owner: Uint32Array;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /** `[faceCount]` 1 where a face fits into a pixel. */
  private readonly small: Uint8Array;
  private readonly xs: number[] = [];
  private readonly ys: number[] = [];
  private readonly layerOf: Uint8Array;
  private readonly strength: number;
  private readonly steps: Sliced<void>;

  /** @param raster of the size of the box, see `rasterHeight`; what is in it goes */
  constructor(
    private readonly complex: RegionComplex,
    private readonly style: PaintingStyle,
    readonly raster: Raster,
  ) {
    const { faceCount, vertexCount } = complex;
    raster.clear();
    this.owner = ownersOf(complex);
    this.x = new Float64Array(vertexCount);
    this.y = new Float64Array(vertexCount);
    this.small = new Uint8Array(faceCount);
    const { offsets, density } = style;
    this.layerOf = new Uint8Array(offsets[offsets.length - 1]);
    for (let k = 0; k + 1 < offsets.length; k++) this.layerOf.fill(k, offsets[k], offsets[k + 1]);
    const side = Math.sqrt((raster.width * raster.height) / faceCount) / density;
    this.strength = Math.min(1, Math.max(FAINTEST, side / ROOMY));
    this.steps = new Sliced(this.work());
  }

  /** Goes on for about so many milliseconds; true when the picture is done. */
  run(budgetMs: number): boolean {
    return this.steps.run(budgetMs);
  }

  private *work(): Steps<void> {
    const { faceCount } = this.complex;
    yield* this.project();
    for (let face = 0; face < faceCount; ) {
      const end = Math.min(faceCount, face + 4 * FACES_PER_LOOK);
      for (; face < end; face++) this.measure(face);
      yield;
    }
    for (let face = 0; face < faceCount; ) {
      const end = Math.min(faceCount, face + FACES_PER_LOOK);
      for (; face < end; face++) {
        if (this.style.palette) this.cell(face, this.style.palette);
        if (this.style.creases) this.creasesOf(face);
      }
      yield;
    }
    const ink = packedColour(this.style.ink);
    const casing = packedColour(this.style.casing ?? this.style.ink);
    for (let row = 0; row < this.raster.height; ) {
      const end = Math.min(this.raster.height, row + ROWS_PER_LOOK);
      this.raster.compose(ink, casing, row, end);
      row = end;
      yield;
    }
  }

  private *project(): Steps<void> {
    const { box, coordinates, vertexCount } = this.complex;
    const across = this.raster.width / (box.xMax - box.xMin);
    const down = this.raster.height / (box.yMax - box.yMin);
    for (let v = 0; v < vertexCount; ) {
      const end = Math.min(vertexCount, v + 8192);
      for (; v < end; v++) {
        this.x[v] = (coordinates[2 * v] - box.xMin) * across;
        this.y[v] = (box.yMax - coordinates[2 * v + 1]) * down;
      }
      yield;
    }
  }

  private measure(face: number): void {
    const { faceStart, origin } = this.complex;
    const { x, y } = this;
    const v = origin[faceStart[face]];
    let [left, right, top, bottom] = [x[v], x[v], y[v], y[v]];
    for (let h = faceStart[face] + 1; h < faceStart[face + 1]; h++) {
      const w = origin[h];
      if (x[w] < left) left = x[w];
      else if (x[w] > right) right = x[w];
      if (y[w] < top) top = y[w];
      else if (y[w] > bottom) bottom = y[w];
    }
    if (right - left >= 1 || bottom - top >= 1) return;
    this.small[face] = 1;
    this.smaller++;
  }

  private cell(face: number, palette: Uint32Array): void {
    const { faceStart, origin, patterns, words } = this.complex;
    const { xs, ys } = this;
    const from = faceStart[face];
    const n = faceStart[face + 1] - from;
    const colour = palette[regionBucket(patterns, face * words, words)];
    for (let i = 0; i < n; i++) {
      xs[i] = this.x[origin[from + i]];
      ys[i] = this.y[origin[from + i]];
    }
    if (!this.small[face]) {
      this.raster.fill(xs, ys, n, colour);
      return;
    }
    let twice = 0;
    let [sumX, sumY] = [0, 0];
    for (let i = 0, j = n - 1; i < n; j = i++) {
      twice += (xs[j] - xs[0]) * (ys[i] - ys[0]) - (xs[i] - xs[0]) * (ys[j] - ys[0]);
      sumX += xs[i];
      sumY += ys[i];
    }
    this.raster.crumb(sumX / n, sumY / n, Math.abs(twice) / 2, colour);
  }

  private creasesOf(face: number): void {
    const { faceStart, origin, twin, halfEdgeNeuron } = this.complex;
    const { x, y, raster, owner, small } = this;
    const { casing, changes, density, weight } = this.style;
    const end = faceStart[face + 1];
    for (let h = faceStart[face]; h < end; h++) {
      // The border has no twin (−1); of two twins the first stands for both.
      if (twin[h] < h) continue;
      const a = origin[h];
      const b = origin[h + 1 < end ? h + 1 : faceStart[face]];
      const layer = this.layerOf[halfEdgeNeuron[h]];
      const strong = changes === null || changes[h] !== 0;
      const look = creaseLook(layer, strong);
      const width = look.width * weight * density;
      const opacity = look.opacity * this.strength;
      if (small[face] && small[owner[twin[h]]]) {
        const length = Math.hypot(x[b] - x[a], y[b] - y[a]);
        raster.speck((x[a] + x[b]) / 2, (y[a] + y[b]) / 2, length * width, opacity);
        continue;
      }
      raster.line(x[a], y[a], x[b], y[b], width, opacity);
      if (casing === null || !strong) continue;
      const around = width + 2 * CREASE_CASING.reach * weight * density;
      raster.case(x[a], y[a], x[b], y[b], around, CREASE_CASING.opacity * this.strength);
    }
  }
}
