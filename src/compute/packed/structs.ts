/**
 * The structs of the shaders as data: the names and types of their members in order. Every member is one 32-bit word,
 * so a member's offset is its place; the packing code, the WebAssembly that reads them and the test that compares them
 * with the shaders all use this list.
 */
export const LAYER = {
  inputs: 'u32',
  outputs: 'u32',
  /** Where the layer's weights and biases begin in the parameters. */
  weights: 'u32',
  biases: 'u32',
  /** Flat index of the first neuron. */
  firstNeuron: 'u32',
  /** Constants of `soundness.ts`, of this layer and (γ alone) of the next; 0 after the last. */
  gamma: 'f32',
  nextGamma: 'f32',
  kappa: 'f32',
} as const;

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
  /** Slope of the activation on negative numbers. */
  slope: 'f32',
  /** What flushing to zero may lose in one layer. */
  eta: 'f32',
  /** Coordinates of a gradient: those of a point, or fewer where a factor replaces the first layer's weights. */
  columns: 'u32',
} as const;

type Struct = Readonly<Record<string, 'u32' | 'f32'>>;

export const wordsOf = (struct: Struct): number => Object.keys(struct).length;

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
