// Algorithm 1 with signed remainders (ours, after Zhu, Lin & Tang 2020): what is affine hands on its gradient, and
// keeps it when a bent input comes in. Per point C of every hidden layer.

import { AFFINE, chain } from './chain';

export function algorithm1plus(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  chain(AFFINE, job, layers, parameters, points, results, scratch, width, extra);
}
