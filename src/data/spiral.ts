import type { DatasetKind } from './dataset.ts';
import { EXTENT, scatter } from './scatter.ts';

const TURNS = 1.75;

/** Two arms of an Archimedean spiral, half a turn apart; points evenly spread along the radius. */
export const spiral: DatasetKind = {
  key: 'spiral',
  label: 'Spiral',
  sample: (count, noise, random) =>
    scatter(count, noise, random, (label, index, size) => {
      const along = (index + random()) / size;
      const angle = 2 * Math.PI * TURNS * along + (label === 1 ? Math.PI : 0);
      return [EXTENT * along * Math.sin(angle), EXTENT * along * Math.cos(angle)];
    }),
};
