import { InputError } from '../errors.ts';
import { type Network, outputSize } from '../network/network.ts';
import type { RegionComplex } from './complex.ts';
import { type OutputMaps, outputMaps } from './outputMaps.ts';

/**
 * Segments x1, y1, x2, y2, … on which the single output is zero, one per face that it crosses. A face on which the
 * output is zero throughout has none; an edge on which it is zero belongs to the face where it is positive.
 *
 * @param maps `outputMaps(net, complex)`, where the caller has them already
 * @throws InputError for a network with more than one output
 */
export function decisionBoundary(
  net: Network,
  complex: RegionComplex,
  maps: OutputMaps = outputMaps(net, complex),
): Float64Array {
  if (outputSize(net) !== 1)
    throw new InputError(
      `the decision boundary needs a network with 1 output, this one has ${outputSize(net)}`,
    );
  const segments: number[] = [];
  const { faceStart, faceCount, origin, coordinates } = complex;
  for (let face = 0; face < faceCount; face++) {
    const [gx, gy, c] = maps.maps.subarray(3 * face, 3 * face + 3);
    const tolerance = maps.tolerance[face];
    const value = (vertex: number) => {
      const z = gx * coordinates[2 * vertex] + gy * coordinates[2 * vertex + 1] + c;
      return Math.abs(z) <= tolerance ? 0 : z;
    };
    const points: number[] = [];
    let positive = false;
    const from = faceStart[face];
    const to = faceStart[face + 1];
    for (let h = from; h < to; h++) {
      const a = origin[h];
      const b = origin[h + 1 < to ? h + 1 : from];
      const za = value(a);
      const zb = value(b);
      if (za > 0) positive = true;
      if (za === 0) points.push(coordinates[2 * a], coordinates[2 * a + 1]);
      else if (za * zb < 0) {
        const t = za / (za - zb);
        for (const k of [0, 1])
          points.push(
            coordinates[2 * a + k] + t * (coordinates[2 * b + k] - coordinates[2 * a + k]),
          );
      }
    }
    if (!positive || points.length < 4) continue;
    // More than two points: zeros along one straight side, of which the first and last are its ends.
    const [start, end] = extremes(points);
    segments.push(points[start], points[start + 1], points[end], points[end + 1]);
  }
  return Float64Array.from(segments);
}

/** Offsets of the two points that lie farthest apart. */
function extremes(points: readonly number[]): [number, number] {
  if (points.length === 4) return [0, 2];
  let best: [number, number] = [0, 2];
  let farthest = -1;
  for (let i = 0; i < points.length; i += 2)
    for (let j = i + 2; j < points.length; j += 2) {
      const distance = Math.hypot(points[i] - points[j], points[i + 1] - points[j + 1]);
      if (distance > farthest) {
        farthest = distance;
        best = [i, j];
      }
    }
  return best;
}
