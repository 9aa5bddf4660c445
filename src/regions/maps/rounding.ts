import type { Model } from '../../model/model.ts';
import type { Box } from '../complex/complex.ts';

/** Unit roundoff of 64-bit numbers. */
export const UNIT = 2 ** -53;
/** Covers the rounding of the bounds themselves and the terms of second order, as long as `FIRST_ORDER` holds. */
const SLACK = 1 + 2 ** -20;
const FIRST_ORDER = 2 ** -24;
/** Numbers between this and its reciprocal are far enough from the ends of the range for the analysis. */
const FAR = 2 ** 900;
const FAR_PLANE = 2 ** 100;

/**
 * How far the affine maps of `LayerMaps` can be from the true ones; derived in docs/exactness.md.
 *
 * The size of a·x + b·y + c on the box is X|a| + Y|b| + |c|, with X and Y the largest |x| and |y|. For every pattern
 * the size of z_j, and of every partial sum on the way to it, is at most `magnitude[l][j]`, the value of the network
 * with absolute weights at (X, Y), because no slope is beyond ±1. The error of the map, in the same size, is at most
 * `relative[l]` · `magnitude[l][j]`; `relative` is updated with the maps.
 */
export class Rounding {
  /** `[layers][width]`; all infinite where underflow or overflow would invalidate the analysis. */
  readonly magnitude: readonly Float64Array[];
  /** `[layers]` */
  readonly relative: Float64Array;
  /** `[layers]`: what `relative` is right after all layers were computed again. */
  readonly fresh: Float64Array;
  /** Largest |x| and |y| in the box. */
  readonly reachX: number;
  readonly reachY: number;
  private readonly widths: readonly number[];
  /** `[layers]` largest share that one neuron of the layer below has in the magnitude of a neuron. */
  private readonly share: Float64Array;
  /** `[layers]`: bound of |1 − slope| for the neurons of the layer. */
  private readonly step: Float64Array;
  /** `[layers]` relative error that `bounds` allow for. */
  private readonly level: Float64Array;
  private readonly bounds: Float64Array[];

  constructor(net: Model, box: Box) {
    const { layers } = net;
    this.reachX = Math.max(Math.abs(box.xMin), Math.abs(box.xMax));
    this.reachY = Math.max(Math.abs(box.yMin), Math.abs(box.yMax));
    this.widths = layers.map((layer) => layer.outputs);
    this.relative = new Float64Array(layers.length);
    this.share = new Float64Array(layers.length);
    this.step = Float64Array.from(layers, ({ slopes }) =>
      slopes.reduce((most, s) => Math.max(most, 1 - s), 1),
    );
    let inRange = [this.reachX, this.reachY].every((v) => v >= 1 / FAR_PLANE && v <= FAR_PLANE);
    let below: Float64Array = Float64Array.of(this.reachX, this.reachY);
    this.magnitude = layers.map(({ inputs, outputs, weights, biases }, l) => {
      const magnitude = new Float64Array(outputs);
      for (let j = 0; j < outputs; j++) {
        let sum = Math.abs(biases[j]);
        let largest = 0;
        if (sum !== 0 && sum < 1 / FAR) inRange = false;
        for (let i = 0; i < inputs; i++) {
          const w = weights[j * inputs + i];
          const term = Math.abs(w) * below[i];
          if (term < 1 / FAR && w !== 0 && below[i] !== 0) inRange = false;
          largest = Math.max(largest, term);
          sum += term;
        }
        magnitude[j] = sum * SLACK;
        if (!(magnitude[j] <= FAR)) inRange = false;
        if (largest > 0) this.share[l] = Math.max(this.share[l], (largest / sum) * SLACK);
      }
      below = magnitude;
      return magnitude;
    });
    for (let l = 0; l < layers.length; l++) this.rebuilt(l);
    this.fresh = this.relative.slice();
    this.level = new Float64Array(layers.length).fill(-1);
    this.bounds = layers.map((layer) => new Float64Array(layer.outputs));
    if (!inRange) for (const magnitude of this.magnitude) magnitude.fill(Number.POSITIVE_INFINITY);
  }

  /** Layer l ≥ 1 was computed again from the one below; layer 0 is copied from the weights, and exact. */
  rebuilt(l: number): void {
    const { relative } = this;
    relative[l] = l === 0 ? 0 : (relative[l - 1] + (this.widths[l - 1] + 3) * UNIT) * SLACK;
  }

  /** A neuron of layer l was switched, and the maps of layers l + 1 … `top` updated. */
  flipped(l: number, top: number): void {
    const { relative, widths, step } = this;
    const share = step[l] * this.share[l + 1];
    let column = 3 * UNIT;
    for (let m = l + 1; m <= top; m++) {
      relative[m] += (share * (relative[l] + column) + UNIT) * SLACK;
      column += (widths[m] + 4) * UNIT;
    }
  }

  /** `[width]` bounds of the errors of all maps of layer l and of their evaluation, where `relative[l]` is at most `relative`. */
  errors(l: number, relative: number): Float64Array {
    const level = (relative + 4 * UNIT) * SLACK;
    return this.magnitude[l].map((m) =>
      m === 0 ? 0 : relative < FIRST_ORDER ? level * m : Number.POSITIVE_INFINITY,
    );
  }

  /**
   * `[width]` bound of the error of z_j of layer l evaluated as a·x + b·y + c at a point of the box: that of the map,
   * and that of the evaluation. Valid for the current maps; the array is recomputed at most once per doubling.
   */
  near(l: number): Float64Array {
    const relative = this.relative[l];
    if (!(relative <= this.level[l])) {
      this.level[l] = Math.max(2 * relative, UNIT);
      this.bounds[l] = this.errors(l, this.level[l]);
    }
    return this.bounds[l];
  }
}
