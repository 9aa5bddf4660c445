import { InputError } from '../errors.ts';
import { inputSize, type Network } from '../network/network.ts';
import type { Box } from './complex.ts';

/** Throws `InputError` unless the box is finite and has positive width and height. */
export function checkBox({ xMin, xMax, yMin, yMax }: Box): void {
  if (![xMin, xMax, yMin, yMax].every(Number.isFinite))
    throw new InputError('the box needs four finite numbers');
  if (!(xMin < xMax && yMin < yMax))
    throw new InputError(
      `the box [${xMin}, ${xMax}] × [${yMin}, ${yMax}] is empty: its minima must be below its maxima`,
    );
  if (!Number.isFinite(xMax - xMin) || !Number.isFinite(yMax - yMin))
    throw new InputError('the box is too large for 64-bit numbers');
}

/** Throws `InputError` unless the network's input is a point of the plane. */
export function checkPlane(net: Network): void {
  if (inputSize(net) !== 2)
    throw new InputError(
      `regions are drawn in the plane: the network must have 2 inputs, it has ${inputSize(net)}`,
    );
}
