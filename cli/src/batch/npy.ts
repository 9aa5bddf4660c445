import { ELEMENT_TYPES, type ElementType } from '../../../src/elements.ts';
import { excerpt, InputError } from '../../../src/errors.ts';
import type { NumberTable } from './numberTable.ts';
import type { Pieces } from './pieces.ts';

/** In bytes; a table of numbers needs about a hundred. */
const LONGEST_HEADER = 2 ** 16;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Whether a file that begins like this is a NumPy file. */
export const isNpy = (start: Uint8Array): boolean => MAGIC.every((byte, i) => start[i] === byte);

interface Header {
  readonly type: ElementType;
  readonly little: boolean;
  readonly byColumns: boolean;
  readonly shape: readonly number[];
}

/**
 * NumPy's array format, versions 1 to 3: real numbers of any width and byte order, C or Fortran order, `[n × d]`,
 * `[n]` or `[d]` (see `openTable`).
 */
export async function readNpy(pieces: Pieces, expected: number): Promise<NumberTable> {
  const header = parseHeader(await headerText(pieces));
  const { type, shape } = header;
  if (shape.length < 1 || shape.length > 2)
    throw new InputError(
      `holds an array of ${shape.length} axes; a table of points has two, (n, d)`,
    );
  const [rows, columns] = shape.length === 2 ? shape : expected > 1 ? [1, shape[0]] : [shape[0], 1];
  const start = pieces.taken;
  const byColumns = header.byColumns && rows > 1 && columns > 1;
  if (byColumns && pieces.size === undefined)
    throw new InputError('is in Fortran order, which cannot be read from a pipe');
  const endsAfter = (held: number) =>
    new InputError(
      byColumns
        ? 'ends before the array is complete'
        : `ends after ${held} of the ${rows} rows that it announces`,
    );
  const needed = rows * columns * type.size;
  if (pieces.size !== undefined && pieces.size - start < needed)
    throw endsAfter(Math.floor((pieces.size - start) / (columns * type.size)));
  if (pieces.size !== undefined && pieces.size - start > needed) throw goesOn();
  let done = 0;
  /** First row of the last block. */
  let from = 0;

  /** The bytes of `take` rows; in Fortran order column after column. */
  const bytesOf = async (take: number): Promise<Uint8Array> => {
    if (!byColumns) return pieces.exactly(take * columns * type.size);
    const bytes = new Uint8Array(take * columns * type.size);
    for (let column = 0; column < columns; column++) {
      const position = start + (column * rows + done) * type.size;
      const part = await pieces.at(position, take * type.size);
      if (part.length < take * type.size) return bytes.subarray(0, 0);
      bytes.set(part, column * take * type.size);
    }
    return bytes;
  };

  return {
    columns,
    names: undefined,
    rows,
    async next(most) {
      const take = Math.min(most, rows - done);
      const bytes = await bytesOf(take);
      if (bytes.length < take * columns * type.size) {
        const held = done + Math.floor(bytes.length / (columns * type.size));
        throw endsAfter(held);
      }
      if (take === 0 && !byColumns && (await pieces.ahead()).length > 0) throw goesOn();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const values = new Float64Array(take * columns);
      for (let row = 0; row < take; row++)
        for (let column = 0; column < columns; column++) {
          const at = byColumns ? column * take + row : row * columns + column;
          const value = type.read(view, at * type.size, header.little);
          if (!Number.isFinite(value))
            throw new InputError(
              `row ${done + row + 1}, column ${column + 1} is not a finite number`,
            );
          values[row * columns + column] = value;
        }
      from = done;
      done += take;
      return values;
    },
    place: (i) => `row ${from + i + 1}`,
    fraction: () => (rows === 0 ? 1 : done / rows),
  };
}

const goesOn = () =>
  new InputError('continues after its array: one array is read, and nothing may follow it');

const endsInHeader = () => new InputError('ends within the header of the .npy format');

async function headerText(pieces: Pieces): Promise<string> {
  const start = await pieces.exactly(8);
  const version = start[6];
  if (!(version >= 1 && version <= 3))
    throw version === undefined
      ? endsInHeader()
      : new InputError(`is of version ${version} of the .npy format; 1 to 3 are read`);
  const lengthBytes = version === 1 ? 2 : 4;
  const bytes = await pieces.exactly(lengthBytes);
  let length = 0;
  for (let i = bytes.length - 1; i >= 0; i--) length = 256 * length + bytes[i];
  if (length > LONGEST_HEADER)
    throw new InputError(
      `has a header of ${length} bytes; in the .npy format at most ${LONGEST_HEADER} are read`,
    );
  const text = await pieces.exactly(length);
  if (text.length < length || bytes.length < lengthBytes) throw endsInHeader();
  return new TextDecoder().decode(text);
}

/** The header is a Python dictionary: {'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }. */
function parseHeader(text: string): Header {
  const descr = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text);
  if (!descr || !order || !shape)
    throw new InputError('has a header that is not of the .npy format');
  const [, name] = descr;
  if (name === undefined)
    throw new InputError('holds structures; a table of points holds real numbers');
  const known = /^([<>|=]?)([fiu][1248])$/.exec(name);
  const type = known ? ELEMENT_TYPES[known[2] as keyof typeof ELEMENT_TYPES] : undefined;
  if (!type)
    throw new InputError(
      `holds elements of the type ${name === '' ? '""' : excerpt(name)}; real numbers of the types f2, f4, f8, i1 to i8 and u1 to u8 are read`,
    );
  return {
    type,
    little: known?.[1] !== '>',
    byColumns: order[1] === 'True',
    shape: shape[1].split(',').flatMap((part) => (part.trim() === '' ? [] : [axis(part)])),
  };
}

/** The length of an axis; Python 2 wrote an L behind it. */
function axis(text: string): number {
  const length = /^\s*\d+L?\s*$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (!Number.isSafeInteger(length))
    throw new InputError(`has an axis of the length ${excerpt(text.trim())} in its .npy header`);
  return length;
}
