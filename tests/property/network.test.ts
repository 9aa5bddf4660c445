import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { initialisers } from '../../src/model/initialisers/registry.ts';
import { networkFromJson, networkToJson, readNetworkJson } from '../../src/model/json.ts';
import { createModel } from '../../src/model/model.ts';
import { forward } from '../support/forward.ts';

const options = fc.record({
  widths: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 6 }),
  negativeSlope: fc.constantFrom(0, 0.01, 0.5),
  initialiser: fc.constantFrom(...initialisers.map(({ key }) => key)),
  seed: fc.maxSafeInteger(),
});

describe('any new network', () => {
  it('has finite parameters of the shape asked for, and comes out the same again', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        const net = createNetwork(chosen);
        expect(net.layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual(
          chosen.widths.slice(1).map((width, k) => [chosen.widths[k], width]),
        );
        for (const { inputs, outputs, weights, biases } of net.layers) {
          expect([weights.length, biases.length]).toEqual([inputs * outputs, outputs]);
          expect([...weights, ...biases].every(Number.isFinite)).toBe(true);
        }
        expect(createNetwork(chosen)).toEqual(net);
      }),
      { numRuns: 100 },
    );
  });

  it('survives a trip through its file, bit for bit', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        const net = createNetwork(chosen);
        const back = networkFromJson(JSON.parse(JSON.stringify(networkToJson(net))));
        expect(back).toEqual(net);
        const x = chosen.widths.slice(0, 1).flatMap((width) => new Array(width).fill(0.3));
        expect(forward(back, x)).toEqual(forward(net, x));
      }),
      { numRuns: 100 },
    );
  });

  it('survives the trip with any slopes', () => {
    const slope = fc.oneof(
      fc.constantFrom(0, 1, -1, 0.25, -0.5),
      fc.double({ min: -1, max: 1, noNaN: true }).map((s) => s + 0),
    );
    const perLayer = fc.oneof(
      fc.array(slope, { minLength: 1, maxLength: 1 }),
      fc.array(slope, { minLength: 12, maxLength: 12 }),
    );
    const stated = fc.oneof(slope, fc.array(perLayer, { minLength: 4, maxLength: 4 }));
    fc.assert(
      fc.property(options, stated, (chosen, given) => {
        const { layers, hidden } = createNetwork(chosen);
        const slopes = hidden.map(({ outputs }, k) =>
          Float64Array.from({ length: outputs }, (_, j) =>
            typeof given === 'number' ? given : given[k][j % given[k].length],
          ),
        );
        const net = createModel(layers, slopes);
        const { net: back, assumed } = readNetworkJson(
          JSON.parse(JSON.stringify(networkToJson(net))),
        );
        expect(back).toEqual(net);
        expect(assumed).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('depends on every part of its seed, unless it is built without one', () => {
    const built = initialisers.filter((kind) => 'build' in kind).map(({ key }) => key);
    expect(built).toEqual(['sawtooth']);
    fc.assert(
      fc.property(options, fc.maxSafeInteger(), (chosen, seed) => {
        fc.pre(!built.includes(chosen.initialiser));
        fc.pre(seed !== chosen.seed && !Object.is(seed, -chosen.seed));
        // One orthogonal weight is ±√2: two seeds may well agree on it.
        fc.pre(chosen.widths[0] * chosen.widths[1] > 1);
        expect(createNetwork({ ...chosen, seed }).layers[0].weights).not.toEqual(
          createNetwork(chosen).layers[0].weights,
        );
      }),
      { numRuns: 100 },
    );
  });
});
