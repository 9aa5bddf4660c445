import type { Model } from '../../../src/model/model.ts';

type Numbers = Float64ArrayConstructor | Float32ArrayConstructor;

/**
 * Algorithm 1 (guarded) as one would write it down from the paper with matrices, for one point after another: z = W h + b,
 * L = W (m ∘ L), U = r‖L‖ + |W| (P ∘ U). Arrays hold `Kind`; sums are plain JavaScript. `[points × hidden
 * layers]` counts of S = 1.
 */
export function plainRecursion(
  net: Model,
  points: Float64Array,
  r: number,
  Kind: Numbers,
): Uint32Array {
  const d = net.inputs;
  const layers = net.hidden.map(({ inputs, outputs, weights, biases }) => ({
    inputs,
    outputs,
    W: Kind.from(weights),
    b: Kind.from(biases),
  }));
  const widest = Math.max(d, ...layers.map(({ outputs }) => outputs));
  let [h, next] = [new Kind(widest), new Kind(widest)];
  let [U, nextU] = [new Kind(widest), new Kind(widest)];
  let [P, nextP] = [new Uint8Array(widest), new Uint8Array(widest)];
  let [L, nextL] = [new Kind(widest * d), new Kind(widest * d)];
  const counts = new Uint32Array((points.length / d) * layers.length);
  let at = 0;
  for (let from = 0; from < points.length; from += d) {
    for (let i = 0; i < d; i++) h[i] = points[from + i];
    U.fill(0);
    P.fill(0);
    layers.forEach(({ inputs, outputs, W, b }, k) => {
      let count = 0;
      for (let j = 0; j < outputs; j++) {
        let z = b[j];
        let local = 0;
        for (let i = 0; i < inputs; i++) {
          const w = W[j * inputs + i];
          z += w * h[i];
          if (P[i] === 1) local += Math.abs(w) * U[i];
        }
        let square = 0;
        for (let t = 0; t < d; t++) {
          let slope = k === 0 ? W[j * inputs + t] : 0;
          if (k > 0)
            for (let i = 0; i < inputs; i++) slope += W[j * inputs + i] * L[t * widest + i];
          nextL[t * widest + j] = slope;
          square += slope * slope;
        }
        const raw = r * Math.sqrt(square) + local;
        const off = z < 0 ? raw + z < 0 : raw === 0 && z === 0;
        const on = z >= 0 && raw < z;
        next[j] = z > 0 ? z : 0;
        nextP[j] = off || (on && local === 0) ? 0 : 1;
        nextU[j] = off ? 0 : z < 0 ? raw + z : raw;
        if (!off && !on) count++;
        // The mask m: the next layer sees the gradient of neurons that are affine and on alone.
        if (off || nextP[j] === 1) for (let t = 0; t < d; t++) nextL[t * widest + j] = 0;
      }
      counts[at++] = count;
      [h, next, U, nextU, P, nextP, L, nextL] = [next, h, nextU, U, nextP, P, nextL, L];
    });
  }
  return counts;
}
