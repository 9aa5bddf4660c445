/** Pixels per sample, coarse to fine; the coarsest are for bounds that take milliseconds each. */
const PIXELS = [128, 64, 32, 16, 8, 4, 2, 1];
/** While anything moves, a picture may take this long; a finer one waits until nothing has moved for a while. */
export const MOVING_MS = 60;
/** A picture that takes longer than this is not begun: the one before it stays. */
const LONGEST_MS = 45_000;
/** As long as nothing was measured no first picture is finer than this, however cheap it may look. */
const UNMEASURED_PIXELS = 16;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The samples of a picture with so many pixels to a sample. */
export interface Grid {
  readonly pixels: number;
  readonly columns: number;
  readonly rows: number;
}

function gridOf(pixels: number, { width, height }: Size): Grid {
  const along = (length: number) => Math.max(1, Math.round(length / pixels));
  return { pixels, columns: along(width), rows: along(height) };
}

/** Milliseconds that a picture will take at `cost` milliseconds per sample. */
export const timeFor = ({ columns, rows }: Grid, cost: number): number => cost * columns * rows;

/**
 * The picture to begin with: the finest that is quick enough while things move, and the coarsest where none is.
 * `measured` says whether the cost per sample was, or is a guess.
 */
export function firstGrid(size: Size, cost: number, measured: boolean): Grid {
  const finest = measured ? 1 : UNMEASURED_PIXELS;
  const grids = PIXELS.filter((pixels) => pixels >= finest).map((pixels) => gridOf(pixels, size));
  return grids.findLast((grid) => timeFor(grid, cost) <= MOVING_MS) ?? grids[0];
}

/** The next finer picture; null where there is none, or it would take too long. */
export function finerGrid(size: Size, { pixels }: Grid, cost: number): Grid | null {
  const next = PIXELS[PIXELS.indexOf(pixels) + 1];
  if (next === undefined) return null;
  const grid = gridOf(next, size);
  return timeFor(grid, cost) <= LONGEST_MS ? grid : null;
}
