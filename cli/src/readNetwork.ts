import { excerpt, InputError, printable } from '../../src/errors.ts';
import { networkFromJson } from '../../src/network/json.ts';
import type { Network } from '../../src/network/network.ts';
import { reason } from './reason.ts';

/** Reads a network file; every complaint names the file. */
export function readNetwork(path: string, readText: (path: string) => string): Network {
  try {
    return networkFromJson(parse(text(path, readText)));
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${excerpt(path, 'end')}: ${error.message}`);
    throw error;
  }
}

function text(path: string, readText: (path: string) => string): string {
  try {
    // A byte order mark, which some editors write, is no part of JSON.
    return readText(path).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new InputError(`cannot be read (${reason(error)})`);
  }
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    // V8 quotes what surrounds the place, in no length that one could rely on.
    const message = (error as Error).message.replace(
      /(, )?(\.{3})?".*" *(\.{3})? is not valid JSON$/s,
      '',
    );
    throw new InputError(`is not JSON${message === '' ? '' : ` (${printable(message)})`}`);
  }
}
