/**
 * The structs that kernels read, as data: the names and types of their members in order. Every member is one 32-bit
 * word, so a member's offset is its place. The packing code, the WGSL in front of every shader and the accessors of the
 * SIMD kernels (`simd/fields.ts`, made by `npm run build:simd`) all come from these two lists.
 */
export const LAYER = {
  inputs: 'u32',
  outputs: 'u32',
  weights: 'parameters',
  biases: 'parameters',
  /** Slopes for z ≤ 0; 1: no crease. */
  slopes: 'parameters',
  /** Flat index of the first neuron. */
  firstNeuron: 'u32',
  /** Constants of `soundness.ts`, of this layer and (γ alone) of the next; 0 after the last. */
  gamma: 'f32',
  nextGamma: 'f32',
  kappa: 'f32',
} as const satisfies Struct;

export const JOB = {
  /** Points of the chunk. */
  count: 'u32',
  /** Hidden layers. */
  hidden: 'u32',
  /** Coordinates of a point. */
  dimension: 'u32',
  /** Hidden neurons. */
  neurons: 'u32',
  /** Words that one point's result has. */
  resultWords: 'u32',
  /** What flushing to zero may lose in one layer. */
  eta: 'f32',
  /** Coordinates of a gradient: those of a point, or fewer where a factor replaces the first layer's weights. */
  columns: 'u32',
} as const satisfies Struct;

/** `parameters` is a u32: where something of the layer's begins in the parameters. */
export type Struct = Readonly<Record<string, 'u32' | 'f32' | 'parameters'>>;

export const wordsOf = (struct: Struct): number => Object.keys(struct).length;

/** The word of a struct that a member is. */
export const placeOf = <S extends Struct>(struct: S, member: keyof S & string): number =>
  Object.keys(struct).indexOf(member);

/** Writes the members' values into the words from `at` on. */
export function writeStruct<S extends Struct>(
  struct: S,
  values: { readonly [K in keyof S]: number },
  words: Uint32Array,
  at: number,
): void {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  Object.entries(struct).forEach(([name, type], i) => {
    (type === 'f32' ? floats : words)[at + i] = values[name];
  });
}

/** The struct in WGSL. */
export const wgslStruct = (name: string, struct: Struct): string =>
  `struct ${name} {\n${Object.entries(struct)
    .map(([member, type]) => `  ${member}: ${type === 'f32' ? 'f32' : 'u32'},\n`)
    .join('')}}\n`;
