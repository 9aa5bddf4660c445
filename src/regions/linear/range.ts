import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import type { Box } from '../complex/complex.ts';

export const outOfRange = (): InputError =>
  new InputError(
    'the network leaves the range of 64-bit numbers here: scale its weights or the box down',
  );

/**
 * Throws `InputError` where a value of the network in the box may be beyond 64-bit numbers: where the network with
 * absolute weights overflows at the largest |x| and |y|. Its values bound all partial sums, because no slope is beyond
 * ±1. A NaN in a hidden layer may become a number again in a later one.
 */
export function checkRange(net: Model, { xMin, xMax, yMin, yMax }: Box): void {
  let values = [Math.max(Math.abs(xMin), Math.abs(xMax)), Math.max(Math.abs(yMin), Math.abs(yMax))];
  for (const { inputs, weights, biases } of net.layers) {
    const below = values;
    values = Array.from(biases, (bias, j) => {
      let sum = Math.abs(bias);
      for (let i = 0; i < inputs; i++) sum += Math.abs(weights[j * inputs + i]) * below[i];
      return sum;
    });
    if (!values.every(Number.isFinite)) throw outOfRange();
  }
}
