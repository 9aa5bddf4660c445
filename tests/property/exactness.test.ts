import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import type { Box } from '../../src/regions/complex/complex.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import type { Domain } from '../../src/regions/subdivide/domain.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import {
  edited,
  network,
  nudged,
  patternsOf,
  polygon,
  whole,
  withMultiples,
  withSlopes,
} from '../support/networks.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';

const BOXES: readonly Box[] = [
  { xMin: -1, xMax: 1, yMin: -1, yMax: 1 },
  { xMin: -1, xMax: 1, yMin: -1, yMax: 1 },
  { xMin: -2, xMax: 2, yMin: -2, yMax: 2 },
  { xMin: 0, xMax: 2, yMin: -1, yMax: 0 },
  { xMin: -0.5, xMax: 1, yMin: 0, yMax: 3 },
  { xMin: -1.3, xMax: 0.7, yMin: -0.1, yMax: 1e-3 },
];

function agrees(net: Model, domain: Domain): void {
  const truth = rationalRegions(net, domain);
  const complex = subdivide(net, domain);
  expect(patternsOf(net, complex)).toEqual(truth.patterns);
  expect([complex.vertexCount, complex.edgeCount, complex.faceCount]).toEqual([
    truth.vertices,
    truth.edges,
    truth.patterns.length,
  ]);
  expect(linearRegions(net, complex).count).toBe(truth.linearRegions);
}

/** First-layer creases that pass through points of a grid on the box, as nearly as 64-bit numbers allow. */
const aimed = (net: fc.Arbitrary<Model>, box: Box): fc.Arbitrary<Model> =>
  fc.tuple(net, fc.infiniteStream(fc.integer({ min: 0, max: 2 }))).map(([base, places]) =>
    edited(base, ({ outputs, weights, biases }, k) => {
      if (k > 0) return;
      const next = (from: number, to: number) =>
        from + ((to - from) * (places.next().value ?? 0)) / 2;
      for (let j = 0; j < outputs; j++)
        biases[j] = -(
          weights[2 * j] * next(box.xMin, box.xMax) +
          weights[2 * j + 1] * next(box.yMin, box.yMax)
        );
    }),
  );

const inBox = fc.constantFrom(...BOXES);
const runs = (numRuns: number) => ({ numRuns });

describe('Patterns, vertices, edges, faces and linear regions are those of rational arithmetic', () => {
  it('for weights and biases from −2 to 2, creases along the border included', () => {
    fc.assert(fc.property(network(whole), inBox, agrees), runs(800));
  });

  it('for networks without biases, whose creases all meet', () => {
    fc.assert(fc.property(network(whole, fc.constant(0)), inBox, agrees), runs(600));
  });

  it('for equal, proportional and opposite neurons', () => {
    fc.assert(fc.property(withMultiples(network(whole)), inBox, agrees), runs(700));
  });

  it('for integers moved by 2^−50 to 2^−60, whose creases miss vertices by a hair', () => {
    fc.assert(
      fc.property(nudged(withMultiples(network(whole, whole, 4))), inBox, agrees),
      runs(300),
    );
  });

  it('for networks in general', () => {
    // Numbers near 0 would only make the fractions long.
    const number = fc
      .double({ min: -2, max: 2, noNaN: true })
      .map((v) => (Math.abs(v) < 2 ** -20 ? 0 : v));
    fc.assert(fc.property(network(number, number, 4), inBox, agrees), runs(150));
  });

  it('for slopes per neuron: ReLU, leaky, negative, absolute values, and neurons without a crease', () => {
    const number = fc.integer({ min: -8192, max: 8192 }).map((k) => k / 4096);
    const nets = fc.oneof(
      network(whole),
      network(whole, fc.constant(0)),
      withMultiples(network(whole)),
      nudged(withMultiples(network(whole, whole, 4))),
      network(number, number, 4),
    );
    fc.assert(fc.property(withSlopes(nets), inBox, agrees), runs(1000));
  });

  it('in convex polygons that are small or far away, with creases along sides and through corners', () => {
    const place = fc.constantFrom([0, 1], [1000, 2 ** -20], [-3, 2 ** -15], [0, 2 ** -40]);
    const aims = fc.array(fc.constantFrom('side', 'corner', 'none'), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(network(whole), polygon(whole), place, aims, (base, shape, [at, size], rows) => {
        const corners = shape.polygon.map(([x, y]) => [at + size * x, size * y] as const);
        const net = edited(base, ({ outputs, weights, biases }, k) => {
          if (k > 0) return;
          for (let j = 0; j < outputs; j++) {
            const aim = rows[j % rows.length];
            if (aim === 'none') continue;
            const [x, y] = corners[j % corners.length];
            const [u, v] = corners[(j + 1) % corners.length];
            if (aim === 'side') weights.set([y - v, u - x], 2 * j);
            // No rounding: the corners have few bits.
            biases[j] = -(weights[2 * j] * x + weights[2 * j + 1] * y);
          }
        });
        agrees(net, { polygon: corners });
      }),
      runs(200),
    );
  });

  it('in convex polygons, with creases along their sides and through their corners', () => {
    const tenths = fc.integer({ min: -20, max: 20 }).map((k) => k / 10);
    const nets = fc.oneof(network(whole), withMultiples(network(whole)), nudged(network(whole)));
    fc.assert(fc.property(nets, fc.oneof(polygon(whole), polygon(tenths)), agrees), runs(300));
  });

  it.each([
    { name: 'a millionth wide', xMin: 0.1, xMax: 0.1 + 1e-6, yMin: 0.1, yMax: 0.1 + 1e-6 },
    { name: 'far out', xMin: 1000, xMax: 1001, yMin: 1000, yMax: 1001 },
    {
      name: 'a few hundred numbers wide',
      xMin: 1,
      xMax: 1 + 2 ** -44,
      yMin: -3,
      yMax: 2 ** -44 - 3,
    },
    { name: 'flat', xMin: -1, xMax: 1, yMin: 0.1, yMax: 0.1 + 2 ** -40 },
  ])('in a box that is $name', (box) => {
    const decimal = fc.constantFrom(-1.1, -0.7, 0.3, 0.9, 1, 2);
    fc.assert(
      fc.property(
        fc.oneof(
          aimed(network(whole, whole, 4), box),
          aimed(network(decimal, fc.constantFrom(-0.1, 0, 0.2), 4), box),
        ),
        (net) => agrees(net, box),
      ),
      runs(60),
    );
  });
});
