import type { Layer, Model } from '../../model/model.ts';
import { nearest } from '../exact/dyadic.ts';
import { UNIT } from '../maps/rounding.ts';

/** Covers the rounding of the bounds themselves, for sums of up to 2³⁰ terms. */
const SLACK = 1 + 2 ** -20;
/** More than the loss by underflow in one product and everything computed from it. */
const TINY = 2 ** -1070;
/** A norm below this may have lost digits to underflow. */
const SMALL = 2 ** -1000;
/** Sums of squares outside this range are computed again with the vector scaled. */
const SAFE_SQUARE = [2 ** -900, 2 ** 1000] as const;

/** Room for one layer. */
class Room {
  /** `[width]`: z, or σ(z) once it is activated, and a bound of its error. */
  readonly values: Float64Array;
  readonly valueErrors: Float64Array;
  /** `[width × inputs]` */
  readonly gradients: Float64Array;
  /** `[width]`: computed ‖gradient‖₂, and a bound of the Euclidean error of the gradient. */
  readonly norms: Float64Array;
  readonly gradientErrors: Float64Array;
  /** `[width]`: what σ multiplies the gradient by, 1 or the neuron's slope. */
  readonly gains: Float64Array;
  /** Neurons whose value, or gradient, may be other than zero. */
  readonly alive: number[] = [];
  readonly moving: number[] = [];

  constructor(width: number, inputs: number) {
    this.values = new Float64Array(width);
    this.valueErrors = new Float64Array(width);
    this.gradients = new Float64Array(width * inputs);
    this.norms = new Float64Array(width);
    this.gradientErrors = new Float64Array(width);
    this.gains = new Float64Array(width);
  }
}

/**
 * Pre-activations and their gradients at a point in 64-bit numbers, layer by layer, with bounds of their errors: with n
 * terms, |ẑ − z| ≤ (n + 2) u (|b| + Σ |w||ĥ|) + Σ |w| e, and ‖ĝ − ∇z‖₂ ≤ (n + 2) u Σ |w|‖ĝᵢ‖ + Σ |w| fᵢ, plus the loss
 * by underflow; e and f are the bounds of the layer below. The bounds hold if the signs given to `activate` are right.
 * A number beyond the range makes a bound infinite or NaN, and no comparison with it decides anything.
 */
export class PointPass {
  private readonly hidden: readonly Layer[];
  private readonly dimension: number;
  /** Relative error of a computed norm. */
  private readonly blur: number;
  private readonly rooms: readonly Room[];
  /** `[width]` norms of the first layer's weights, computed once. */
  private readonly firstNorms: Float64Array;
  private readonly point: Room;
  private at: Room;
  /** `[width]` of the current layer. */
  private slopes: Float64Array = new Float64Array(0);

  constructor(net: Model) {
    this.hidden = net.hidden;
    this.dimension = net.inputs;
    this.blur = (this.dimension + 16) * UNIT;
    // The gradients of the first layer are its weights.
    this.rooms = this.hidden.map(({ outputs }, l) => new Room(outputs, l > 0 ? this.dimension : 0));
    const d = this.dimension;
    this.firstNorms = Float64Array.from({ length: this.hidden[0]?.outputs ?? 0 }, (_, j) =>
      length(this.hidden[0].weights, j * d, d),
    );
    this.point = new Room(d, 0);
    this.at = this.point;
  }

  begin(x: ArrayLike<number>): void {
    const { point } = this;
    point.alive.length = 0;
    for (let i = 0; i < x.length; i++) {
      point.values[i] = x[i];
      if (x[i] !== 0) point.alive.push(i);
    }
    this.at = point;
  }

  /** Computes the pre-activations of hidden layer `l`, after those of the layers before were activated. */
  step(l: number): void {
    const layer = this.hidden[l];
    const below = this.at;
    const at = this.rooms[l];
    this.at = at;
    this.slopes = layer.slopes;
    at.alive.length = 0;
    at.moving.length = 0;
    for (let j = 0; j < layer.outputs; j++) {
      value(layer, j, below, at);
      if (l > 0) {
        const gradients = l > 1 ? below.gradients : this.hidden[0].weights;
        this.gradient(layer, j, gradients, below, at);
        continue;
      }
      at.norms[j] = this.firstNorms[j];
      at.gradientErrors[j] = at.norms[j] > 0 && at.norms[j] < SMALL ? TINY : 0;
    }
  }

  private gradient(layer: Layer, j: number, from: Float64Array, below: Room, at: Room): void {
    const d = this.dimension;
    const row = j * layer.inputs;
    const sums = at.gradients.subarray(j * d, (j + 1) * d);
    sums.fill(0);
    let size = 0;
    let handed = 0;
    let terms = 0;
    for (const i of below.moving) {
      if (layer.weights[row + i] === 0) continue;
      terms++;
      const w = layer.weights[row + i] * below.gains[i];
      for (let c = 0, k = i * d; c < d; c++, k++) sums[c] += w * from[k];
      // Any gradient may magnify what the weight loses by underflow.
      size += Math.abs(w) < SMALL ? Number.POSITIVE_INFINITY : Math.abs(w) * below.norms[i];
      handed += Math.abs(w) * below.gradientErrors[i];
    }
    at.norms[j] = length(sums, 0, d);
    at.gradientErrors[j] =
      terms === 0 ? 0 : bound(terms, size, handed) + (terms + 2) * TINY * Math.sqrt(d);
  }

  /** Undefined where rounding could have changed it. */
  signOf(j: number): -1 | 0 | 1 | undefined {
    const z = this.at.values[j];
    const e = this.at.valueErrors[j];
    return z > e ? 1 : z < -e ? -1 : z === 0 && e === 0 ? 0 : undefined;
  }

  /** ‖∇z‖ is at least this; 0 or less says nothing. */
  slopeLeast(j: number): number {
    return this.at.norms[j] * (1 - this.blur) - this.at.gradientErrors[j];
  }

  /** ‖∇z‖ is at most this; 0 where no input can move the neuron. */
  slopeMost(j: number): number {
    return this.at.norms[j] * (1 + this.blur) + this.at.gradientErrors[j];
  }

  /** |z| / ‖∇z‖ is at least this. */
  distanceLeast(j: number): number {
    const least = Math.max(0, Math.abs(this.at.values[j]) - this.at.valueErrors[j]);
    return (least / this.slopeMost(j)) * (1 - 4 * UNIT) - Number.MIN_VALUE;
  }

  /** |z| / ‖∇z‖ is at most this; infinite where the gradient may be zero. */
  distanceMost(j: number): number {
    const slope = this.slopeLeast(j);
    if (!(slope > 0)) return Number.POSITIVE_INFINITY;
    const most = Math.abs(this.at.values[j]) + this.at.valueErrors[j];
    return (most / slope) * (1 + 4 * UNIT) + Number.MIN_VALUE;
  }

  /** Sets the true value of a pre-activation. */
  settle(j: number, mantissa: bigint, exponent: number): void {
    const z = nearest(mantissa, exponent);
    this.at.values[j] = z;
    this.at.valueErrors[j] = mantissa === 0n ? 0 : Math.abs(z) * UNIT + TINY;
  }

  /**
   * Replaces z of a neuron by σ(z), and updates its gradient; `on` is whether z is positive, or the slope 1, with which
   * the sign does not matter.
   */
  activate(j: number, on: boolean): void {
    const { at } = this;
    const slope = this.slopes[j];
    if (!on && slope === 0) return;
    at.gains[j] = on ? 1 : slope;
    if (!on) {
      at.values[j] *= slope;
      at.valueErrors[j] =
        at.valueErrors[j] * Math.abs(slope) * SLACK + Math.abs(at.values[j]) * UNIT + TINY;
    }
    if (at.values[j] !== 0 || at.valueErrors[j] !== 0) at.alive.push(j);
    if (!(at.norms[j] === 0 && at.gradientErrors[j] === 0)) at.moving.push(j);
  }
}

/** Error of a sum of so many products whose sizes add up to `size`, and what the errors of its terms pass on. */
const bound = (terms: number, size: number, handed: number): number =>
  ((terms + 2) * UNIT * size + handed) * SLACK;

function value({ inputs, weights, biases }: Layer, j: number, below: Room, at: Room): void {
  let sum = biases[j];
  let size = Math.abs(sum);
  let handed = 0;
  let terms = 0;
  for (const i of below.alive) {
    const w = weights[j * inputs + i];
    if (w === 0) continue;
    terms++;
    const term = w * below.values[i];
    sum += term;
    size += Math.abs(term);
    handed += Math.abs(w) * below.valueErrors[i];
  }
  at.values[j] = sum;
  at.valueErrors[j] = terms === 0 ? 0 : bound(terms, size, handed) + (terms + 2) * TINY;
}

/** ‖v‖₂ of `count` entries from `from` on, accurate to (count + 8) u where it is at least `SMALL`. */
function length(vector: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += vector[i] * vector[i];
  if (sum > SAFE_SQUARE[0] && sum < SAFE_SQUARE[1]) return Math.sqrt(sum);
  let largest = 0;
  for (let i = from; i < from + count; i++) largest = Math.max(largest, Math.abs(vector[i]));
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return largest;
  let scaled = 0;
  for (let i = from; i < from + count; i++) scaled += (vector[i] / largest) ** 2;
  return largest * Math.sqrt(scaled);
}
