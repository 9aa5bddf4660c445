import fc from 'fast-check';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../src/model/json.ts';
import { withSlopes } from '../support/networks.ts';

const hidden = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
const slope = fc.constantFrom(0, 0, 0.125, 0.5);

const randomNet = fc
  .record({ hidden, slope, seed: fc.nat() })
  .map(({ hidden: widths, slope: negativeSlope, seed }) =>
    createNetwork({ widths: [2, ...widths, 1], negativeSlope, initialiser: 'he', seed }),
  );

/** Weights and biases in {−1, 0, 1}: dead layers, equal neurons and real ties. */
const integerNet = fc
  .record({ hidden, slope })
  .chain(({ hidden: widths, slope: negativeSlope }) => {
    const all = [2, ...widths, 1];
    const entry = fc.integer({ min: -1, max: 1 });
    const layers = all.slice(1).map((outputs, k) =>
      fc.record({
        W: fc.array(fc.array(entry, { minLength: all[k], maxLength: all[k] }), {
          minLength: outputs,
          maxLength: outputs,
        }),
        b: fc.array(entry, { minLength: outputs, maxLength: outputs }),
      }),
    );
    return fc
      .tuple(...layers)
      .map((value) =>
        networkFromJson(
          negativeSlope === 0
            ? { layers: value }
            : { layers: value, activation: 'leaky-relu', negativeSlope },
        ),
      );
  });

const eighths = fc.integer({ min: -8, max: 8 }).map((n) => n / 8);
/** A planar network, random or degenerate, and a ball that may be tangent to its creases. */
export const ball = fc.record({
  net: fc.oneof(randomNet, integerNet, withSlopes(randomNet), withSlopes(integerNet)),
  x: eighths,
  y: eighths,
  r: fc.constantFrom(1 / 16, 1 / 8, 1 / 4, 1 / 2, 1),
});
