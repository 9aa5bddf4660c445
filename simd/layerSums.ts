// What every kernel that bounds errors begins a layer with: z of its neurons, and a bound e on what z may be off by.

import { firstSums } from './firstSums';
import { errorEnd, valueEnd } from './inputs';
import { copyFirstLayer } from './marks';
import { biasesOf, gammaOf, outputsOf, weightsOf } from './structs';
import { affine, reach } from './sums';
import { errorList, errors, valueList, values } from './workspace';

/**
 * z to `values` and e to `errors`, from the inputs' lists. In layer 0 also what is the same for all points: the lengths of
 * the gradients, to `squares`, and what can move, to `moving`.
 */
export function layerSums(layer: usize, parameters: usize, k: u32, eta: f32): void {
  const weights = weightsOf(layer, parameters);
  const biases = biasesOf(layer, parameters);
  const outputs = outputsOf(layer);
  const gamma = gammaOf(layer);
  if (k === 0) {
    firstSums(weights, biases, outputs, valueList, valueEnd, values, errors, eta, gamma);
    copyFirstLayer((<usize>outputs) << 2);
  } else {
    affine(weights, biases, outputs, valueList, valueEnd, values);
    reach(weights, biases, outputs, errorList, errorEnd, errors, eta, gamma);
  }
}
