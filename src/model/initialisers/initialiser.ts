import { normal, type Random } from '../../random.ts';
import type { AffineMap } from '../model.ts';

interface Named {
  readonly key: string;
  readonly label: string;
}

/** One way to draw initial parameters. */
export interface DrawnInitialiser extends Named {
  /** Draws the weights of a layer, row-major `[outputs × inputs]`. */
  weights(inputs: number, outputs: number, random: Random): Float64Array;
  /**
   * Standard deviation of the (normal) biases of hidden layers. Zero biases, usual in deep learning, would
   * send every crease of the first layer through the origin; half the standard deviation of a first-layer
   * weight in two dimensions spreads the creases over [−1, 1]².
   */
  readonly biasDeviation: number;
}

/** One way to build initial parameters without chance. */
export interface BuiltInitialiser extends Named {
  /**
   * The affine maps of all layers, the output layer last.
   *
   * @param widths inputs, hidden layers, outputs; at least two, each at least 1
   */
  build(widths: readonly number[]): AffineMap[];
}

/** One way to make initial parameters, one per file, listed in `registry.ts`. */
export type InitialiserKind = DrawnInitialiser | BuiltInitialiser;

/** `count` independent normal numbers of mean 0 and the given variance. */
export function normalWeights(count: number, variance: number, random: Random): Float64Array {
  const gauss = normal(random);
  const deviation = Math.sqrt(variance);
  return Float64Array.from({ length: count }, () => deviation * gauss());
}
