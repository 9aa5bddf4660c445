import type { Parameters } from './parameters.ts';

/** Adds the gradient of l1 · Σ|w| + l2 / 2 · Σw² over all weights (not biases); sign(0) counts as 0. */
export function addPenalties(
  gradient: Parameters,
  parameters: Parameters,
  l1: number,
  l2: number,
): void {
  if (l1 === 0 && l2 === 0) return;
  for (let k = 0; k < parameters.layers.length; k++) {
    const { weights } = parameters.layers[k];
    const slopes = gradient.layers[k].weights;
    for (let i = 0; i < weights.length; i++)
      slopes[i] += l2 * weights[i] + l1 * Math.sign(weights[i]);
  }
}
