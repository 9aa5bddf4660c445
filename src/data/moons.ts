import type { DatasetKind } from './dataset.ts';
import { scatter } from './scatter.ts';

/** The pair of interleaved half-circles of radius 1 is 3 wide; this makes it 1.8 wide, centred at the origin. */
const SCALE = 0.6;

/** Two interleaving half-moons: class 0 opens downwards, class 1 upwards. */
export const moons: DatasetKind = {
  key: 'moons',
  label: 'Moons',
  sample: (count, noise, random) =>
    scatter(count, noise, random, (label) => {
      const angle = Math.PI * random();
      const x = label === 1 ? 1 - Math.cos(angle) : Math.cos(angle);
      const y = label === 1 ? 0.5 - Math.sin(angle) : Math.sin(angle);
      return [SCALE * (x - 0.5), SCALE * (y - 0.25)];
    }),
};
