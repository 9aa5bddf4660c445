// Blocks of eight forms times a layer's weights. A block is eight coefficients for every neuron that is gone through, in
// two vectors; four inputs of the layer at a time gather theirs in eight vectors of sums, which hides the time that one
// addition takes. Packed weights have what an input multiplies with in one row.

/** Bytes of a block's coefficients of one neuron or input. */
export const BLOCK: usize = 32;

/**
 * For each of `count` rows of weights, whose byte offsets stand at `rows`, the sum of its numbers in `terms` columns, whose
 * byte offsets stand at `columns`, times the coefficients at `form`, one after the other. There is room behind `to` for
 * one row more.
 */
export function timesRows(
  weights: usize,
  rows: usize,
  count: usize,
  columns: usize,
  terms: usize,
  form: usize,
  to: usize,
): void {
  const end = columns + (terms << 2);
  const rowsEnd = rows + (count << 2);
  for (; rows + 12 < rowsEnd; rows += 16) {
    fourRows(
      weights + load<u32>(rows),
      weights + load<u32>(rows, 4),
      weights + load<u32>(rows, 8),
      weights + load<u32>(rows, 12),
      columns,
      end,
      form,
      to,
    );
    to += 4 * BLOCK;
  }
  for (; rows < rowsEnd; rows += 8) {
    const second = rows + 4 < rowsEnd ? rows + 4 : rows;
    twoRows(weights + load<u32>(rows), weights + load<u32>(second), columns, end, form, to);
    to += 2 * BLOCK;
  }
}

function fourRows(
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  columns: usize,
  end: usize,
  form: usize,
  to: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (; columns < end; columns += 4) {
    const column = <usize>load<u32>(columns);
    const f0 = v128.load(form);
    const f1 = v128.load(form, 16);
    let w = v128.load32_splat(first + column);
    a0 = f32x4.add(a0, f32x4.mul(w, f0));
    a1 = f32x4.add(a1, f32x4.mul(w, f1));
    w = v128.load32_splat(second + column);
    b0 = f32x4.add(b0, f32x4.mul(w, f0));
    b1 = f32x4.add(b1, f32x4.mul(w, f1));
    w = v128.load32_splat(third + column);
    c0 = f32x4.add(c0, f32x4.mul(w, f0));
    c1 = f32x4.add(c1, f32x4.mul(w, f1));
    w = v128.load32_splat(fourth + column);
    d0 = f32x4.add(d0, f32x4.mul(w, f0));
    d1 = f32x4.add(d1, f32x4.mul(w, f1));
    form += BLOCK;
  }
  v128.store(to, a0);
  v128.store(to, a1, 16);
  v128.store(to, b0, 32);
  v128.store(to, b1, 48);
  v128.store(to, c0, 64);
  v128.store(to, c1, 80);
  v128.store(to, d0, 96);
  v128.store(to, d1, 112);
}

function twoRows(
  first: usize,
  second: usize,
  columns: usize,
  end: usize,
  form: usize,
  to: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  for (; columns < end; columns += 4) {
    const column = <usize>load<u32>(columns);
    const f0 = v128.load(form);
    const f1 = v128.load(form, 16);
    let w = v128.load32_splat(first + column);
    a0 = f32x4.add(a0, f32x4.mul(w, f0));
    a1 = f32x4.add(a1, f32x4.mul(w, f1));
    w = v128.load32_splat(second + column);
    b0 = f32x4.add(b0, f32x4.mul(w, f0));
    b1 = f32x4.add(b1, f32x4.mul(w, f1));
    form += BLOCK;
  }
  v128.store(to, a0);
  v128.store(to, a1, 16);
  v128.store(to, b0, 32);
  v128.store(to, b1, 48);
}
