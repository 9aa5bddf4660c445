import { slopeIn32 } from '../../src/compute/packed/soundness.ts';
import type { Model } from '../../src/model/model.ts';
import { Adversary, inwards, type Mood, outwards, UNIT } from './adversary32.ts';

/**
 * `shaders/bounds.wgsl` for one point, step by step, on arithmetic that is as bad as WGSL allows: every rounding goes
 * up or down as it likes, sums run in any order, products may be fused, small numbers may be flushed, sqrt errs.
 */

export interface Constants {
  readonly layers: readonly { readonly gamma: number; readonly kappa: number }[];
  readonly eta: number;
  /** The triangular factor, where its columns are to stand for the rows of the first layer, and not empty. */
  readonly factor?: Float32Array;
}

export interface Neuron32 {
  readonly A: number;
  readonly raw: number;
  readonly S: number;
  readonly P: number;
  /** κ e, the bound on the errors of A and of r‖L‖; Infinity where a bent input makes it a bound on more. */
  readonly error: number;
  readonly L: readonly number[];
}

type State = 'affine' | 'bent' | 'constant';

interface Carried {
  readonly a: number;
  readonly g: number;
  readonly state: State;
  readonly L: readonly number[];
}

/** What the kernel says of every hidden neuron, in flat order. */
export function boundsIn32(
  net: Model,
  x: Float32Array,
  r: number,
  { layers: constants, eta, factor = new Float32Array(0) }: Constants,
  mood: Mood,
  random: () => number,
): Neuron32[] {
  const op = new Adversary(mood, random);
  const { add, times } = op;
  const d = net.inputs;
  const columns = factor.length > 0 ? factor.length / net.layers[0].outputs : d;
  const radius = op.round(r);
  const found: Neuron32[] = [];
  let before: Carried[] = Array.from({ length: d }, (_, i) => ({
    a: x[i],
    g: times(constants[0].gamma, Math.abs(x[i])),
    state: 'affine',
    L: Array.from({ length: d }, (__, t) => (t === i ? 1 : 0)),
  }));

  net.hidden.forEach(({ inputs, outputs, weights, biases, slopes }, k) => {
    const { gamma, kappa } = constants[k];
    const nextGamma = constants[k + 1].gamma;
    const after: Carried[] = [];
    for (let j = 0; j < outputs; j++) {
      const W = Array.from(weights.subarray(j * inputs, (j + 1) * inputs), Math.fround);
      const size = W.map(Math.abs);
      const b = Math.fround(biases[j]);
      const slope = slopeIn32(slopes[j]);
      const start = add(eta, times(gamma, Math.abs(b)));
      const read = (pick: (input: Carried) => number) => before.map(pick);
      const A = op.dot(
        b,
        W,
        read(({ a }) => a),
        mood === 'away' ? outwards : inwards,
      );
      // |w| (γ |x|) may be taken as (|w| γ) |x|.
      let e =
        k === 0 && op.reassociates()
          ? op.dot(
              start,
              size.map((w) => times(w, gamma)),
              read(({ a }) => Math.abs(a)),
            )
          : op.dot(
              start,
              size,
              read(({ g }) => g),
            );
      const row = factor.length > 0 ? (t: number) => factor[t * outputs + j] : (t: number) => W[t];
      const L = Array.from({ length: columns }, (_, t) =>
        k === 0
          ? row(t)
          : op.dot(
              0,
              W,
              read((input) => input.L[t]),
              inwards,
            ),
      );
      const h = times(radius, op.sqrt(op.dot(eta, L, L)));
      if (k === 0) {
        e = add(e, times(UNIT, h));
      }
      const bent = before.some(({ state }, i) => W[i] !== 0 && state === 'bent');
      const constant = !before.some(({ state }, i) => W[i] !== 0 && state !== 'constant');
      const raw = add(times(kappa, add(h, e)), eta);
      const stable = constant || Math.abs(A) > raw || slope === 1;
      const sigma = A > 0 ? 1 : slope;
      const gain = Math.abs(sigma);
      const a = times(sigma, A);
      const scaled = (by: number) => L.map((l) => times(by, l));
      const none = scaled(0);
      const blur = times(nextGamma, Math.abs(a));
      let out: Carried;
      if (constant) {
        const g = times(kappa, add(e, blur));
        out = { a, g, state: 'constant', L: none };
      } else if (stable && sigma === 0) {
        out = { a: 0, g: 0, state: 'constant', L: none };
      } else if (stable && bent) {
        const g = times(kappa, add(times(gain, raw), blur));
        out = {
          a,
          g,
          state: 'bent',
          L: none,
        };
      } else if (stable) {
        const g = times(
          kappa,
          add(times(gain, e), times(nextGamma, add(Math.abs(a), times(gain, h)))),
        );
        out = { a, g, state: 'affine', L: sigma === 1 ? L : scaled(sigma) };
      } else {
        const reach =
          A < 0 ? times(kappa, add(Math.max(add(raw, A), 0), times(gain, Math.abs(A)))) : raw;
        const blurA = times(nextGamma, Math.abs(A));
        out = {
          a,
          g: times(kappa, add(reach, blurA)),
          state: 'bent',
          L: none,
        };
      }
      after.push(out);
      found.push({
        A,
        raw: constant ? 0 : raw,
        S: stable ? 0 : 1,
        P: out.state === 'bent' ? 1 : 0,
        error: bent ? Number.POSITIVE_INFINITY : kappa * e,
        L,
      });
    }
    before = after;
  });
  return found;
}
