const words = new BigInt64Array(1);
const value = new Float64Array(words.buffer);

/** The number that is `steps` 64-bit numbers above a positive one. */
export function stepped(from: number, steps: number): number {
  value[0] = from;
  words[0] += BigInt(steps);
  return value[0];
}
