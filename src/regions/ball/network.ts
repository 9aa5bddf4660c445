import { createLocalBound } from '../../bounds/ladder.ts';
import { type LocalBound, neuronIntervals } from '../../bounds/localBound.ts';
import { type BoundMethod, boundMethods } from '../../bounds/methods.ts';
import type { LayerCounts } from '../../bounds/rankBound.ts';
import type { Model } from '../../model/model.ts';
import type { Ball, Sign } from './ballMaps.ts';

/** What the ladder of bounds says about a ball, all methods together. */
export interface Before {
  /** Neurons that may switch by Algorithm 1, the paper's C. */
  readonly C: number;
  /** `[N]`: signs that are certain in the whole ball; 1 for neurons with slope 1. */
  readonly signs: Int8Array;
  /** `[N]`: 1 where the affine map matters for others, or for the neuron itself. */
  readonly needed: Uint8Array;
  readonly layers: readonly LayerCounts[];
}

/** The bounds of a network, whose workspace is made once. */
const METHODS = new WeakMap<Model, Map<BoundMethod, LocalBound>>();

function methodsOf(net: Model): Map<BoundMethod, LocalBound> {
  let methods = METHODS.get(net);
  if (methods === undefined) {
    methods = new Map(boundMethods.map((name) => [name, createLocalBound(net, name)]));
    METHODS.set(net, methods);
  }
  return methods;
}

/** A neuron may switch only where every method says so. Throws `InputError` where numbers leave the range of 64 bits. */
export function boundsBefore(net: Model, { x, r }: Ball): Before {
  const n = net.neurons;
  const lo = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const hi = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const S = new Uint8Array(n).fill(1);
  let C = 0;
  const found = neuronIntervals(n);
  for (const [name, method] of methodsOf(net)) {
    method.run(x, 0, r, found, 0);
    if (name === 'algorithm1') C = found.S.reduce((sum, s) => sum + s, 0);
    for (let i = 0; i < n; i++) {
      lo[i] = Math.max(lo[i], found.lo[i]);
      hi[i] = Math.min(hi[i], found.hi[i]);
      S[i] &= found.S[i];
    }
  }
  const signs = Int8Array.from(
    S,
    (_, i): Sign => (net.slopes[i] === 1 || lo[i] >= 0 ? 1 : hi[i] <= 0 ? -1 : 0),
  );
  const last = net.offsets[net.hidden.length - 1];
  const needed = signs.map((sign, i) =>
    i >= last ? Number(sign === 0) : Number(sign >= 0 || net.slopes[i] !== 0),
  );
  const layers = net.widths.map((width, k): LayerCounts => {
    const counts = { open: 0, droppable: 0, alive: 0 };
    for (let i = net.offsets[k]; i < net.offsets[k] + width; i++) {
      const slope = net.slopes[i];
      if (S[i] && signs[i] === 0) {
        counts.open++;
        if (slope === 0) counts.droppable++;
      } else if (signs[i] >= 0 || slope !== 0) counts.alive++;
    }
    return counts;
  });
  return { C, signs, needed: Uint8Array.from(needed), layers };
}
