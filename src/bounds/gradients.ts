import type { Layer, Model } from '../model/model.ts';
import { type InputList, norm, normOf } from './sums.ts';

/**
 * The gradients of a network in a ball: for every coordinate of the input a row with one number per neuron.
 * Those of the first layer are its weights, the same for every ball, and are stored once. Running allocates nothing.
 */
export class Gradients {
  /** ‖∇‖₂ of every neuron of the current layer, before `scale`. */
  readonly norms: Float64Array;
  readonly #dimension: number;
  readonly #width: number;
  readonly #first: Float64Array;
  readonly #firstNorms: Float64Array;
  /** Rows of later layers, used alternately. */
  readonly #rooms: readonly Float64Array[];
  /** Rows of the current layer, and the factors from `scale` for its neurons. */
  #rows: Float64Array;
  readonly #scales: Float64Array;
  /** Two rows of the inputs that contribute, scaled. */
  readonly #left: Float64Array;
  readonly #right: Float64Array;

  constructor(net: Model) {
    const hidden = net.hidden;
    const d = net.layers[0].inputs;
    const width = Math.max(0, ...hidden.map(({ outputs }) => outputs));
    const vector = () => new Float64Array(width);
    [this.#dimension, this.#width] = [d, width];
    [this.norms, this.#firstNorms, this.#scales] = [vector(), vector(), vector()];
    [this.#left, this.#right] = [vector(), vector()];
    this.#rooms = [1, 2].map((k) => new Float64Array(hidden.length > k ? d * width : 0));
    this.#first = new Float64Array(d * width);
    this.#rows = this.#first;
    if (hidden.length === 0) return;
    const { outputs, weights } = hidden[0];
    for (let j = 0; j < outputs; j++) {
      for (let t = 0; t < d; t++) this.#first[t * width + j] = weights[j * d + t];
      this.#firstNorms[j] = norm(weights, j * d, 1, d);
    }
  }

  /** Goes to the first layer. */
  begin(): void {
    this.#rows = this.#first;
    this.norms.set(this.#firstNorms);
    this.#scales.fill(1);
  }

  /** Goes from a layer to the next, ∇ⱼ = Σ Wⱼᵢ ∇ᵢ over the listed neurons; all sums in index order. */
  step(layer: Layer, inputs: InputList): void {
    const from = this.#rows;
    const to = this.#rooms[from === this.#rooms[0] ? 1 : 0];
    const [d, width] = [this.#dimension, this.#width];
    // A last row without a partner is paired with itself.
    for (let t = 0; t < d; t += 2)
      this.#combine(layer, inputs, from, to, t * width, Math.min(t + 1, d - 1) * width);
    this.#rows = to;
    this.#scales.fill(1);
    this.#measure(layer.outputs);
  }

  /** Of neuron j of the current layer, `scale` times the gradient is passed on. */
  scale(j: number, scale: number): void {
    this.#scales[j] *= scale;
  }

  /** The gradient of neuron j of the current layer, `[d]`, before `scale`. */
  of(j: number): Float64Array {
    return Float64Array.from(
      { length: this.#dimension },
      (_, t) => this.#rows[t * this.#width + j],
    );
  }

  /** The product of what `scale` was told of neuron j. */
  scaleOf(j: number): number {
    return this.#scales[j];
  }

  /** Two rows of the next layer, at `row` and `other`: four neurons share what is read of the inputs, and two rows the weights. */
  #combine(
    { inputs, outputs, weights }: Layer,
    { at, count }: InputList,
    from: Float64Array,
    to: Float64Array,
    row: number,
    other: number,
  ): void {
    const [left, right, scales] = [this.#left, this.#right, this.#scales];
    for (let q = 0; q < count; q++) {
      const i = at[q];
      left[q] = scales[i] * from[row + i];
      right[q] = scales[i] * from[other + i];
    }
    let j = 0;
    for (; j + 4 <= outputs; j += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      let [e, f, g, h] = [0, 0, 0, 0];
      for (let q = 0; q < count; q++) {
        const w = j * inputs + at[q];
        const x = left[q];
        const y = right[q];
        const p = weights[w];
        const r = weights[w + inputs];
        const s = weights[w + 2 * inputs];
        const t = weights[w + 3 * inputs];
        a += p * x;
        b += r * x;
        c += s * x;
        d += t * x;
        e += p * y;
        f += r * y;
        g += s * y;
        h += t * y;
      }
      to[row + j] = a;
      to[row + j + 1] = b;
      to[row + j + 2] = c;
      to[row + j + 3] = d;
      to[other + j] = e;
      to[other + j + 1] = f;
      to[other + j + 2] = g;
      to[other + j + 3] = h;
    }
    for (; j < outputs; j++) {
      let [a, e] = [0, 0];
      for (let q = 0; q < count; q++) {
        const w = weights[j * inputs + at[q]];
        a += w * left[q];
        e += w * right[q];
      }
      to[row + j] = a;
      to[other + j] = e;
    }
  }

  /** The norms, row by row in memory order. */
  #measure(outputs: number): void {
    const [d, width, rows, norms] = [this.#dimension, this.#width, this.#rows, this.norms];
    norms.fill(0);
    for (let t = 0; t < d; t++)
      for (let j = 0; j < outputs; j++) norms[j] += rows[t * width + j] * rows[t * width + j];
    for (let j = 0; j < outputs; j++) norms[j] = normOf(norms[j], rows, j, width, d);
  }
}
