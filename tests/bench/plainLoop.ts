import type { Model } from '../../src/model/model.ts';

/** A layer as `hiddenLayers` has it, in 32 bits. */
interface Layer32 {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

const in32 = ({ layers }: Pick<Model, 'layers'>): Layer32[] =>
  layers.map(({ inputs, outputs, weights, biases }) => ({
    inputs,
    outputs,
    weights: Float32Array.from(weights),
    biases: Float32Array.from(biases),
  }));

/**
 * The baseline: a straightforward Algorithm 1 for one point after another, in 32 bits, with plain loops over all
 * inputs. `[points × hidden layers]` counts of S = 1.
 */
export function plainBounds(net: Model, points: Float64Array, r: number): Uint32Array {
  const d = net.inputs;
  const layers = in32({ layers: net.hidden });
  const n = points.length / d;
  const widest = Math.max(d, ...layers.map(({ outputs }) => outputs));
  const C = new Uint32Array(n * layers.length);
  let a = new Float32Array(widest);
  let U = new Float32Array(widest);
  let P = new Uint8Array(widest);
  let L = new Float32Array(widest * d);
  let [nextA, nextU, nextP, nextL] = [a.slice(), U.slice(), P.slice(), L.slice()];
  for (let p = 0; p < n; p++) {
    L.fill(0);
    for (let i = 0; i < d; i++) {
      a[i] = points[p * d + i];
      U[i] = 0;
      P[i] = 0;
      L[i * widest + i] = 1;
    }
    for (let k = 0; k < layers.length; k++) {
      const { inputs, outputs, weights, biases } = layers[k];
      let count = 0;
      for (let j = 0; j < outputs; j++) {
        const row = j * inputs;
        let A = biases[j];
        let local = 0;
        for (let i = 0; i < inputs; i++) {
          A += weights[row + i] * a[i];
          local += P[i] * Math.abs(weights[row + i]) * U[i];
        }
        let square = 0;
        for (let t = 0; t < d; t++) {
          let l = 0;
          for (let i = 0; i < inputs; i++) l += weights[row + i] * L[t * widest + i];
          nextL[t * widest + j] = l;
          square += l * l;
        }
        const raw = r * Math.sqrt(square) + local;
        nextA[j] = A > 0 ? A : 0;
        if ((A < 0 && raw + A < 0) || (raw === 0 && A <= 0)) {
          nextU[j] = 0;
          nextP[j] = 0;
        } else if (raw < A) {
          nextU[j] = raw;
          nextP[j] = local === 0 ? 0 : 1;
        } else {
          nextU[j] = A < 0 ? raw + A : raw;
          nextP[j] = 1;
          count++;
        }
        // Only neurons that are on and affine pass on their gradient.
        if (nextP[j] === 1 || A <= 0) for (let t = 0; t < d; t++) nextL[t * widest + j] = 0;
      }
      C[p * layers.length + k] = count;
      [a, nextA, U, nextU] = [nextA, a, nextU, U];
      [P, nextP, L, nextL] = [nextP, P, nextL, L];
    }
  }
  return C;
}

/** The forward pass likewise; `[points × outputs]`. */
export function plainForward(net: Model, points: Float64Array): Float32Array {
  const d = net.inputs;
  const layers = in32(net);
  const n = points.length / d;
  const { outputs } = layers[layers.length - 1];
  const results = new Float32Array(n * outputs);
  const widest = Math.max(d, ...layers.map((layer) => layer.outputs));
  let a = new Float32Array(widest);
  let next = new Float32Array(widest);
  for (let p = 0; p < n; p++) {
    for (let i = 0; i < d; i++) a[i] = points[p * d + i];
    layers.forEach(({ inputs, outputs, weights, biases }, k) => {
      for (let j = 0; j < outputs; j++) {
        let z = biases[j];
        for (let i = 0; i < inputs; i++) z += weights[j * inputs + i] * a[i];
        next[j] = z > 0 || k === layers.length - 1 ? z : 0;
      }
      [a, next] = [next, a];
    });
    results.set(a.subarray(0, outputs), p * outputs);
  }
  return results;
}
