import fc from 'fast-check';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../src/model/model.ts';
import { withSlopes } from '../support/networks.ts';

const shared: fc.Arbitrary<Model> = fc
  .record({
    d: fc.constantFrom(1, 2, 3, 36),
    hidden: fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 8 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    negativeSlope: fc.constantFrom(0, 0, 0.01, 0.3),
    seed: fc.nat(),
  })
  .map(({ d, hidden, outputs, negativeSlope, seed }) =>
    createNetwork({ widths: [d, ...hidden, outputs], negativeSlope, initialiser: 'he', seed }),
  );

/** Small networks of every shape: 1–8 hidden layers, widths that are multiples of nothing, ReLU, leaky and mixed. */
export const anyNet: fc.Arbitrary<Model> = fc.oneof(shared, withSlopes(shared));

/** Deterministic points in [−1, 1]^d. */
export const scatter = (n: number, d: number, phase = 0): Float64Array =>
  Float64Array.from({ length: n * d }, (_, i) => Math.sin(12.9898 * (i + 1) + phase));
