import type { Layer } from '../model/model.ts';

// Sums of squares outside this range are computed again with the vector scaled, so that no square over- or underflows.
const SAFE_SQUARE_MIN = 1e-280;
const SAFE_SQUARE_MAX = 1e300;

/** Some of a layer's inputs: the first `count` entries of `at`. */
export interface InputList {
  readonly at: Uint32Array;
  count: number;
}

/**
 * to[j] = start[j] + Σ W[j, i] · from[i] over the listed inputs, for every neuron j; `fromAt` and `toAt` are where the
 * vectors begin. Four neurons are computed side by side, because a single sum waits for each of its additions; every
 * sum still runs in index order.
 */
export function multiply(
  { inputs, outputs }: Layer,
  weights: Float64Array,
  { at, count }: InputList,
  from: Float64Array,
  fromAt: number,
  start: Float64Array,
  to: Float64Array,
  toAt: number,
): void {
  let j = 0;
  for (; j + 4 <= outputs; j += 4) {
    const row = j * inputs;
    let [a, b, c, d] = [start[j], start[j + 1], start[j + 2], start[j + 3]];
    for (let q = 0; q < count; q++) {
      const i = at[q];
      const x = from[fromAt + i];
      const w = row + i;
      a += weights[w] * x;
      b += weights[w + inputs] * x;
      c += weights[w + 2 * inputs] * x;
      d += weights[w + 3 * inputs] * x;
    }
    to[toAt + j] = a;
    to[toAt + j + 1] = b;
    to[toAt + j + 2] = c;
    to[toAt + j + 3] = d;
  }
  for (; j < outputs; j++) {
    let sum = start[j];
    for (let q = 0; q < count; q++) sum += weights[j * inputs + at[q]] * from[fromAt + at[q]];
    to[toAt + j] = sum;
  }
}

/** Whether one of the listed inputs has a weight to neuron j that is not 0, however small their product is. */
export function reaches({ inputs, weights }: Layer, j: number, { at, count }: InputList): boolean {
  for (let q = 0; q < count; q++) if (weights[j * inputs + at[q]] !== 0) return true;
  return false;
}

/** ‖v‖₂ of the `length` entries from `from` on, `stride` apart. */
export function norm(vector: Float64Array, from: number, stride: number, length: number): number {
  const end = from + stride * length;
  let sum = 0;
  for (let t = from; t < end; t += stride) sum += vector[t] * vector[t];
  return normOf(sum, vector, from, stride, length);
}

/** The same where the sum of squares has been computed already. */
export function normOf(
  square: number,
  vector: Float64Array,
  from: number,
  stride: number,
  length: number,
): number {
  if (square > SAFE_SQUARE_MIN && square < SAFE_SQUARE_MAX) return Math.sqrt(square);
  const end = from + stride * length;
  let largest = 0;
  for (let t = from; t < end; t += stride) largest = Math.max(largest, Math.abs(vector[t]));
  if (largest === 0 || !(largest < Number.POSITIVE_INFINITY)) return largest;
  let sum = 0;
  for (let t = from; t < end; t += stride) sum += (vector[t] / largest) ** 2;
  // A product below the normal range may have lost half a unit of it, which a large radius would multiply.
  return largest * Math.sqrt(sum) + Number.MIN_VALUE;
}
