import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createModel, type Layer, type Model } from '../../src/model/model.ts';
import { nearestAlong } from '../../src/regions/query/direction.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { CreaseDistance, nearestCrease } from '../../src/regions/query/distance.ts';
import { Fraction } from '../support/fraction.ts';
import { alsoMixed, edited, network, nudged, whole, withMultiples } from '../support/networks.ts';
import { rationalDistance2, rationalNeurons } from '../support/rationalQueries.ts';
import { down, isNearest, up } from '../support/rounding.ts';

/** In layers after the first, pairs of inputs get weights that cancel what the two have in common. */
const opposed = (nets: fc.Arbitrary<Model>): fc.Arbitrary<Model> =>
  fc.tuple(nets, fc.infiniteStream(fc.constantFrom(0, 0, -1, -0.5))).map(([net, factors]) =>
    edited(net, ({ inputs, weights }, k) => {
      if (k === 0) return;
      for (let at = 0; at + 1 < weights.length; at++) {
        const factor = factors.next().value;
        if (factor && (at + 1) % inputs > 0) weights[at + 1] = factor * weights[at];
      }
    }),
  );

/** Networks with 1 to 4 inputs from those of the plane: the first layer gets the columns that it needs. */
const inDimensions = (nets: fc.Arbitrary<Model>): fc.Arbitrary<Model> =>
  fc
    .tuple(nets, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(whole))
    .map(([net, d, numbers]) => {
      const [first, ...rest] = net.layers;
      const wide: Layer = {
        ...first,
        inputs: d,
        weights: Float64Array.from({ length: d * first.outputs }, (_, i) =>
          i % d < 2 ? first.weights[2 * Math.floor(i / d) + (i % d)] : (numbers.next().value ?? 0),
        ),
      };
      return createModel(
        [wide, ...rest],
        net.hidden.map(({ slopes }) => slopes),
      );
    });

const cancelling = alsoMixed(
  fc.oneof(
    opposed(network(whole)),
    opposed(withMultiples(network(whole))),
    nudged(opposed(withMultiples(network(whole)))),
    nudged(withMultiples(network(whole, fc.constant(0)))),
  ),
);
const ulps = fc.constantFrom(0, 0, -1, 1, 3, -2);
const place = fc
  .tuple(fc.integer({ min: -8, max: 8 }), ulps)
  .map(([k, n]) => (k / 4) * (1 + n * 2 ** -52));
const places = fc.array(place, { minLength: 4, maxLength: 4 });

describe('The distance to the nearest crease', () => {
  it('is that of rational arithmetic, rounded once, where gradients cancel and on creases', () => {
    let [tiny, zero, none] = [0, 0, 0];
    fc.assert(
      fc.property(inDimensions(cancelling), places, (net, four) => {
        const x = four.slice(0, net.inputs);
        const neurons = rationalNeurons(net, x);
        const square = rationalDistance2(neurons);
        const found = nearestCrease(net, x);
        if (square === null) {
          none++;
          expect(found).toBeNull();
          return;
        }
        if (found === null) throw new Error('there is a crease, and none was found');
        expect(isNearest(found.distance, square, 2)).toBe(true);
        if (square.sign === 0) zero++;
        // The neuron that is named is one whose crease is there: the first of them.
        const at = neurons.findIndex((one) => rationalDistance2([one])?.equals(square));
        expect([found.layer, found.neuron]).toEqual([neurons[at].layer, neurons[at].neuron]);
        const steep = neurons[at].gradient.some((g) => Math.abs(Number(g.n) / Number(g.d)) > 1e-6);
        if (!steep) tiny++;
        const about = new CreaseDistance(net).about(x)?.distance ?? Number.NaN;
        expect(Math.abs(about - found.distance)).toBeLessThanOrEqual(1e-7 * found.distance);
      }),
      { numRuns: 2700 },
    );
    expect(Math.min(tiny, zero, none)).toBeGreaterThan(10);
  });

  it('is r or more exactly where the open disc of radius r holds one region', () => {
    fc.assert(
      fc.property(cancelling, place, place, (net, x, y) => {
        const square = rationalDistance2(rationalNeurons(net, [x, y]));
        const found = nearestCrease(net, [x, y]);
        if (square === null || found === null || square.sign === 0) return;
        const { distance } = found;
        if (distance > 1e3) return;
        for (const r of [down(distance), distance, up(distance)]) {
          const clear = Fraction.of(r).times(Fraction.of(r)).minus(square).sign <= 0;
          expect(discRegions(net, x, y, r).activationRegions === 1).toBe(clear);
        }
      }),
      { numRuns: 270 },
    );
  });

  it('is never more than the distance along a direction', () => {
    fc.assert(
      fc.property(cancelling, place, place, place, place, (net, x, y, u, v) => {
        fc.pre(u !== 0 || v !== 0);
        const along = nearestAlong(net, [x, y], [u, v]);
        if (along === null) return;
        expect(nearestCrease(net, [x, y])?.distance).toBeLessThanOrEqual(along.distance);
      }),
      { numRuns: 670 },
    );
  });
});
