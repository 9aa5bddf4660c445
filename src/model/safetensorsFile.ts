import { ELEMENT_TYPES, type ElementType } from '../elements.ts';
import { counted, InputError, quoted } from '../errors.ts';
import { JsonText } from './jsonText.ts';

/** Bytes of the header; one of 1,024 layers takes about 200 thousand. */
const LONGEST_HEADER = 2 ** 22;

/** Bytes before the header: its length. */
const PREFIX = 8;

const TYPES: Readonly<Record<string, ElementType>> = {
  F64: ELEMENT_TYPES.f8,
  F32: ELEMENT_TYPES.f4,
  F16: ELEMENT_TYPES.f2,
  BF16: ELEMENT_TYPES.bf2,
};

/** An array of numbers with a name. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float64Array;
}

/** What a file holds: its tensors in the order of their places, and its notes by name. */
export interface Tensors {
  readonly tensors: readonly Tensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Whether a file that begins like this is a safetensors file: a length below 2⁴⁰, then a JSON object. */
export const isSafetensors = (start: Uint8Array): boolean =>
  start.length > PREFIX &&
  start[PREFIX] === 0x7b &&
  start[5] === 0 &&
  start[6] === 0 &&
  start[7] === 0;

/** The longest file that is read, with so many numbers in it. */
export const longestSafetensors = (values: number): number => PREFIX + LONGEST_HEADER + 8 * values;

/**
 * Reads a safetensors file (version 0.x of the format): the length of the header in 8 bytes, a header in JSON, then the
 * tensors without gaps, little-endian. Throws `InputError` for anything that contradicts itself, for more than `most`
 * numbers, and for tensors of other types than F64, F32, F16 and BF16.
 */
export function readTensors(bytes: Uint8Array, most: number): Tensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { header, start } = readHeader(bytes, view);
  const { __metadata__: notes = {}, ...entries } = header;
  const places = Object.entries(entries).map(([name, entry]) => placeOf(name, entry));
  places.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireTiling(places, bytes.length - start);
  const total = places.reduce((sum, { count }) => sum + count, 0);
  if (total > most) throw new InputError(`holds ${total} numbers; at most ${most} are read`);
  const tensors = places.map(({ name, shape, type, count, begin }) => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++)
      values[i] = type.read(view, start + begin + i * type.size, true);
    return { name, shape, values };
  });
  return { tensors, metadata: readNotes(notes) };
}

/** A safetensors file with tensors of 64-bit numbers, in their order. */
export function writeTensors({ tensors, metadata }: Tensors): Uint8Array {
  const size = ELEMENT_TYPES.f8.size;
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, values } of tensors) {
    const begin = end;
    end += size * values.length;
    header[name] = { dtype: 'F64', shape, data_offsets: [begin, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Spaces after the header align the numbers.
  const start = PREFIX + Math.ceil(text.length / size) * size;
  const bytes = new Uint8Array(start + end).fill(0x20, 0, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - PREFIX), true);
  bytes.set(text, PREFIX);
  let at = start;
  for (const { values } of tensors)
    for (const value of values) {
      view.setFloat64(at, value, true);
      at += size;
    }
  return bytes;
}

function readHeader(bytes: Uint8Array, view: DataView) {
  if (bytes.length < PREFIX)
    throw new InputError('ends before the header of the safetensors format');
  const announced = view.getBigUint64(0, true);
  if (announced > LONGEST_HEADER)
    throw new InputError(
      `has a header of ${announced} bytes; in the safetensors format at most ${LONGEST_HEADER} are read`,
    );
  const start = PREFIX + Number(announced);
  if (start > bytes.length)
    throw new InputError('ends within the header of the safetensors format');
  if (bytes[PREFIX] !== 0x7b)
    throw new InputError('has a header that is not of the safetensors format');
  const text = new JsonText();
  text.take(decoded(bytes.subarray(PREFIX, start)));
  return { header: text.value() as Record<string, unknown>, start };
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('has a header that is not UTF-8');
  }
}

interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly count: number;
  readonly begin: number;
  readonly end: number;
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

function placeOf(name: string, entry: unknown): Place {
  const what = `the tensor ${quoted(name)}`;
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!Array.isArray(shape) || !shape.every(isCount))
    throw new InputError(`${what} needs a "shape", a list of whole numbers`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw new InputError(`${what} needs "data_offsets", two whole numbers`);
  if (typeof dtype !== 'string' || !Object.hasOwn(TYPES, dtype))
    throw new InputError(
      `${what} holds ${typeof dtype === 'string' ? quoted(dtype) : 'no "dtype"'}: ${Object.keys(TYPES).join(', ')} are read`,
    );
  const [begin, end] = offsets;
  const type = TYPES[dtype];
  // Beyond 2⁵³ the product is rounded, but then it fits no file either.
  const count = shape.reduce((product: number, length: number) => product * length, 1);
  if (end - begin !== count * type.size)
    throw new InputError(
      `${what} has ${end - begin} bytes for ${counted(count, 'number')} of ${type.size}`,
    );
  return { name, shape, type, count, begin, end };
}

/** The tensors follow each other, and nothing lies between, before or behind them. */
function requireTiling(places: readonly Place[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of places) {
    if (begin !== at)
      throw new InputError(
        `the tensor ${quoted(name)} begins at byte ${begin} of the data, where byte ${at} is next`,
      );
    at = end;
  }
  if (at !== length)
    throw new InputError(`has ${counted(length, 'byte')} of data, but its tensors are ${at}`);
}

function readNotes(notes: unknown): Record<string, string> {
  const isText = (value: unknown) => typeof value === 'string';
  if (typeof notes !== 'object' || notes === null || !Object.values(notes).every(isText))
    throw new InputError('"__metadata__" must be an object of strings');
  return notes as Record<string, string>;
}
