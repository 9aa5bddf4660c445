// What the kernels that carry gradients do before their first point, and how those whose points are balls find their way:
// a ball is d coordinates and r̂.

import { firstLayerSquares, firstRowsOf } from './gradient';
import { findDense, firstLayerMoving } from './marks';
import { columnsOf, dimensionOf, hiddenOf, outputsOf } from './structs';
import { firstSquares, layOut } from './workspace';

/**
 * Lays the workspace out. `floor` is added to the squares of the first layer's gradients; the result is where these stand,
 * `[columns × outputs]`.
 */
export function setUp(
  job: usize,
  layers: usize,
  parameters: usize,
  scratch: usize,
  width: u32,
  extra: usize,
  floor: f32,
): usize {
  const d = dimensionOf(job);
  const columns = columnsOf(job);
  const firstRows = firstRowsOf(job, layers, parameters, extra);
  layOut(scratch, width, d, columns, hiddenOf(job));
  findDense(job, layers, parameters);
  firstLayerSquares(firstRows, outputsOf(layers), columns, floor, firstSquares);
  firstLayerMoving(layers, parameters, d);
  return firstRows;
}

/** Bytes of a ball among the points. */
export function ballBytesOf(job: usize): usize {
  return (<usize>dimensionOf(job) + 1) << 2;
}

/** r̂ of the ball at `point`. */
export function radiusOf(job: usize, point: usize): f32 {
  return load<f32>(point + ((<usize>dimensionOf(job)) << 2));
}
