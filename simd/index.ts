// What the host calls besides the kernels: where its memory is free, what a new network needs, and what is
// done with points before a kernel sees them. The kernels are what the files of kernels/ export.

export { prepareFirstLayer } from './firstLayer';

/** The first address behind the module's own data. */
export function heapBase(): usize {
  return __heap_base;
}

/**
 * The bits of the largest absolute value of the f32 numbers from `at` to `end`, whole vectors. Without the sign, bits are in
 * the order of the numbers; infinity and NaN come last.
 */
export function largest32(at: usize, end: usize): i32 {
  const size = i32x4.splat(0x7fffffff);
  let a = i32x4.splat(0);
  let b = a;
  for (; at + 16 < end; at += 32) {
    a = i32x4.max_s(a, v128.and(v128.load(at), size));
    b = i32x4.max_s(b, v128.and(v128.load(at, 16), size));
  }
  if (at < end) a = i32x4.max_s(a, v128.and(v128.load(at), size));
  return largestLane(i32x4.max_s(a, b));
}

/** The same of f64 numbers that are rounded to f32. */
export function largest64(at: usize, end: usize): i32 {
  const size = i32x4.splat(0x7fffffff);
  let a = i32x4.splat(0);
  for (; at < end; at += 16) a = i32x4.max_s(a, v128.and(demoted(at), size));
  return largestLane(a);
}

/** Writes the f64 numbers from `at` to `end`, four at a time, as f32 numbers to `to`. */
export function demote(at: usize, end: usize, to: usize): void {
  for (; at < end; at += 32) {
    v128.store(to, i32x4.shuffle(demoted(at), demoted(at + 16), 0, 1, 4, 5));
    to += 16;
  }
}

/** Two numbers, and two zeros. */
function demoted(at: usize): v128 {
  return f32x4.demote_f64x2_zero(v128.load(at));
}

function largestLane(bits: v128): i32 {
  return max(
    max(i32x4.extract_lane(bits, 0), i32x4.extract_lane(bits, 1)),
    max(i32x4.extract_lane(bits, 2), i32x4.extract_lane(bits, 3)),
  );
}
