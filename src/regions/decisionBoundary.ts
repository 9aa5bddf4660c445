import { InputError } from '../errors.ts';
import { type Network, outputSize } from '../network/network.ts';
import type { RegionComplex } from './complex.ts';
import { type OutputMaps, outputMaps } from './outputMaps.ts';

/**
 * Segments `[x1, y1, x2, y2, …]` on which the single output equals `level`, one for every face that they cross. A
 * face on which it does so throughout has none; an edge along which it does belongs to the face that lies above.
 *
 * @param maps `outputMaps(net, complex)`, where the caller has them already
 * @throws InputError for a network with more than one output
 */
export function decisionBoundary(
  net: Network,
  complex: RegionComplex,
  { maps, tolerance }: OutputMaps = outputMaps(net, complex),
  level = 0,
): Float64Array {
  if (outputSize(net) !== 1)
    throw new InputError(
      `the decision boundary needs a network with 1 output, this one has ${outputSize(net)}`,
    );
  const { faceStart, faceCount, origin, coordinates } = complex;
  const segments: number[] = [];
  // Points of the level line on the loop of the face at hand: the first, and the one farthest from it.
  let points = 0;
  let x1 = 0;
  let y1 = 0;
  let x2 = 0;
  let y2 = 0;
  const meet = (x: number, y: number) => {
    if (points++ === 0) {
      x1 = x;
      y1 = y;
    }
    if (points === 1 || Math.hypot(x - x1, y - y1) > Math.hypot(x2 - x1, y2 - y1)) {
      x2 = x;
      y2 = y;
    }
  };
  for (let face = 0; face < faceCount; face++) {
    const a = maps[3 * face];
    const b = maps[3 * face + 1];
    const c = maps[3 * face + 2] - level;
    const from = faceStart[face];
    const to = faceStart[face + 1];
    points = 0;
    let above = false;
    let px = coordinates[2 * origin[to - 1]];
    let py = coordinates[2 * origin[to - 1] + 1];
    let before = a * px + b * py + c;
    for (let h = from; h < to; h++) {
      const x = coordinates[2 * origin[h]];
      const y = coordinates[2 * origin[h] + 1];
      const value = a * x + b * y + c;
      if (value > tolerance[0]) above = true;
      if (Math.abs(value) <= tolerance[0]) meet(x, y);
      else if (before > 0 !== value > 0 && Math.abs(before) > tolerance[0]) {
        // Signs and a quotient: a product of tiny values, or a difference of huge ones, leaves the range.
        const t = 1 / (1 - value / before);
        meet(px + t * (x - px), py + t * (y - py));
      }
      px = x;
      py = y;
      before = value;
    }
    if (above && points > 1 && (x1 !== x2 || y1 !== y2)) segments.push(x1, y1, x2, y2);
  }
  return Float64Array.from(segments);
}
