// What is told of every neuron when detail is asked for, and how far it may be from 64-bit arithmetic.

/** A neuron is clear only where A and U are as good as this, relative to both: four decimal places. */
const DIGITS: f32 = 6.103515625e-5;

/** How far A and U_raw together may be from those of 64 bits; `q` is what rounding and the inputs have added so far. */
export function doubtOf(q: v128, h: v128, e: v128, kappa: f32, slack: f32, flushed: f32): v128 {
  const sums = f32x4.mul(f32x4.splat(4 * (kappa - 1)), f32x4.add(h, e));
  const ball = f32x4.mul(f32x4.splat(3 * slack), h);
  const all = f32x4.add(f32x4.add(q, sums), f32x4.add(ball, f32x4.splat(flushed)));
  return f32x4.mul(f32x4.splat(kappa), all);
}

/** The neurons that 64 bits are sure to decide alike, with numbers that agree. */
export function clearOf(A: v128, raw: v128, doubt: v128, stable: v128, constant: v128): v128 {
  const size = f32x4.abs(A);
  const good = f32x4.le(doubt, f32x4.mul(f32x4.splat(DIGITS), f32x4.add(size, raw)));
  // A constant that is not exactly zero must be as good as any other number a person reads.
  const zero = v128.and(constant, f32x4.eq(A, f32x4.splat(0)));
  const decided = v128.or(stable, f32x4.lt(f32x4.add(size, doubt), raw));
  return v128.and(v128.or(good, zero), decided);
}

/**
 * Writes A, U, U_raw and the flags P | S << 1 | clear << 2 of four neurons. Past the layer's last neuron stands what
 * is written later.
 */
export function write(
  found: usize,
  A: v128,
  U: v128,
  raw: v128,
  bent: v128,
  stable: v128,
  clear: v128,
): void {
  const P = v128.and(bent, i32x4.splat(1));
  const S = v128.andnot(i32x4.splat(2), stable);
  const flags = v128.or(v128.or(P, S), v128.and(clear, i32x4.splat(4)));
  const first = i32x4.shuffle(A, U, 0, 4, 1, 5);
  const second = i32x4.shuffle(raw, flags, 0, 4, 1, 5);
  const third = i32x4.shuffle(A, U, 2, 6, 3, 7);
  const fourth = i32x4.shuffle(raw, flags, 2, 6, 3, 7);
  v128.store(found, i64x2.shuffle(first, second, 0, 2));
  v128.store(found, i64x2.shuffle(first, second, 1, 3), 16);
  v128.store(found, i64x2.shuffle(third, fourth, 0, 2), 32);
  v128.store(found, i64x2.shuffle(third, fourth, 1, 3), 48);
}
