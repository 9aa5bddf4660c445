/** What is known of one layer in a convex set: neurons that are neither decided nor certain to pass nothing on. */
export interface LayerCounts {
  /** Neurons that may switch. */
  readonly open: number;
  /** Those of them whose slope is 0: only they can lower the rank of what the layer passes on. */
  readonly droppable: number;
  /** Neurons that do not switch and may pass something on. */
  readonly alive: number;
}

/**
 * A bound on the regions that meet a convex set of dimension d in which some neurons may switch, by the recursion of
 * Serra, Tjandraatmadja & Ramalingam (2018) in a local form:
 *
 *     R(k, e) = Σ_{j ≤ min(e, C_k)} binom(C_k, j) R(k + 1, min(e, a_k + C_k − j)),   R(K, ·) = 1
 *
 * with C_k neurons that may switch and a_k others that may be on. Inside a cell of the layers before, on which the layer's
 * input has rank e, layer k is an arrangement of C_k hyperplanes with at most Σ_{j ≤ e} binom(C_k, j) cells
 * (Zaslavsky); at most binom(C_k, j) of them have exactly j neurons off, and there the rank is at most a_k + C_k − j. As R grows
 * with the rank, the sum is largest when the classes j = 0, 1, … are full. A neuron whose slope is not 0 passes something on
 * where it is off, so that of the j only those beyond the others lower the rank (ours). Never above the product of
 * Zaslavsky sums, which is never above 2^C.
 */
export class RankBound {
  readonly #layers: readonly LayerCounts[];
  readonly #known = new Map<number, bigint>();

  constructor(layers: readonly LayerCounts[]) {
    this.#layers = layers;
  }

  /** R(layer, rank), with all neurons of the layer as they are in the whole set. */
  from(layer: number, rank: number): bigint {
    if (layer >= this.#layers.length) return 1n;
    const key = layer + this.#layers.length * rank;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = this.within(layer, this.#layers[layer], rank);
      this.#known.set(key, known);
    }
    return known;
  }

  /** The same where more is known of that layer. */
  within(layer: number, { open, droppable, alive }: LayerCounts, rank: number): bigint {
    let binomial = 1n;
    let sum = 0n;
    for (let j = 0; j <= Math.min(rank, open); j++) {
      if (j > 0) binomial = (binomial * BigInt(open - j + 1)) / BigInt(j);
      const dropped = Math.max(0, j - (open - droppable));
      sum += binomial * this.from(layer + 1, Math.min(rank, alive + open - dropped));
    }
    return sum;
  }
}
