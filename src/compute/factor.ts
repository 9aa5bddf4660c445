import { inputSize, type Network } from '../network/network.ts';

/**
 * Rounding of the factor in 64 bits moves a gradient of the first layer by less than d n₁ 2⁻⁴⁹ of its length (the
 * column-wise bound of Householder's QR, Higham 2002, theorem 19.4, with a generous constant); up to this size that is
 * below 2⁻²⁴, half of what `soundness.ts` allows for the first layer's gradients, and 32 bits take the other half.
 */
const LARGEST = 2 ** 25;

const SMALLEST_NORMAL = 2 ** -126;

/** What is left of a row below this share of it is rounding, and its square could underflow: it is taken for zero. */
const REMAINDER = 2 ** -100;

/** Coordinates that a gradient needs: those of the input, or the first layer's width where that is smaller. */
export function gradientColumns(net: Network): number {
  const d = inputSize(net);
  const { outputs } = net.layers[0];
  return net.layers.length > 1 && outputs < d && d * outputs <= LARGEST ? outputs : d;
}

/**
 * The triangular factor R of W₁ᵀ = Q R, Q with orthonormal columns, by Householder reflections: `[columns × n₁]`,
 * row-major, in 32 bits. ‖Σ cⱼ (row j of W₁)‖₂ = ‖Σ cⱼ (column j of R)‖₂ for every c, so the columns can stand for the
 * gradients of the first layer wherever only lengths are asked for. Empty where the rows are short enough themselves.
 */
export function triangularFactor(net: Network): Float32Array<ArrayBuffer> {
  const { inputs: d, outputs: n, weights } = net.layers[0];
  const columns = gradientColumns(net);
  if (columns === d) return new Float32Array(0);
  // Row j holds the gradient of neuron j; the reflections bring all of it into its first j + 1 coordinates.
  const rowOf = (k: number) => weights.subarray(k * d, (k + 1) * d);
  const rows = weights.slice();
  const factor = new Float32Array(columns * n);
  for (let k = 0; k < n; k++) {
    const v = rows.subarray(k * d + k, (k + 1) * d);
    const { head, beta } = reflector(v, REMAINDER * Math.sqrt(dot(rowOf(k), rowOf(k))));
    put(factor, k * n + k, head);
    for (let j = k + 1; j < n; j++) {
      const row = rows.subarray(j * d + k, (j + 1) * d);
      const share = beta * dot(row, v);
      for (let t = 0; t < row.length; t++) row[t] -= share * v[t];
      put(factor, k * n + j, row[0]);
    }
  }
  return factor;
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

/** A number that 32 bits would flush to zero is zero: η of `soundness.ts` covers it. */
function put(factor: Float32Array, at: number, value: number): void {
  factor[at] = Math.abs(value) < SMALLEST_NORMAL ? 0 : value;
}
