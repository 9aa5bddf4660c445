/** A tensor as a test writes it: any type, any bytes. */
export interface Entry {
  readonly dtype?: unknown;
  readonly shape?: unknown;
  readonly bytes?: number[];
  readonly data_offsets?: unknown;
}

/** The bytes of 64-bit numbers. */
export const f64 = (...values: number[]): number[] => [
  ...new Uint8Array(Float64Array.from(values).buffer),
];

/** A file after the format's specification, by hand: header, then the tensors in their order. */
export function safetensorsFile(
  entries: Readonly<Record<string, Entry>>,
  { metadata, header, tail = [] }: { metadata?: unknown; header?: string; tail?: number[] } = {},
): Uint8Array {
  let end = 0;
  const told = Object.entries(entries).map(([name, { bytes = [], ...rest }]) => {
    const begin = end;
    end += bytes.length;
    return [name, { data_offsets: [begin, end], ...rest }] as const;
  });
  const notes = metadata === undefined ? {} : { __metadata__: metadata };
  const text = new TextEncoder().encode(
    header ?? JSON.stringify({ ...notes, ...Object.fromEntries(told) }),
  );
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  const data = Object.values(entries).flatMap(({ bytes = [] }) => bytes);
  return Uint8Array.from([...length, ...text, ...data, ...tail]);
}
