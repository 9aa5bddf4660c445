import type { BoundMethod } from '../bounds/methods.ts';
import type { Model } from '../model/model.ts';
import type { Box } from '../regions/complex/complex.ts';
import type { Compute, ComputeOptions } from './compute.ts';

export interface FieldRequest {
  readonly kind: 'output' | 'bound' | 'distance';
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
  /** For the bound field: radius of the circle around every pixel's centre, and who bounds it. */
  readonly r: number;
  readonly method: BoundMethod;
}

/** Pixel centres `from … to − 1`, row by row from the top. */
export function pixelCentres(
  { box, columns, rows }: FieldRequest,
  from: number,
  to: number,
): Float64Array {
  const points = new Float64Array(2 * (to - from));
  const dx = (box.xMax - box.xMin) / columns;
  const dy = (box.yMax - box.yMin) / rows;
  for (let i = from; i < to; i++) {
    points[2 * (i - from)] = box.xMin + ((i % columns) + 0.5) * dx;
    points[2 * (i - from) + 1] = box.yMax - (Math.floor(i / columns) + 0.5) * dy;
  }
  return points;
}

/** The field of a network at some points. */
export async function fieldValues(
  compute: Compute,
  net: Model,
  { kind, r, method }: FieldRequest,
  points: Float64Array,
  options: ComputeOptions,
): Promise<Float32Array> {
  if (kind === 'output') return compute.forward(net, points, options);
  if (kind === 'distance') return (await compute.distances(net, points, options)).distance;
  const { C } = await compute.bounds(net, points, r, { ...options, method });
  const layers = net.widths.length;
  return Float32Array.from({ length: points.length / 2 }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < layers; k++) sum += C[i * layers + k];
    return sum;
  });
}
