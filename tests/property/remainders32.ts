import { slopeIn32 } from '../../src/compute/packed/soundness.ts';
import type { Model } from '../../src/model/model.ts';
import { Adversary, inwards, type Mood, outwards, UNIT } from './adversary32.ts';
import type { Constants } from './bounds32.ts';

/** What a kernel of the ladder says of a neuron: z is in [A − raw, A + raw] on the ball. */
export interface Interval32 {
  readonly lo: number;
  readonly hi: number;
  readonly S: number;
}

/** What a neuron passes on, see docs/soundness.md: the columns of H are those of the unstable neurons so far. */
interface Carried {
  readonly a: number;
  readonly g: number;
  readonly moves: boolean;
  readonly L: readonly number[];
  readonly H: readonly number[];
}

/** What the sums of a neuron give. */
interface Sums {
  readonly A: number;
  readonly e: number;
  readonly h: number;
  readonly s: number;
  readonly raw: number;
  readonly L: readonly number[];
  readonly H: readonly number[];
}

export type RemainderMethod = 'algorithm1plus' | 'ibp' | 'zonotope';

/** The kernels of these methods for one point, step by step, on the worst arithmetic that WGSL allows. */
export function remaindersIn32(
  net: Model,
  x: Float32Array,
  r: number,
  { layers: constants, eta, factor = new Float32Array(0) }: Constants,
  method: RemainderMethod,
  mood: Mood,
  random: () => number,
): Interval32[] {
  const op = new Adversary(mood, random);
  const { add, times } = op;
  const sum = (...terms: number[]) => terms.reduce(add);
  const d = net.inputs;
  const columns = factor.length > 0 ? factor.length / net.layers[0].outputs : d;
  const radius = op.round(r);
  const neurons = net.hidden.reduce((count, { outputs }) => count + outputs, 0);
  const inflated = constants[0].gamma > 0;
  const spread = inflated ? 1 + 4 * (neurons + 16) * UNIT : 1;
  const found: Interval32[] = [];
  let before: Carried[] = Array.from({ length: d }, (_, i) => ({
    a: x[i],
    g: times(constants[0].gamma, Math.abs(x[i])),
    moves: true,
    L: Array.from({ length: d }, (__, t) => (t === i ? 1 : 0)),
    H: [],
  }));

  net.hidden.forEach(({ inputs, outputs, weights, biases, slopes }, k) => {
    const { gamma, kappa } = constants[k];
    const nextGamma = constants[k + 1].gamma;
    const fresh = before[0].H.length;
    const after: Carried[] = [];

    const sums = (j: number, W: readonly number[]): Sums => {
      const b = Math.fround(biases[j]);
      const aim = mood === 'away' ? outwards : inwards;
      const values = before.map(({ a }) => a);
      const A = op.dot(b, W, values, aim);
      const start = add(eta, times(gamma, Math.abs(b)));
      const errors = before.map(({ g }) => g);
      let e = op.dot(start, W.map(Math.abs), errors);
      const firstRow = (t: number) => (factor.length > 0 ? factor[t * outputs + j] : W[t]);
      const carried = (pick: (input: Carried) => number) => op.dot(0, W, before.map(pick), inwards);
      const L = Array.from({ length: columns }, (_, t) =>
        k === 0 ? firstRow(t) : carried(({ L }) => L[t]),
      );
      const H = Array.from({ length: fresh }, (_, m) => carried(({ H }) => H[m]));
      const h = times(radius, op.sqrt(op.dot(eta, L, L)));
      if (k === 0 && inflated) e = add(e, times(UNIT, h));
      const s = times(spread, H.map(Math.abs).reduce(add, 0));
      return { A, e, h, s, raw: add(times(kappa, sum(h, s, e)), eta), L, H };
    };

    const passOn = ({ A, e, h, s, raw, L, H }: Sums, slope: number, constant: boolean): Carried => {
      const none = { L: L.map(() => 0), H: H.map(() => 0) };
      const g = (error: number, size: number) => times(kappa, add(error, times(nextGamma, size)));
      const sigma = A > 0 ? 1 : slope;
      const gain = Math.abs(sigma);
      const a = times(sigma, A);
      if (constant) return { a, g: g(e, Math.abs(a)), moves: false, ...none };
      if (Math.abs(A) > raw || slope === 1) {
        if (sigma === 0) return { a: 0, g: 0, moves: false, ...none };
        if (method === 'ibp')
          return { a, g: g(times(gain, raw), Math.abs(a)), moves: true, ...none };
        const scaled = (values: readonly number[]) => values.map((value) => times(sigma, value));
        const size = add(Math.abs(a), times(gain, add(h, s)));
        return { a, g: g(times(gain, e), size), moves: true, L: scaled(L), H: scaled(H) };
      }
      const top = Math.max(add(A, raw), 0);
      const bottom = Math.max(add(raw, -A), 0);
      const size = add(Math.abs(A), raw);
      if (method !== 'zonotope') {
        // [slope l, u], or with a negative slope [0, the larger of u and slope l].
        const most = Math.max(top, times(-slope, bottom));
        const least = Math.max(times(slope, bottom), 0);
        const reach = times(kappa, 0.5 * add(most, least));
        const middle = 0.5 * add(most, -least);
        return { a: middle, g: g(reach, size), moves: true, ...none };
      }
      const ratio = raw > 0 ? op.round(add(top, times(slope, bottom)) / (2 * raw)) : 1;
      const scale = Math.min(1, Math.max(slope, ratio));
      const ends = [times(add(scale, -slope), bottom), times(add(1, -scale), top)];
      const mu = times(kappa, 0.5 * Math.max(...ends));
      const scaled = (values: readonly number[]) => values.map((value) => times(scale, value));
      return {
        a: add(times(scale, A), mu),
        g: g(times(Math.abs(scale), e), add(size, 2 * mu)),
        moves: true,
        L: scaled(L),
        H: [...scaled(H), mu],
      };
    };

    for (let j = 0; j < outputs; j++) {
      const W = Array.from(weights.subarray(j * inputs, (j + 1) * inputs), Math.fround);
      const found32 = sums(j, W);
      const { A, raw } = found32;
      const constant = !before.some(({ moves }, i) => W[i] !== 0 && moves);
      const slope = slopeIn32(slopes[j]);
      const stable = constant || Math.abs(A) > raw || slope === 1;
      const next = passOn(found32, slope, constant);
      // Every unstable neuron has a column of its own.
      const isNew = next.H.length > fresh;
      const width = after[0]?.H.length ?? fresh;
      const H = Array.from({ length: width }, (_, m) => (m < fresh ? next.H[m] : 0));
      if (isNew) {
        for (let i = 0; i < after.length; i++) after[i] = { ...after[i], H: [...after[i].H, 0] };
        H.push(next.H[fresh]);
      }
      after.push({ ...next, H });
      found.push({ lo: A - raw, hi: A + raw, S: stable ? 0 : 1 });
    }
    before = after;
  });
  return found;
}
