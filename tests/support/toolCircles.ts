import type { Model } from '../../src/model/model.ts';
import { insphere } from '../../src/regions/measure/insphere.ts';
import { nearestCrease } from '../../src/regions/query/distance.ts';
import { locate } from '../../src/regions/query/locate.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { stepped } from './steps.ts';

export interface TestCircle {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

const STEPS = [-64, -3, -2, -1, 0, 1, 2, 3, 64];

/**
 * Circles with radii that the tool itself names, and numbers next to them: the distance of a point from the nearest
 * crease, and the insphere of its region in the box of half-width `half` around it. They touch creases to the last digit.
 */
export function toolCircles(net: Model, x: number, y: number, half: number): TestCircle[] {
  const found: TestCircle[] = [];
  const nearest = nearestCrease(net, [x, y]);
  if (nearest) found.push({ x, y, r: nearest.distance });
  const box = { xMin: x - half, xMax: x + half, yMin: y - half, yMax: y + half };
  const complex = subdivide(net, box, { maxRegions: 2000 });
  if (complex.complete) found.push(insphere(complex, locate(net, complex, x, y)));
  return found
    .filter(({ r }) => r > 2 ** -1000)
    .flatMap((circle) =>
      STEPS.map((steps) => ({ x: circle.x, y: circle.y, r: stepped(circle.r, steps) })),
    );
}
