import { InputError } from '../../errors.ts';
import { hiddenLayers, inputSize, type Network } from '../../network/network.ts';

export interface NearestCrease {
  /** Euclidean distance to the nearest boundary of an activation region. */
  readonly distance: number;
  /** Hidden layer and neuron, both from 0, whose crease it is. */
  readonly layer: number;
  readonly neuron: number;
}

/** Gradients at or below this share of what was added up to make them are zero. */
const RELATIVE_TOLERANCE = 2 ** -44;
/** Gradients below this feel what underflow takes from their terms. */
const SMALL_GRADIENT = 2 ** -960;
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * min |z(x)| / ‖∇z(x)‖ over the neurons with ∇z(x) ≠ 0 (Hanin & Rolnick 2019), in any input dimension, with one
 * forward pass that carries the Jacobian. The cell of x is an intersection of half-spaces, and one that is redundant
 * is never nearer than its boundary, so this is the distance to the boundary itself. Null where every pre-activation
 * is constant. At a tie the first neuron is named.
 *
 * @param x `[inputs]`
 * @throws InputError for a point of the wrong size or not finite, and where a value or a gradient that counts leaves
 *   the range of 64-bit numbers
 */
export function nearestCrease(net: Network, x: ArrayLike<number>): NearestCrease | null {
  const d = inputSize(net);
  if (x.length !== d)
    throw new InputError(`the point has ${x.length} coordinates, the network takes ${d}`);
  for (let i = 0; i < d; i++)
    if (!Number.isFinite(x[i])) throw new InputError('the point must be made of finite numbers');
  let best: NearestCrease | null = null;
  let values = Float64Array.from(x);
  let gradients = new Float64Array(0);
  hiddenLayers(net).forEach(({ inputs, outputs, weights, biases }, layer) => {
    const nextValues = new Float64Array(outputs);
    const nextGradients = new Float64Array(outputs * d);
    for (let j = 0; j < outputs; j++) {
      const g = nextGradients.subarray(j * d, (j + 1) * d);
      let z = biases[j];
      let size = 0;
      let underflow = false;
      for (let i = 0; i < inputs; i++) {
        const w = weights[j * inputs + i];
        z += w * values[i];
        if (layer === 0) {
          // The gradient is the row of weights: no product with an identity, which is the square of the inputs.
          g[i] = w;
          size += Math.abs(w);
          continue;
        }
        for (let c = 0; c < d; c++) {
          const term = w * gradients[i * d + c];
          g[c] += term;
          size += Math.abs(term);
          if (Math.abs(term) < SMALLEST_NORMAL && w !== 0 && gradients[i * d + c] !== 0)
            underflow = true;
        }
      }
      const norm = Math.hypot(...g);
      if (!Number.isFinite(z) || !Number.isFinite(size) || !Number.isFinite(norm))
        throw new InputError(
          `neuron ${j} of hidden layer ${layer} leaves the range of 64-bit numbers at this point: scale the network or the point down`,
        );
      if (underflow && norm < SMALL_GRADIENT)
        throw new InputError(
          `the gradient of neuron ${j} of hidden layer ${layer} is too small for 64-bit numbers: scale the network up`,
        );
      if (norm > RELATIVE_TOLERANCE * size) {
        const distance = Math.abs(z) / norm;
        if (best === null || distance < best.distance) best = { distance, layer, neuron: j };
      }
      const factor = z > 0 ? 1 : net.negativeSlope;
      nextValues[j] = factor * z;
      for (let c = 0; c < d; c++) g[c] *= factor;
    }
    values = nextValues;
    gradients = nextGradients;
  });
  return best;
}
