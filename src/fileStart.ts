import { InputError } from './errors.ts';
import { isSafetensors } from './model/safetensorsFile.ts';

/** Bytes from which `decoderFor` and `refuseForeign` recognise a file. */
export const START_BYTES = 64;

/** The decoder for a text that begins like this: UTF-8, or UTF-16 by its byte order mark; the mark is left out. */
export function decoderFor(start: Uint8Array): TextDecoder {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le');
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder();
}

/**
 * The text of a file: UTF-8, UTF-16 by its byte order mark, or Windows-1252, which Excel still writes where it says CSV.
 * Throws `InputError` where `refuseForeign` does.
 */
export function textOf(bytes: Uint8Array): string {
  refuseForeign(bytes.subarray(0, START_BYTES));
  const decoder = decoderFor(bytes);
  if (decoder.encoding !== 'utf-8') return decoder.decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const ZIP = 'PK\u0003\u0004';

/** First bytes of files that people mistake for text, what they are, and what to do. */
const FOREIGN: readonly [start: string, is: string][] = [
  ['\u0093NUMPY', 'is a .npy file of NumPy, which is not read here'],
  ['\u0089HDF', 'is an HDF5 file (.h5), which is not read here'],
  ['\u001f\u008b', 'is compressed (gzip): unpack it first'],
  ['\u00d0\u00cf\u0011\u00e0', 'is an Excel workbook: save it as CSV'],
  ['PAR1', 'is a Parquet file: save it as CSV or .npy'],
  ['\u00ff\u00fe\u0000\u0000', 'is UTF-32: save it as UTF-8'],
  ['\u0000\u0000\u00fe\u00ff', 'is UTF-32: save it as UTF-8'],
  ['\u0080', 'is a Python pickle: save the numbers as text'],
];

/**
 * Throws `InputError` if the first bytes of a file are those of a format that is not read here, or not text at all.
 * Where a .npy file is allowed, that is checked before.
 */
export function refuseForeign(start: Uint8Array): void {
  const text = String.fromCharCode(...start.subarray(0, START_BYTES));
  if (text.startsWith(ZIP)) throw new InputError(archive(text.slice(30)));
  if (isSafetensors(start))
    throw new InputError('is a safetensors file, which is read as a network but not as a table');
  const found = FOREIGN.find(([begins]) => text.startsWith(begins));
  if (found) throw new InputError(found[1]);
  if (decoderFor(start).encoding === 'utf-8' && start.includes(0))
    throw new InputError(
      'holds zero bytes: binary data, or UTF-16 without a byte order mark; text is read as UTF-8',
    );
}

/** The kind of a ZIP archive by the name of its first file. */
function archive(first: string): string {
  if (/^[^/]*\.npy/.test(first))
    return 'is an archive of NumPy (.npz): save one array of it with numpy.save, and give that .npy file';
  if (/^(\[Content_Types\]|_rels\/|xl\/)/.test(first))
    return 'is an Excel workbook: save it as CSV';
  if (/^[^/]+\/(data\.pkl|\.format|byteorder|version)/.test(first))
    return 'is a file of PyTorch: write its state_dict as .safetensors, or as JSON, {name: tensor.tolist()}';
  return 'is a ZIP archive: unpack it first';
}
