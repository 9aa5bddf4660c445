// The zonotope domain (DeepZ, Singh et al. 2018) begun with an ℓ2 ball. Per point C of every hidden layer.

import { chain, ZONOTOPE } from './chain';

export function zonotope(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
  extra: usize,
): void {
  chain(ZONOTOPE, job, layers, parameters, points, results, scratch, width, extra);
}
