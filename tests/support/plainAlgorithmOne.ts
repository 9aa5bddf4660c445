import type { Model } from '../../src/model/model.ts';

/** What the recursion has of one neuron. */
export interface PlainNeuron {
  readonly A: number;
  readonly L: readonly number[];
  readonly norm: number;
  readonly local: number;
  readonly rawU: number;
  readonly P: number;
  readonly S: number;
  readonly U: number;
  /** Post-activation at the centre. */
  readonly value: number;
  /** What it passes on as L. */
  readonly passedL: readonly number[];
}

/**
 * Algorithm 1 written down from the paper once more, as plainly as it can be and without any of the engine: no rounding
 * outward, every neuron an object. With the guard (a neuron that nothing moves is constant), and the rules for slopes.
 */
export function plainAlgorithmOne(
  net: Model,
  x: readonly number[],
  r: number,
): readonly (readonly PlainNeuron[])[] {
  const layers: PlainNeuron[][] = [];
  // The plane itself: P = 0, and a unit vector each.
  let before: readonly Pick<PlainNeuron, 'value' | 'P' | 'U' | 'passedL'>[] = x.map((value, i) => ({
    value,
    P: 0,
    U: r,
    passedL: x.map((_, t) => (t === i ? 1 : 0)),
  }));
  for (let k = 0; k < net.layers.length - 1; k++) {
    const { weights, biases, slopes, inputs, outputs } = net.layers[k];
    const now: PlainNeuron[] = [];
    for (let j = 0; j < outputs; j++) {
      const s = slopes[j];
      let A = biases[j];
      let local = 0;
      const L = x.map(() => 0);
      before.forEach((input, i) => {
        const w = weights[j * inputs + i];
        A += w * input.value;
        if (input.P === 1) local += Math.abs(w) * input.U;
        else
          L.forEach((_, t) => {
            L[t] += w * input.passedL[t];
          });
      });
      const norm = Math.hypot(...L);
      const rawU = r * norm + local;
      const value = A > 0 ? A : s * A;
      const off = L.map((v) => s * v);
      const none = L.map(() => 0);
      const base = { A, L, norm, local, rawU, value };
      if (rawU === 0) now.push({ ...base, P: 0, S: 0, U: 0, passedL: none });
      else if (s === 1 || (A >= 0 && rawU < A))
        now.push({ ...base, P: local > 0 ? 1 : 0, S: 0, U: rawU, passedL: local > 0 ? none : L });
      else if (A < 0 && rawU + A < 0)
        now.push({
          ...base,
          P: local > 0 && s !== 0 ? 1 : 0,
          S: 0,
          U: Math.abs(s) * rawU,
          passedL: local > 0 ? none : off,
        });
      else {
        const below = Math.max(Math.abs(s) * rawU, rawU + (1 - s) * A);
        now.push({ ...base, P: 1, S: 1, U: A < 0 ? below : rawU, passedL: none });
      }
    }
    layers.push(now);
    before = now;
  }
  return layers;
}
