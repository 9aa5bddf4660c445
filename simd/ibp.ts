// Interval bound propagation in an ℓ2 ball, with an exact first layer. Per point C of every hidden layer.

import { chain, INTERVAL } from './chain';

export function ibp(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  chain(INTERVAL, job, layers, parameters, points, results, scratch, width, extra);
}
