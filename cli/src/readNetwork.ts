import { excerpt, InputError } from '../../src/errors.ts';
import { type ReadNetwork, readNetworkJson } from '../../src/model/json.ts';
import { JSON_LIMITS, JsonText } from '../../src/model/jsonText.ts';
import { Pieces } from './batch/pieces.ts';
import { decoderFor, refuseForeign, START_BYTES } from './fileStart.ts';
import type { Io } from './io.ts';
import { reason } from './reason.ts';

/** Reads a network file, and never holds more of it than the limits allow; every error names the file. */
export async function readNetwork(path: string, io: Pick<Io, 'open'>): Promise<ReadNetwork> {
  try {
    return readNetworkJson(await readJson(path, io));
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${excerpt(path, 'end')}: ${error.message}`);
    throw error;
  }
}

async function readJson(path: string, io: Pick<Io, 'open'>): Promise<unknown> {
  const input = await io.open(path).catch((error: unknown): never => {
    throw new InputError(`cannot be read (${reason(error)})`);
  });
  try {
    // UTF-16 takes two bytes for a character.
    if (input.size !== undefined && input.size > 2 * JSON_LIMITS.length)
      throw new InputError(`is longer than the ${JSON_LIMITS.length} characters that are read`);
    const pieces = new Pieces(input);
    const start = await pieces.ahead(START_BYTES);
    refuseForeign(start);
    const decoder = decoderFor(start);
    const text = new JsonText();
    for (;;) {
      const piece = await pieces.next();
      text.take(decoder.decode(piece, { stream: piece.length > 0 }));
      if (piece.length === 0) return text.value();
    }
  } finally {
    await input.close();
  }
}
