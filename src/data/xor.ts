import type { DatasetKind } from './dataset.ts';
import { EXTENT, scatter } from './scatter.ts';

/** Empty margin on either side of the axes. */
const MARGIN = 0.05;

/** Class 1 where exactly one coordinate is positive. */
export const xor: DatasetKind = {
  key: 'xor',
  label: 'Exclusive-or',
  sample: (count, noise, random) =>
    scatter(count, noise, random, (label) => {
      const x = MARGIN + (EXTENT - MARGIN) * random();
      const y = MARGIN + (EXTENT - MARGIN) * random();
      const side = random() < 0.5 ? -1 : 1;
      return [side * x, (label === 1 ? -side : side) * y];
    }),
};
