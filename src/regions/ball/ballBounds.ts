import { createLocalBound } from '../../bounds/ladder.ts';
import { type LocalBound, neuronIntervals } from '../../bounds/localBound.ts';
import { type BoundMethod, boundMethods } from '../../bounds/methods.ts';
import { type LayerCounts, RankBound } from '../../bounds/rankBound.ts';
import type { Model } from '../../model/model.ts';
import type { Ball } from './ballMaps.ts';

/** The methods of a network, whose workspace is made once. */
const METHODS = new WeakMap<Model, Map<BoundMethod, LocalBound>>();

function methodOf(net: Model, name: BoundMethod): LocalBound {
  const methods = METHODS.get(net) ?? new Map<BoundMethod, LocalBound>();
  METHODS.set(net, methods);
  const method = methods.get(name) ?? createLocalBound(net, name);
  methods.set(name, method);
  return method;
}

/**
 * What the ladder of bounds says about a ball: first Algorithm 1 alone, because most balls meet few regions, and all
 * methods together when `tighten` is called. A neuron may switch only where every method says so.
 */
export class BallBounds {
  /** Neurons that may switch by Algorithm 1, the paper's C. */
  readonly C: number;
  /** `[N]`: signs that are certain in the whole ball; 1 for neurons with slope 1. Later there may be more. */
  readonly signs: Int8Array;
  /** `[N]`: 1 where the affine map matters for others, or for the neuron itself. */
  readonly needed: Uint8Array;
  readonly #net: Model;
  readonly #ball: Ball;
  readonly #lo: Float64Array;
  readonly #hi: Float64Array;
  readonly #S: Uint8Array;
  #rank: RankBound | null = null;
  #isTight = false;

  /** Throws `InputError` where numbers leave the range of 64 bits. */
  constructor(net: Model, ball: Ball) {
    const n = net.neurons;
    this.#net = net;
    this.#ball = ball;
    this.#lo = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.#hi = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    this.#S = new Uint8Array(n).fill(1);
    this.signs = new Int8Array(n);
    this.needed = new Uint8Array(n);
    this.#take('algorithm1');
    this.C = this.#S.reduce((sum, s) => sum + s, 0);
    this.#settle();
  }

  /** Bounds what a part of the ball may hold. */
  get rank(): RankBound {
    this.#rank ??= new RankBound(this.#layers());
    return this.#rank;
  }

  /** Takes all other methods in. */
  tighten(): void {
    if (this.#isTight) return;
    this.#isTight = true;
    for (const name of boundMethods) if (name !== 'algorithm1') this.#take(name);
    this.#settle();
    this.#rank = null;
  }

  #take(name: BoundMethod): void {
    const { x, r } = this.#ball;
    const found = neuronIntervals(this.#net.neurons);
    methodOf(this.#net, name).run(x, 0, r, found, 0);
    for (let i = 0; i < found.S.length; i++) {
      this.#lo[i] = Math.max(this.#lo[i], found.lo[i]);
      this.#hi[i] = Math.min(this.#hi[i], found.hi[i]);
      this.#S[i] &= found.S[i];
    }
  }

  #settle(): void {
    const { offsets, hidden, slopes } = this.#net;
    const last = offsets[hidden.length - 1];
    for (let i = 0; i < this.signs.length; i++) {
      const sign = slopes[i] === 1 || this.#lo[i] >= 0 ? 1 : this.#hi[i] <= 0 ? -1 : 0;
      this.signs[i] = sign;
      this.needed[i] = (i >= last ? sign === 0 : sign >= 0 || slopes[i] !== 0) ? 1 : 0;
    }
  }

  #layers(): LayerCounts[] {
    const { widths, offsets, slopes } = this.#net;
    return widths.map((width, k) => {
      const counts = { open: 0, droppable: 0, alive: 0 };
      for (let i = offsets[k]; i < offsets[k] + width; i++)
        if (this.#S[i] && this.signs[i] === 0) {
          counts.open++;
          if (slopes[i] === 0) counts.droppable++;
        } else if (this.signs[i] >= 0 || slopes[i] !== 0) counts.alive++;
      return counts;
    });
  }
}
