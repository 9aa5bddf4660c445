import type { DatasetKind } from './dataset.ts';
import { EXTENT, scatter } from './scatter.ts';

const SQUARES = 4;
/** Part of a square's side left empty at each of its borders. */
const MARGIN = 0.06;

/** A board of 4 × 4 squares; the square in the lower left corner is of class 0. */
export const checkerboard: DatasetKind = {
  key: 'checkerboard',
  label: 'Checkerboard',
  sample: (count, noise, random) =>
    scatter(count, noise, random, (label) => {
      const row = Math.floor(SQUARES * random());
      const column = 2 * Math.floor((SQUARES / 2) * random()) + ((row + label) % 2);
      const within = () => MARGIN + (1 - 2 * MARGIN) * random();
      const place = (square: number) => EXTENT * ((2 * (square + within())) / SQUARES - 1);
      return [place(column), place(row)];
    }),
};
