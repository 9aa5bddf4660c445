/** One rule for turning gradients into steps; one per file, listed in `registry.ts`. */
export interface OptimiserKind {
  readonly key: string;
  readonly label: string;
  /** A fresh optimiser (all its state zero) for `size` parameters. */
  create(size: number): Optimiser;
}

/** An optimiser in use, with whatever it remembers between steps. */
export interface Optimiser {
  /** All that it remembers between steps: whoever puts a copy back continues as if nothing had been in between. */
  readonly memory: Float64Array;
  /** Changes `parameters` in place; both arrays have the size given to `create`. */
  step(parameters: Float64Array, gradient: Float64Array, learningRate: number): void;
}
