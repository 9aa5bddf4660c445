interface NpyOptions {
  /** NumPy's name of the element type, byte order first. */
  readonly type?: string;
  readonly fortran?: boolean;
  readonly version?: number;
}

const WRITERS: Record<string, (view: DataView, at: number, v: number, little: boolean) => void> = {
  f8: (view, at, v, little) => view.setFloat64(at, v, little),
  f2: (view, at, v, little) => view.setUint16(at, half(v), little),
  f16: () => {},
  f4: (view, at, v, little) => view.setFloat32(at, v, little),
  i8: (view, at, v, little) => view.setBigInt64(at, BigInt(v), little),
  i4: (view, at, v, little) => view.setInt32(at, v, little),
  i2: (view, at, v, little) => view.setInt16(at, v, little),
  i1: (view, at, v) => view.setInt8(at, v),
  u8: (view, at, v, little) => view.setBigUint64(at, BigInt(v), little),
  u4: (view, at, v, little) => view.setUint32(at, v, little),
  u2: (view, at, v, little) => view.setUint16(at, v, little),
  u1: (view, at, v) => view.setUint8(at, v),
};

/** The 16 bits of a number that has them, in the range of normal ones or 0. */
function half(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.abs(value) / 2 ** exponent - 1;
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | (1024 * fraction);
}

/** A file as NumPy's `save` writes it, after the format's specification: header padded to a multiple of 64 bytes. */
export function npyFile(
  rows: readonly (readonly number[])[],
  shape: readonly number[],
  { type = '<f8', fortran = false, version = 1 }: NpyOptions,
): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const order = fortran ? 'True' : 'False';
  const dictionary = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${tuple}, }`;
  const before = version === 1 ? 10 : 12;
  const padding = 64 - ((before + dictionary.length + 1) % 64);
  const header = new TextEncoder().encode(`${dictionary}${' '.repeat(padding)}\n`);
  const size = Number(type.slice(2));
  const values = fortran
    ? (rows[0] ?? []).flatMap((_, c) => rows.map((row) => row[c]))
    : rows.flat();
  const bytes = new Uint8Array(before + header.length + values.length * size);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  bytes.set(header, before);
  values.forEach((value, i) => {
    WRITERS[type.slice(1)](view, before + header.length + i * size, value, type[0] !== '>');
  });
  return bytes;
}
