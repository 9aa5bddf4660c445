import type { Layer, Model } from '../model/model.ts';
import { Gradients } from './gradients.ts';
import { isOpen, type LocalBound, type NeuronIntervals, settle } from './localBound.ts';
import { Movement } from './movement.ts';
import { gammaFor, type Rounding, UNIT, underflowIn } from './rounding.ts';
import { type InputList, multiply, reaches } from './sums.ts';

interface Prepared extends Layer {
  readonly sizes: Float64Array;
  readonly gamma: number;
}

/**
 * The zonotope domain (DeepZ, Singh et al. 2018), starting from an ℓ2 ball: a layer's activations are c + G ε + H e
 * with ‖ε‖₂ ≤ r and every |e_m| ≤ 1, so that l, u = c_j ∓ (r‖G_j‖₂ + ‖H_j‖₁). An affine layer maps c, G and H; then
 *
 *     l ≥ 0   on         stays
 *     u ≤ 0   off        times a; all zero for ReLU
 *     else    unstable   s = (u − a l)/(u − l) and μ = (a − s) l / 2: c := s c + μ, rows of G and H times s, and a
 *                        column of its own in H with the one entry μ
 *
 * because σ is convex: σ(z) − s z is 0 at z = 0, where it is least since a ≤ s ≤ 1, and (a − s) l at both ends. a is the
 * neuron's slope; a ≠ 0 is an extension of ours. With a < 0, s may be negative or 0, where only the constant μ and its
 * column are left. A neuron with a = 1 stays as it is, like one that is on.
 *
 * Rounding: as in Algorithm 1+, every neuron passes on g ≥ its error + γ times the sizes of what it passes on.
 * O((d + unstable neurons) · parameters) per ball.
 */
export class Zonotope implements LocalBound {
  readonly #layers: readonly Prepared[];
  readonly #dimension: number;
  readonly #rounding: Rounding;
  readonly #width: number;
  readonly #zeros: Float64Array;
  #centre: Float64Array;
  #nextCentre: Float64Array;
  readonly #gradients: Gradients;
  /** A row of `width` for each column of H. */
  readonly #columns: Float64Array;
  #count = 0;
  /** Columns from here on have only one entry, in the neuron that `#owner` names. */
  #fresh = 0;
  readonly #owner: Uint32Array;
  readonly #row: Float64Array;
  readonly #spread: Float64Array;
  readonly #slack: Float64Array;
  readonly #doubt: Float64Array;
  readonly #nextDoubt: Float64Array;
  /** Neurons whose rows are not zero; those that are not zero throughout. */
  readonly #live: InputList;
  readonly #doubts: InputList;
  readonly #movement: Movement;

  constructor(net: Model, rounding: Rounding) {
    const d = net.layers[0].inputs;
    const hidden = net.hidden;
    const neurons = hidden.reduce((sum, { outputs }) => sum + outputs, 0);
    this.#rounding = rounding;
    this.#dimension = d;
    this.#layers = hidden.map((layer) => ({
      ...layer,
      sizes: layer.weights.map(Math.abs),
      // The sum over the columns of H is as long as there are neurons.
      gamma: gammaFor(layer.inputs + d + neurons + 32, rounding),
    }));
    const width = Math.max(d, ...hidden.map(({ outputs }) => outputs));
    this.#width = width;
    const vector = () => new Float64Array(width);
    const list = () => ({ at: new Uint32Array(width), count: 0 });
    [this.#zeros, this.#centre, this.#nextCentre] = [vector(), vector(), vector()];
    [this.#row, this.#spread] = [vector(), vector()];
    [this.#slack, this.#doubt, this.#nextDoubt] = [vector(), vector(), vector()];
    this.#gradients = new Gradients(net);
    this.#columns = new Float64Array(neurons * width);
    this.#owner = new Uint32Array(neurons);
    [this.#live, this.#doubts] = [list(), list()];
    this.#movement = new Movement(width);
  }

  run(points: ArrayLike<number>, at: number, r: number, out: NeuronIntervals, outAt: number): void {
    const vanished = underflowIn(r, this.#rounding);
    this.#begin(points, at, vanished);
    let first = outAt;
    for (let k = 0; k < this.#layers.length; k++) {
      const layer = this.#layers[k];
      this.#map(layer, k === 0);
      for (let j = 0; j < layer.outputs; j++) {
        const c = this.#nextCentre[j];
        const spread = r * this.#gradients.norms[j] + this.#spread[j];
        this.#spread[j] = spread;
        const size = Math.abs(c) + spread;
        const inherited = this.#nextDoubt[j] + layer.gamma * Math.abs(layer.biases[j]);
        let slack = (1 + layer.gamma) * inherited + layer.gamma * size;
        const moves =
          k === 0
            ? this.#movement.begin(j, r > 0 && this.#gradients.norms[j] > 0)
            : this.#movement.reach(layer, j);
        if (slack > 0 || moves || reaches(layer, j, this.#doubts)) slack += vanished;
        const maySwitch = moves && layer.slopes[j] !== 1;
        settle(out, first + j, c - spread - slack, c + spread + slack, k, maySwitch);
        this.#slack[j] = slack;
      }
      this.#live.count = 0;
      this.#doubts.count = 0;
      this.#movement.clear();
      const nextGamma = this.#layers[k + 1]?.gamma ?? 0;
      for (let j = 0; j < layer.outputs; j++)
        this.#hand(j, first + j, layer.slopes[j], nextGamma, vanished, out);
      [this.#centre, this.#nextCentre] = [this.#nextCentre, this.#centre];
      first += layer.outputs;
    }
  }

  #begin(points: ArrayLike<number>, at: number, vanished: number): void {
    const d = this.#dimension;
    [this.#count, this.#fresh] = [0, 0];
    this.#doubts.count = 0;
    this.#live.count = d;
    for (let i = 0; i < d; i++) {
      this.#live.at[i] = i;
      const x = points[at + i];
      this.#centre[i] = x;
      if (x === 0) continue;
      this.#doubt[i] = (this.#layers[0]?.gamma ?? 0) * Math.abs(x) + vanished;
      this.#doubts.at[this.#doubts.count++] = i;
    }
  }

  /** c, G and H of the layer's pre-activations. */
  #map(layer: Prepared, isFirst: boolean): void {
    const { weights, biases, sizes, inputs, outputs } = layer;
    const [zeros, width, columns, row] = [this.#zeros, this.#width, this.#columns, this.#row];
    multiply(layer, weights, this.#live, this.#centre, 0, biases, this.#nextCentre, 0);
    multiply(layer, sizes, this.#doubts, this.#doubt, 0, zeros, this.#nextDoubt, 0);
    if (isFirst) this.#gradients.begin();
    else this.#gradients.step(layer, this.#live);
    this.#spread.fill(0);
    for (let m = 0; m < this.#count; m++) {
      const from = m * width;
      if (m < this.#fresh) {
        multiply(layer, weights, this.#live, columns, from, zeros, row, 0);
      } else {
        const entry = columns[from];
        const i = this.#owner[m];
        for (let j = 0; j < outputs; j++) row[j] = entry * weights[j * inputs + i];
      }
      for (let j = 0; j < outputs; j++) {
        columns[from + j] = row[j];
        this.#spread[j] += Math.abs(row[j]);
      }
    }
    this.#fresh = this.#count;
  }

  /** What neuron j, of slope a, passes on: its row of c, G and H scaled, and a column of its own. */
  #hand(
    j: number,
    at: number,
    a: number,
    gamma: number,
    vanished: number,
    out: NeuronIntervals,
  ): void {
    const c = this.#nextCentre[j];
    const l = out.lo[at];
    const u = out.hi[at];
    const unstable = isOpen(out, at, a);
    // The interval holds in real arithmetic: these are zero throughout.
    const dead = u <= 0 && (a === 0 || (l === 0 && u === 0));
    const scale = unstable ? (u - a * l) / (u - l) : dead ? 0 : l >= 0 ? 1 : a;
    const half = unstable ? ((a - scale) * l) / 2 : 0;
    const centre = scale * c + half;
    this.#nextCentre[j] = centre;
    if (scale !== 1) {
      this.#gradients.scale(j, scale);
      for (let m = 0; m < this.#fresh; m++) this.#columns[m * this.#width + j] *= scale;
    }
    if (unstable) {
      // The rest of the row is never read.
      this.#owner[this.#count] = j;
      this.#columns[this.#count++ * this.#width] = half;
    }
    if (scale !== 0 || unstable) this.#live.at[this.#live.count++] = j;
    this.#movement.hand(j, dead);
    if (dead || this.#rounding === 'nearest') return;
    const size = Math.abs(centre) + Math.abs(scale) * this.#spread[j] + Math.abs(half);
    // The chord was rounded, too: by a few units of what it spans.
    const chord = unstable ? 8 * UNIT * (u - l) : 0;
    this.#doubt[j] =
      (1 + gamma) * (Math.abs(scale) * this.#slack[j] + chord) +
      8 * UNIT * size +
      gamma * size +
      vanished;
    this.#doubts.at[this.#doubts.count++] = j;
  }
}
