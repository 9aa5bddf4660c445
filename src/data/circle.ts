import type { DatasetKind } from './dataset.ts';
import { EXTENT, scatter } from './scatter.ts';

const INNER = 0.5 * EXTENT;
const OUTER_FROM = 0.7 * EXTENT;

/** A disc (class 1) inside a ring (class 0), radii uniform. */
export const circle: DatasetKind = {
  key: 'circle',
  label: 'Circle',
  sample: (count, noise, random) =>
    scatter(count, noise, random, (label) => {
      const angle = 2 * Math.PI * random();
      const radius = label === 1 ? INNER * random() : OUTER_FROM + (EXTENT - OUTER_FROM) * random();
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
};
