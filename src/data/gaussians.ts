import { normal } from '../random.ts';
import type { DatasetKind } from './dataset.ts';
import { scatter } from './scatter.ts';

const CENTRE = 0.4;
const DEVIATION = 0.12;

/** Two round Gaussian clouds: class 1 around (0.4, 0.4), class 0 around (−0.4, −0.4). */
export const gaussians: DatasetKind = {
  key: 'gaussians',
  label: 'Two Gaussians',
  sample(count, noise, random) {
    const gauss = normal(random);
    return scatter(count, noise, random, (label) => {
      const centre = label === 1 ? CENTRE : -CENTRE;
      return [centre + DEVIATION * gauss(), centre + DEVIATION * gauss()];
    });
  },
};
