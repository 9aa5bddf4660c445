import { slopeIn32 } from '../../src/compute/packed/soundness.ts';
import type { Layer, Model } from '../../src/model/model.ts';
import { Adversary, inwards, type Mood, outwards, UNIT } from './adversary32.ts';
import type { Constants } from './bounds32.ts';
import type { Interval32 } from './remainders32.ts';

/** A neuron with its interval, and what a form pays for passing through it. */
interface Relaxed {
  readonly lo: number;
  readonly hi: number;
  readonly S: number;
  readonly moves: boolean;
  readonly slope: number;
  readonly size: number;
  /** σ(z) ≤ up · z + gap, σ(z) ≥ low · z. */
  readonly up: number;
  readonly low: number;
  readonly gap: number;
}

/** The first layer's neurons also keep the affine function that a form ends in. */
interface First extends Relaxed {
  readonly A: number;
  readonly error: number;
  readonly L: readonly number[];
}

/** The CROWN kernel for one point, step by step, on the worst arithmetic that WGSL allows. */
export function crownIn32(
  net: Model,
  x: Float32Array,
  r: number,
  constants: Constants,
  mood: Mood,
  random: () => number,
): Interval32[] {
  return new Crown32(net, r, constants, mood, random).run(x);
}

class Crown32 {
  readonly #op: Adversary;
  readonly #layers: readonly Layer[];
  readonly #radius: number;
  readonly #constants: Constants;
  readonly #inflated: boolean;
  readonly #spread: number;
  readonly #extra: number;

  constructor(net: Model, radius: number, constants: Constants, mood: Mood, random: () => number) {
    this.#op = new Adversary(mood, random);
    this.#layers = net.hidden;
    this.#radius = this.#op.round(radius);
    this.#constants = constants;
    this.#inflated = constants.layers[0].gamma > 0;
    const neurons = this.#layers.reduce((sum, { outputs }) => sum + outputs, 0);
    this.#spread = this.#inflated ? 1 + 4 * (neurons + 16) * UNIT : 1;
    this.#extra = this.#inflated ? (this.#layers.length + 16) * UNIT : 0;
  }

  run(x: Float32Array): Interval32[] {
    if (this.#layers.length === 0) return [];
    const first = Array.from({ length: this.#layers[0].outputs }, (_, j) => this.#first(x, j));
    const found: Relaxed[][] = [first];
    for (let k = 1; k < this.#layers.length; k++)
      found.push(
        Array.from({ length: this.#layers[k].outputs }, (_, j) => this.#later(first, found, k, j)),
      );
    return found.flat();
  }

  #row(k: number, j: number): number[] {
    const { inputs, weights } = this.#layers[k];
    return Array.from(weights.subarray(j * inputs, (j + 1) * inputs), Math.fround);
  }

  #aim = () => (this.#op.mood === 'away' ? outwards : inwards);

  #first(x: Float32Array, j: number): First {
    const { add, times } = this.#op;
    const { layers, eta, factor = new Float32Array(0) } = this.#constants;
    const { gamma, kappa } = layers[0];
    const W = this.#row(0, j);
    const b = Math.fround(this.#layers[0].biases[j]);
    const A = this.#op.dot(b, W, Array.from(x), this.#aim());
    const shares = Array.from(x, (value) => times(gamma, Math.abs(value)));
    let e = this.#op.dot(add(eta, times(gamma, Math.abs(b))), W.map(Math.abs), shares);
    const { outputs } = this.#layers[0];
    const L =
      factor.length > 0
        ? Array.from({ length: factor.length / outputs }, (_, t) => factor[t * outputs + j])
        : W;
    const h = times(this.#radius, this.#op.sqrt(this.#op.dot(eta, L, L)));
    if (this.#inflated) e = add(e, times(UNIT, h));
    const raw = add(times(kappa, add(h, e)), eta);
    const moves = W.some((w) => w !== 0);
    const settled = this.#settle(0, j, A, raw, moves);
    const size = add(add(Math.abs(A), h), add(Math.abs(settled.lo), Math.abs(settled.hi)));
    return { ...settled, size, A, error: times(kappa, e), L };
  }

  #later(first: readonly First[], found: readonly Relaxed[][], k: number, j: number): Relaxed {
    const { add, times } = this.#op;
    const { layers, eta } = this.#constants;
    const { gamma, kappa } = layers[k];
    const W = this.#row(k, j);
    const sizes = W.map(Math.abs);
    const b = Math.fround(this.#layers[k].biases[j]);
    const ends = found[k - 1].map((neuron) => this.#ends(neuron));
    const middles = ends.map(([p, v]) => 0.5 * add(p, v));
    const shares = ends.map(([p, v]) =>
      times(
        kappa,
        add(times(kappa, 0.5 * add(v, -p)), times(gamma, add(Math.abs(p), Math.abs(v)))),
      ),
    );
    const A = this.#op.dot(b, W, middles, this.#aim());
    const e = this.#op.dot(add(eta, times(gamma, Math.abs(b))), sizes, shares);
    const most = ends.map(([p, v]) => Math.max(Math.abs(p), Math.abs(v)));
    const magnitude = this.#op.dot(Math.abs(b), sizes, most);
    const moves = found[k - 1].some((neuron, i) => W[i] !== 0 && neuron.moves);
    const own = this.#settle(k, j, A, add(times(kappa, e), eta), moves);
    const sized = ({ lo, hi }: Relaxed) => add(magnitude, add(Math.abs(lo), Math.abs(hi)));
    if (own.S === 0) return { ...own, size: sized(own) };
    const rest = times(add(gamma, this.#extra), magnitude);
    const upper = this.#back(first, found, k, W, b, rest);
    const lower = -this.#back(
      first,
      found,
      k,
      W.map((w) => -w),
      -b,
      rest,
    );
    const [lo, hi] = [Math.max(own.lo, lower), Math.min(own.hi, upper)];
    if (lo > hi) return { ...own, size: sized(own) };
    const tight = this.#lines(lo, hi, lo > 0 || hi < 0 ? 0 : 1, moves, k, j);
    return { ...tight, size: sized(tight) };
  }

  /** The interval A ∓ raw, as numbers of the machine. */
  #settle(k: number, j: number, A: number, raw: number, moves: boolean): Relaxed {
    const { add, times } = this.#op;
    const { gamma, kappa } = this.#constants.layers[k];
    const wide = times(kappa, add(raw, times(gamma, Math.abs(A))));
    const open = moves && this.#layers[k].slopes[j] !== 1;
    const S = open && !(Math.abs(A) > raw) ? 1 : 0;
    return this.#lines(add(A, -wide), add(A, wide), S, moves, k, j);
  }

  #lines(lo: number, hi: number, S: number, mayMove: boolean, k: number, j: number): Relaxed {
    const { add, times } = this.#op;
    const { kappa } = this.#constants.layers[k];
    const a = slopeIn32(this.#layers[k].slopes[j]);
    const common = { lo, hi, S, slope: a, size: 0 };
    if (lo >= 0) return { ...common, moves: mayMove, up: 1, low: 1, gap: 0 };
    if (hi <= 0) return { ...common, moves: mayMove && a !== 0, up: a, low: a, gap: 0 };
    const ratio = this.#op.round(add(hi, times(a, -lo)) / add(hi, -lo));
    const up = Math.min(1, Math.max(a, ratio));
    const gap = times(kappa, Math.max(times(add(up, -a), -lo), times(add(1, -up), hi)));
    return { ...common, moves: mayMove, up, low: hi >= -lo ? 1 : a, gap };
  }

  /** The interval of a neuron's post-activation. */
  #ends({ lo, hi, slope }: Relaxed): [number, number] {
    const sigma = (z: number) => (z > 0 ? z : this.#op.times(slope, z));
    const [p, v] = [sigma(lo), sigma(hi)];
    if (slope >= 0) return [p, v];
    return [lo < 0 && hi > 0 ? 0 : Math.min(p, v), Math.max(p, v)];
  }

  /** An upper bound of start + Σ form · X over the post-activations X of layer k − 1. */
  #back(
    first: readonly First[],
    found: readonly Relaxed[][],
    k: number,
    row: readonly number[],
    start: number,
    rest: number,
  ): number {
    const { add, times } = this.#op;
    const { layers, eta } = this.#constants;
    let form = row;
    let constant = start;
    let gaps = 0;
    let rounded = rest;
    for (let q = k - 1; ; q--) {
      const neurons = found[q];
      const c = form.map((v, i) => times(v, v > 0 ? neurons[i].up : neurons[i].low));
      gaps = this.#op.dot(
        gaps,
        form.map((v) => Math.max(v, 0)),
        neurons.map(({ gap }) => gap),
      );
      const sizes = neurons.map(({ size }) => size);
      const share = this.#op.dot(0, c.map(Math.abs), sizes);
      rounded = add(rounded, times(add(layers[q + 1].gamma, this.#extra), share));
      const reach =
        q === 0
          ? 0
          : found[q - 1]
              .flatMap((n) => this.#ends(n))
              .map(Math.abs)
              .reduce(add);
      rounded = add(rounded, times(eta, add(1, add(reach, sizes.reduce(add)))));
      if (q === 0) {
        const down = () => -1 as const;
        constant = this.#op.dot(
          constant,
          c,
          first.map(({ A }) => A),
          down,
        );
        rounded = this.#op.dot(
          rounded,
          c.map(Math.abs),
          first.map(({ error }) => error),
        );
        const G = first[0].L.map((_, t) =>
          this.#op.dot(
            0,
            c,
            first.map(({ L }) => L[t]),
            inwards,
          ),
        );
        const h = times(this.#radius, this.#op.sqrt(this.#op.dot(eta, G, G)));
        const spread = times(layers[k].kappa, this.#spread);
        return add(constant, times(spread, add(gaps, add(h, rounded))));
      }
      constant = this.#op.dot(
        constant,
        c,
        Array.from(this.#layers[q].biases, Math.fround),
        () => -1,
      );
      const { inputs } = this.#layers[q];
      const columns = neurons.map((_, i) => this.#row(q, i));
      form = Array.from({ length: inputs }, (_, t) =>
        this.#op.dot(
          0,
          c,
          columns.map((W) => W[t]),
          inwards,
        ),
      );
    }
  }
}
