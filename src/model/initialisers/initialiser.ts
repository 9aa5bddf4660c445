import { normal, type Random } from '../../random.ts';

/** One way to draw initial parameters, one per file, listed in `registry.ts`. */
export interface InitialiserKind {
  readonly key: string;
  readonly label: string;
  /** Draws the weights of a layer, row-major `[outputs × inputs]`. */
  weights(inputs: number, outputs: number, random: Random): Float64Array;
  /**
   * Standard deviation of the (normal) biases of hidden layers. Zero biases, usual in deep learning, would
   * send every crease of the first layer through the origin; half the standard deviation of a first-layer
   * weight in two dimensions spreads the creases over [−1, 1]².
   */
  readonly biasDeviation: number;
}

/** `count` independent normal numbers of mean 0 and the given variance. */
export function normalWeights(count: number, variance: number, random: Random): Float64Array {
  const gauss = normal(random);
  const deviation = Math.sqrt(variance);
  return Float64Array.from({ length: count }, () => deviation * gauss());
}
