import { type AffineMap, type Model, parameterCount, withMaps } from '../model/model.ts';

/** All parameters of a network in one array, and the same memory seen as layers. */
export interface Parameters {
  /** Layer after layer: weights row-major, then biases. */
  readonly flat: Float64Array;
  /** The layers as views into `flat`: they change with it. */
  readonly layers: readonly AffineMap[];
}

/** Room for the parameters of a network shaped like `layers`, all zero. */
export function zeroParameters(layers: readonly AffineMap[]): Parameters {
  const flat = new Float64Array(parameterCount(layers));
  let at = 0;
  const take = (length: number) => {
    at += length;
    return flat.subarray(at - length, at);
  };
  return {
    flat,
    layers: layers.map(({ inputs, outputs }) => ({
      inputs,
      outputs,
      weights: take(outputs * inputs),
      biases: take(outputs),
    })),
  };
}

/** A copy of the parameters of `layers` in one array. */
export function packParameters(layers: readonly AffineMap[]): Parameters {
  const parameters = zeroParameters(layers);
  parameters.layers.forEach((layer, k) => {
    layer.weights.set(layers[k].weights);
    layer.biases.set(layers[k].biases);
  });
  return parameters;
}

/** A copy of a network in its own memory. */
export const copyNetwork = (net: Model): Model =>
  withMaps(
    net,
    net.layers.map((layer) => ({
      ...layer,
      weights: layer.weights.slice(),
      biases: layer.biases.slice(),
    })),
  );

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
