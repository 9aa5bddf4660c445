import { inputSize, type Network } from '../../network/network.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { checkRange, outOfRange } from './range.ts';

/** f(x) = A x + b on one region. */
export interface AffineMap {
  /** `[outputs × inputs]`, row-major. */
  readonly A: Float64Array;
  /** `[outputs]` */
  readonly b: Float64Array;
}

/**
 * The affine map that the network is where its activation pattern is the one in `patterns` from word `start` on;
 * any number of inputs.
 */
function affineMapOfPattern(net: Network, patterns: Uint32Array, start = 0): AffineMap {
  const d = inputSize(net);
  let A: Float64Array = new Float64Array(d * d);
  for (let i = 0; i < d; i++) A[i * d + i] = 1;
  let b: Float64Array = new Float64Array(d);
  let bit = 0;
  net.layers.forEach(({ inputs, outputs, weights, biases }, k) => {
    const nextA = new Float64Array(outputs * d);
    const nextB = Float64Array.from(biases);
    const hidden = k < net.layers.length - 1;
    for (let j = 0; j < outputs; j++) {
      const on = !hidden || (patterns[start + (bit >> 5)] >>> (bit & 31)) & 1;
      if (hidden) bit++;
      const factor = on ? 1 : net.negativeSlope;
      if (factor === 0) {
        nextB[j] = 0;
        continue;
      }
      for (let i = 0; i < inputs; i++) {
        const w = weights[j * inputs + i];
        nextB[j] += w * b[i];
        for (let c = 0; c < d; c++) nextA[j * d + c] += w * A[i * d + c];
      }
      nextB[j] *= factor;
      for (let c = 0; c < d; c++) nextA[j * d + c] *= factor;
    }
    A = nextA;
    b = nextB;
  });
  return { A, b };
}

/** The affine map on a face of the complex. Throws `InputError` where the network leaves the range of 64-bit numbers. */
export function affineMap(net: Network, complex: RegionComplex, face: number): AffineMap {
  checkRange(net, complex.box);
  const map = affineMapOfPattern(net, complex.patterns, face * complex.words);
  if (!map.A.every(Number.isFinite) || !map.b.every(Number.isFinite)) throw outOfRange();
  return map;
}
