// What the exact subdivision does to the affine maps of a whole layer, in 64-bit numbers, two at a time. Every sum and
// product is rounded as in plain loops; only the order in which a sum is taken may be another.

/** The first address behind the module's own data. */
export function heapBase(): usize {
  return __heap_base;
}

/** `to` = sum of `factors[k]` times the row of `from` that starts at number `rows[k]`; `bytes` a multiple of 64. */
export function combine(
  to: usize,
  bytes: usize,
  from: usize,
  rows: usize,
  factors: usize,
  terms: usize,
): void {
  for (let t: usize = 0; t < bytes; t += 64) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    const base = from + t;
    for (let k: usize = 0; k < terms; k++) {
      const row = base + ((<usize>load<u32>(rows + (k << 2))) << 3);
      const factor = v128.load64_splat(factors + (k << 3));
      s0 = f64x2.add(s0, f64x2.mul(factor, v128.load(row)));
      s1 = f64x2.add(s1, f64x2.mul(factor, v128.load(row, 16)));
      s2 = f64x2.add(s2, f64x2.mul(factor, v128.load(row, 32)));
      s3 = f64x2.add(s3, f64x2.mul(factor, v128.load(row, 48)));
    }
    v128.store(to + t, s0);
    v128.store(to + t, s1, 16);
    v128.store(to + t, s2, 32);
    v128.store(to + t, s3, 48);
  }
}

/** a, b, c += `column` times da, db, dc; `bytes` a multiple of 16. */
export function addColumn(
  column: usize,
  bytes: usize,
  a: usize,
  b: usize,
  c: usize,
  da: f64,
  db: f64,
  dc: f64,
): void {
  const x = f64x2.splat(da);
  const y = f64x2.splat(db);
  const z = f64x2.splat(dc);
  for (let t: usize = 0; t < bytes; t += 16) {
    const w = v128.load(column + t);
    v128.store(a + t, f64x2.add(v128.load(a + t), f64x2.mul(w, x)));
    v128.store(b + t, f64x2.add(v128.load(b + t), f64x2.mul(w, y)));
    v128.store(c + t, f64x2.add(v128.load(c + t), f64x2.mul(w, z)));
  }
}

/**
 * Two words for every 32 neurons: bits of those that are positive throughout the box about (x, y) of half width u and
 * half height v, and of those whose sign is open there, numbers out of range among them. `bytes` a
 * multiple of 256.
 */
export function sides(
  bytes: usize,
  a: usize,
  b: usize,
  c: usize,
  near: usize,
  to: usize,
  x: f64,
  y: f64,
  u: f64,
  v: f64,
): void {
  const xs = f64x2.splat(x);
  const ys = f64x2.splat(y);
  const us = f64x2.splat(u);
  const vs = f64x2.splat(v);
  for (let t: usize = 0; t < bytes; t += 256) {
    let positive: u32 = 0;
    let negative: u32 = 0;
    for (let i: usize = 0; i < 256; i += 16) {
      const p = t + i;
      const ai = v128.load(a + p);
      const bi = v128.load(b + p);
      const middle = f64x2.add(f64x2.add(f64x2.mul(ai, xs), f64x2.mul(bi, ys)), v128.load(c + p));
      const reach = f64x2.add(
        f64x2.add(f64x2.mul(f64x2.abs(ai), us), f64x2.mul(f64x2.abs(bi), vs)),
        v128.load(near + p),
      );
      const bit = <u32>(i >> 3);
      positive |= (<u32>i64x2.bitmask(f64x2.gt(middle, reach))) << bit;
      negative |= (<u32>i64x2.bitmask(f64x2.lt(middle, f64x2.neg(reach)))) << bit;
    }
    store<u32>(to + (t >> 5), positive);
    store<u32>(to + (t >> 5), ~(positive | negative), 4);
  }
}
