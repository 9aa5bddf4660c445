import type { Model } from '../../model/model.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { nearest } from '../exact/dyadic.ts';
import { ExactRows } from '../exact/exactRows.ts';
import { checkRange, outOfRange } from './range.ts';

/** f(x) = A x + b on one region. */
export interface AffineMap {
  /** `[outputs × inputs]`, row-major. */
  readonly A: Float64Array;
  /** `[outputs]` */
  readonly b: Float64Array;
}

/** Weights as integers, computed once per complex. */
const rowsOf = new WeakMap<RegionComplex, ExactRows>();

/**
 * The affine map on a face of the complex: the sums of products of weights along its pattern in integers, each rounded
 * once to the nearest 64-bit number, so that no digit is lost where they cancel.
 *
 * @throws InputError where the network leaves the range of 64-bit numbers
 */
export function affineMap(net: Model, complex: RegionComplex, face: number): AffineMap {
  checkRange(net, complex.box);
  const rows = rowsOf.get(complex) ?? new ExactRows(net);
  rowsOf.set(complex, rows);
  const d = net.inputs;
  const A = new Float64Array(net.outputs * d);
  const b = new Float64Array(net.outputs);
  for (let o = 0; o < b.length; o++) {
    const { gradient, offset, exponent } = rows.row(
      net.layers.length - 1,
      o,
      complex.patterns,
      face * complex.words,
    );
    for (let i = 0; i < d; i++) A[o * d + i] = nearest(gradient[i], exponent);
    b[o] = nearest(offset, exponent);
  }
  if (!A.every(Number.isFinite) || !b.every(Number.isFinite)) throw outOfRange();
  return { A, b };
}
