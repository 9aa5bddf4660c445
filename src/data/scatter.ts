import { normal, type Random } from '../random.ts';
import type { Samples } from './dataset.ts';

/** Half the side of the square that noise-free data keeps to, so that the outermost points stay in view. */
export const EXTENT = 0.9;

/** Half the side of the data's square about 0, [−1.2, 1.2]²: noise of the default size keeps to it as well. */
export const DATA_HALF = 1.2;

/** Standard deviation of the displacement of a point, per unit of noise: full noise (0.5) blurs every shape. */
const DEVIATION_PER_NOISE = 0.5;

/**
 * `count` points, classes alternating, from a rule that places the `index`-th of the `size` points of a class.
 * Every point is then displaced by a Gaussian of standard deviation noise / 2 in either direction.
 */
export function scatter(
  count: number,
  noise: number,
  random: Random,
  place: (label: 0 | 1, index: number, size: number) => readonly [x: number, y: number],
): Samples {
  const points = new Float64Array(2 * count);
  const labels = new Uint8Array(count);
  const gauss = normal(random);
  const deviation = DEVIATION_PER_NOISE * noise;
  const sizes = [Math.ceil(count / 2), Math.floor(count / 2)];
  for (let i = 0; i < count; i++) {
    const label = i % 2 === 0 ? 0 : 1;
    const [x, y] = place(label, i >> 1, sizes[label]);
    labels[i] = label;
    points[2 * i] = x + deviation * gauss();
    points[2 * i + 1] = y + deviation * gauss();
  }
  return { count, points, labels };
}
