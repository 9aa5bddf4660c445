// What is told of every neuron when detail is asked for.

/**
 * Writes A, U, U_raw and the flags P | S << 1 of four neurons. Past the layer's last neuron stands what is written later.
 */
export function write(found: usize, A: v128, U: v128, raw: v128, bent: v128, stable: v128): void {
  const P = v128.and(bent, i32x4.splat(1));
  const S = v128.andnot(i32x4.splat(2), stable);
  const flags = v128.or(P, S);
  const first = i32x4.shuffle(A, U, 0, 4, 1, 5);
  const second = i32x4.shuffle(raw, flags, 0, 4, 1, 5);
  const third = i32x4.shuffle(A, U, 2, 6, 3, 7);
  const fourth = i32x4.shuffle(raw, flags, 2, 6, 3, 7);
  v128.store(found, i64x2.shuffle(first, second, 0, 2));
  v128.store(found, i64x2.shuffle(first, second, 1, 3), 16);
  v128.store(found, i64x2.shuffle(third, fourth, 0, 2), 32);
  v128.store(found, i64x2.shuffle(third, fourth, 1, 3), 48);
}
