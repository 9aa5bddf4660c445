// Lists of the inputs of a layer that contribute: pairs of the byte offset of the input's row of weights and a number
// that the row is multiplied with. Lists are written four entries at a time, so there is room for three more behind.

export const ENTRY_BYTES: usize = 8;

/** Which bytes move the lanes of a mask to the front, for all sixteen masks of four lanes. */
// biome-ignore format: a line for every mask
const COMPACT = memory.data<u32>([
  0, 0, 0, 0,
  0x03020100, 0, 0, 0,
  0x07060504, 0, 0, 0,
  0x03020100, 0x07060504, 0, 0,
  0x0b0a0908, 0, 0, 0,
  0x03020100, 0x0b0a0908, 0, 0,
  0x07060504, 0x0b0a0908, 0, 0,
  0x03020100, 0x07060504, 0x0b0a0908, 0,
  0x0f0e0d0c, 0, 0, 0,
  0x03020100, 0x0f0e0d0c, 0, 0,
  0x07060504, 0x0f0e0d0c, 0, 0,
  0x03020100, 0x07060504, 0x0f0e0d0c, 0,
  0x0b0a0908, 0x0f0e0d0c, 0, 0,
  0x03020100, 0x0b0a0908, 0x0f0e0d0c, 0,
  0x07060504, 0x0b0a0908, 0x0f0e0d0c, 0,
  0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
], 16);

/** Offsets of the rows of the first four inputs of a layer with `outputs` neurons. */
export function firstOffsets(outputs: u32): v128 {
  return i32x4.mul(i32x4(0, 4, 8, 12), i32x4.splat(outputs));
}

/** Appends the lanes of `which`, a bit mask; the result is the new end of the list. */
export function append(end: usize, offsets: v128, numbers: v128, which: i32): usize {
  const order = v128.load(COMPACT + ((<usize>which) << 4));
  const compactOffsets = i8x16.swizzle(offsets, order);
  const compactNumbers = i8x16.swizzle(numbers, order);
  v128.store(end, i32x4.shuffle(compactOffsets, compactNumbers, 0, 4, 1, 5));
  v128.store(end, i32x4.shuffle(compactOffsets, compactNumbers, 2, 6, 3, 7), 16);
  return end + <usize>popcnt(which) * ENTRY_BYTES;
}

/** Writes the lanes of `which`, a bit mask, one behind the other; three more numbers may be written behind them. */
export function compact(to: usize, numbers: v128, which: i32): void {
  v128.store(to, i8x16.swizzle(numbers, v128.load(COMPACT + ((<usize>which) << 4))));
}

/** The lanes, of four from neuron j on, that the layer has: all, or fewer at its end. */
export function existing(outputs: u32, j: u32): i32 {
  return outputs - j < 4 ? (1 << (outputs - j)) - 1 : 15;
}

/** The lanes whose number is not zero. */
export function nonZero(numbers: v128): i32 {
  return i32x4.bitmask(f32x4.ne(numbers, f32x4.splat(0)));
}
