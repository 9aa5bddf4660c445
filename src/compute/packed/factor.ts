import type { Model } from '../../model/model.ts';
import type { Steps } from '../../steps.ts';

/**
 * Rounding of the factor in 64 bits moves a gradient of the first layer by less than d n₁ 2⁻⁴⁹ of its length (the
 * column-wise bound of Householder's QR, Higham 2002, theorem 19.4, with a generous constant); up to this size that is
 * below 2⁻²⁴, half of what `soundness.ts` allows for the first layer's gradients, and 32 bits take the other half.
 */
const LARGEST = 2 ** 25;

const SMALLEST_NORMAL = 2 ** -126;

/**
 * A remainder below this share of its row is rounding error, and its square could underflow: it is replaced by zero.
 */
const REMAINDER = 2 ** -100;

/** Multiply-adds between two steps: a small fraction of a millisecond. */
const STEP = 50_000;

/** Coordinates that a gradient needs: those of the input, or the first layer's width where that is smaller. */
export function gradientColumns(net: Model): number {
  const d = net.inputs;
  const { outputs } = net.layers[0];
  return net.layers.length > 1 && outputs < d && d * outputs <= LARGEST ? outputs : d;
}

/**
 * The triangular factor R of W₁ᵀ = Q R, Q with orthonormal columns: `[columns × n₁]`, row-major, in 32 bits.
 * ‖Σ cⱼ (row j of W₁)‖₂ = ‖Σ cⱼ (column j of R)‖₂ for every c, so the columns can replace the gradients of the first
 * layer wherever only lengths matter. Empty where the rows are short enough themselves.
 */
export function* factorInSteps(net: Model): Steps<Float32Array<ArrayBuffer>> {
  const { inputs: d, outputs: n, weights } = net.layers[0];
  const columns = gradientColumns(net);
  if (columns === d) return new Float32Array(0);
  const factor = new Float32Array(columns * n);
  yield* triangularInSteps(weights, d, n, (k, j, value) => put(factor, k * n + j, value));
  return factor;
}

/**
 * R of Wᵀ = Q R by Householder reflections, for `weights` `[n × d]` with n < d: `put(k, j, value)` is called with the
 * entry in row k and column j, for all k ≤ j; the others are 0. It takes 2 d n² multiply-adds, hundreds of milliseconds
 * for images and a wide layer: hence the steps.
 */
export function* triangularInSteps(
  weights: Float64Array,
  d: number,
  n: number,
  put: (k: number, j: number, value: number) => void,
): Steps<void> {
  // Row j holds the gradient of neuron j; the reflections bring all of it into its first j + 1 coordinates.
  const rowOf = (k: number) => weights.subarray(k * d, (k + 1) * d);
  const rows = weights.slice();
  let work = 0;
  for (let k = 0; k < n; k++) {
    const v = rows.subarray(k * d + k, (k + 1) * d);
    const { head, beta } = reflector(v, REMAINDER * Math.sqrt(dot(rowOf(k), rowOf(k))));
    put(k, k, head);
    for (let j = k + 1; j < n; ) {
      if (j + 4 <= n) {
        reflectFour(rows, d, k, beta, j);
        j += 4;
      } else reflectOne(rows, d, k, beta, j++);
      work += 8 * v.length;
      if (work < STEP) continue;
      work = 0;
      yield;
    }
    for (let j = k + 1; j < n; j++) put(k, j, rows[j * d + k]);
  }
}

/** Applies I − β v vᵀ to row j, where v is in row k; all from coordinate k on. */
function reflectOne(rows: Float64Array, d: number, k: number, beta: number, j: number): void {
  const v = k * d + k;
  const a = j * d + k;
  let p = 0;
  for (let t = 0; t < d - k; t++) p += rows[a + t] * rows[v + t];
  p *= beta;
  for (let t = 0; t < d - k; t++) rows[a + t] -= p * rows[v + t];
}

/** The same of rows j … j + 3: one sum alone waits for each of its additions, and v is read once. */
function reflectFour(rows: Float64Array, d: number, k: number, beta: number, j: number): void {
  const v = k * d + k;
  const a = j * d + k;
  const b = a + d;
  const c = b + d;
  const e = c + d;
  let [p, q, r, s] = [0, 0, 0, 0];
  for (let t = 0; t < d - k; t++) {
    const x = rows[v + t];
    p += rows[a + t] * x;
    q += rows[b + t] * x;
    r += rows[c + t] * x;
    s += rows[e + t] * x;
  }
  p *= beta;
  q *= beta;
  r *= beta;
  s *= beta;
  for (let t = 0; t < d - k; t++) {
    const x = rows[v + t];
    rows[a + t] -= p * x;
    rows[b + t] -= q * x;
    rows[c + t] -= r * x;
    rows[e + t] -= s * x;
  }
}

/** Turns x into the v of a reflection I − β v vᵀ that takes x to (head, 0, …); β = 0 where ‖x‖ ≤ `zero`. */
function reflector(x: Float64Array, zero: number): { head: number; beta: number } {
  const norm = Math.sqrt(dot(x, x));
  if (norm <= zero) return { head: 0, beta: 0 };
  const head = x[0] > 0 ? -norm : norm;
  x[0] -= head;
  return { head, beta: 2 / dot(x, x) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t] * b[t];
  return sum;
}

/** A number that 32 bits would flush becomes zero: η of `soundness.ts` covers it. */
function put(factor: Float32Array, at: number, value: number): void {
  factor[at] = Math.abs(value) < SMALLEST_NORMAL ? 0 : value;
}
