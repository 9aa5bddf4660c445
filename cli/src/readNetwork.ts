import { excerpt, InputError } from '../../src/errors.ts';
import { decoderFor, refuseForeign, START_BYTES } from '../../src/fileStart.ts';
import { type ReadNetwork, readNetworkJson } from '../../src/model/json.ts';
import { JSON_LIMITS, JsonText } from '../../src/model/jsonText.ts';
import { readSafetensors, SAFETENSORS_VALUES } from '../../src/model/safetensors.ts';
import { isSafetensors, longestSafetensors } from '../../src/model/safetensorsFile.ts';
import { Pieces } from './batch/pieces.ts';
import type { Io } from './io.ts';
import { reason } from './reason.ts';

/** Reads a network file, JSON or safetensors, and never holds more of it than the limits allow; every error names the file. */
export async function readNetwork(path: string, io: Pick<Io, 'open'>): Promise<ReadNetwork> {
  try {
    return await readFile(path, io);
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${excerpt(path, 'end')}: ${error.message}`);
    throw error;
  }
}

async function readFile(path: string, io: Pick<Io, 'open'>): Promise<ReadNetwork> {
  const input = await io.open(path).catch((error: unknown): never => {
    throw new InputError(`cannot be read (${reason(error)})`);
  });
  try {
    const pieces = new Pieces(input);
    const start = await pieces.ahead(START_BYTES);
    // A damaged one should not be called something else.
    if (isSafetensors(start) || /\.safetensors$/i.test(path))
      return readSafetensors(await allBytes(pieces));
    return readNetworkJson(await readJson(pieces, start));
  } finally {
    await input.close();
  }
}

async function readJson(pieces: Pieces, start: Uint8Array): Promise<unknown> {
  // UTF-16 takes two bytes for a character.
  if (pieces.size !== undefined && pieces.size > 2 * JSON_LIMITS.length)
    throw new InputError(`is longer than the ${JSON_LIMITS.length} characters that are read`);
  refuseForeign(start);
  const decoder = decoderFor(start);
  const text = new JsonText();
  for (;;) {
    const piece = await pieces.next();
    text.take(decoder.decode(piece, { stream: piece.length > 0 }));
    if (piece.length === 0) return text.value();
  }
}

async function allBytes(pieces: Pieces): Promise<Uint8Array> {
  const longest = longestSafetensors(SAFETENSORS_VALUES);
  const tooLong = () => new InputError(`is longer than the ${longest} bytes that are read`);
  if (pieces.size !== undefined && pieces.size > longest) throw tooLong();
  const parts: Uint8Array[] = [];
  for (;;) {
    const piece = await pieces.next();
    if (piece.length === 0) break;
    if (pieces.taken > longest) throw tooLong();
    parts.push(piece);
  }
  const bytes = new Uint8Array(pieces.taken);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
