import { InputError } from '../../src/errors.ts';

/**
 * One line of JSON; typed arrays become lists. JSON has no infinities, and silently writes null for them: here a number
 * that is not finite is an `InputError`, because only numbers near the end of the range lead to it.
 */
export const toJson = (value: object): string =>
  JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item))
      throw new InputError(
        'a result leaves the range of 64-bit numbers: scale the network or the box down',
      );
    return ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item;
  });
