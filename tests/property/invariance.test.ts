import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import { BORDER, type Box, type RegionComplex } from '../../src/regions/complex/complex.ts';
import { dualGraph } from '../../src/regions/complex/dualGraph.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { creaseLength } from '../../src/regions/measure/creaseLength.ts';
import type { Domain } from '../../src/regions/subdivide/domain.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { centroid, exactArea2, exactForward, exactVertices } from '../support/exactFaces.ts';
import { Fraction } from '../support/fraction.ts';
import {
  alsoMixed,
  network,
  nudged,
  polygon,
  whole,
  withMultiples,
  withSlopes,
} from '../support/networks.ts';
import { permuted, quarterTurn, rescaled } from '../support/transforms.ts';
import { BOX, patternOf, totalArea } from '../unit/regions/support.ts';

const zero = fc.constant(0);
const dyadic = fc.integer({ min: -8192, max: 8192 }).map((k) => k / 4096);
const decimal = fc.integer({ min: -200, max: 200 }).map((k) => k / 100);

/** Networks in general, and ones whose creases meet, coincide, run parallel or miss each other by a hair. */
const uniform = (widest: number): fc.Arbitrary<Model> =>
  fc.oneof(
    network(dyadic, dyadic, widest),
    network(decimal, decimal, widest),
    network(whole, whole, widest),
    network(whole, zero, widest),
    withMultiples(network(whole, whole, widest)),
    withMultiples(network(dyadic, zero, widest)),
    nudged(withMultiples(network(whole, whole, widest))),
  );

const boxes = fc.constantFrom<Box>(
  BOX,
  { xMin: -0.5, xMax: 1, yMin: 0, yMax: 3 },
  { xMin: -1.3, xMax: 0.7, yMin: -0.1, yMax: 1e-3 },
  { xMin: 100, xMax: 101, yMin: -50, yMax: -49 },
);

const runs = (numRuns: number) => ({ numRuns });
const patternsOf = (complex: RegionComplex) =>
  Array.from({ length: complex.faceCount }, (_, face) => patternOf(complex, face));

describe('The complex of any network', () => {
  it('tiles the box with regions of distinct patterns: V − E + F = 1', () => {
    fc.assert(
      fc.property(alsoMixed(uniform(16)), boxes, (net, box) => {
        const complex = subdivide(net, box);
        expect(complex.vertexCount - complex.edgeCount + complex.faceCount).toBe(1);
        expect(new Set(patternsOf(complex)).size).toBe(complex.faceCount);
        const area = (box.xMax - box.xMin) * (box.yMax - box.yMin);
        expect(Math.abs(totalArea(complex) / area - 1)).toBeLessThan(1e-11);
      }),
      runs(1330),
    );
  });

  it('has regions with fewer than four neighbours in the mean, and every region but a lone one has some', () => {
    fc.assert(
      fc.property(uniform(16), boxes, (net, box) => {
        const complex = subdivide(net, box);
        const { start, neighbours } = dualGraph(complex);
        expect(neighbours.length).toBeLessThan(4 * complex.faceCount);
        const inner = complex.twin.filter((t) => t >= 0).length;
        expect(inner).toBeLessThan(4 * complex.faceCount);
        if (complex.faceCount > 1)
          for (let f = 0; f < complex.faceCount; f++)
            expect(start[f + 1]).toBeGreaterThan(start[f]);
      }),
      runs(600),
    );
  });

  it.each([
    { kind: 'one slope', nets: uniform(6), count: 400 },
    { kind: 'slopes per neuron', nets: withSlopes(uniform(5)), count: 100 },
  ])(
    'tiles any domain in rational arithmetic, with the signs of an exact forward pass inside every region, for $kind',
    ({ nets, count }) => {
      const domains: fc.Arbitrary<Domain> = fc.oneof(boxes, boxes, polygon(whole));
      fc.assert(
        fc.property(nets, domains, (net, domain) => {
          const complex = subdivide(net, domain);
          const { faceStart, origin, border, patterns, words } = complex;
          const vertices = exactVertices(net, complex);
          let twice = new Fraction(0n);
          for (let face = 0; face < complex.faceCount; face++) {
            const loop = Array.from(
              origin.subarray(faceStart[face], faceStart[face + 1]),
              (v) => vertices[v],
            );
            const area2 = exactArea2(loop);
            expect(area2.sign).toBe(1);
            twice = twice.plus(area2);
            // In the mean of the corners a pre-activation is zero only if it is throughout.
            const signs = exactForward(net, centroid(loop)).map(({ sign }) => sign);
            const bits = signs.map((_, i) => (patterns[face * words + (i >>> 5)] >>> (i & 31)) & 1);
            const on = signs.map((sign, i) => (sign > 0 || net.slopes[i] === 1 ? 1 : 0));
            expect(bits).toEqual(on);
            const zeros = signs.flatMap((sign, i) =>
              sign === 0 && net.slopes[i] !== 1 ? [i] : [],
            );
            if (zeros.length > 0)
              for (const corner of loop) {
                const at = exactForward(net, corner);
                for (const i of zeros) expect(at[i].sign).toBe(0);
              }
          }
          const corners = Array.from({ length: border.length / 2 }, (_, i) => {
            const point: [Fraction, Fraction] = [
              Fraction.of(border[2 * i]),
              Fraction.of(border[2 * i + 1]),
            ];
            return point;
          });
          expect(twice.equals(exactArea2(corners))).toBe(true);
        }),
        runs(count),
      );
    },
  );
});

/** Activation regions, vertices, edges and linear regions; and the length of the creases, which is rounded. */
function measures(net: Model, box: Box) {
  const complex = subdivide(net, box);
  const { faceCount, vertexCount, edgeCount } = complex;
  const linear = linearRegions(net, complex).count;
  return {
    counts: { faceCount, vertexCount, edgeCount, linear },
    length: creaseLength(net, complex).total,
  };
}

function same(p: ReturnType<typeof measures>, q: ReturnType<typeof measures>): void {
  expect(q.counts).toEqual(p.counts);
  // A crease that only just cuts a corner of the box is as short as the rounding of its ends.
  expect(Math.abs(q.length - p.length)).toBeLessThanOrEqual(1e-10 * (1 + p.length));
}

const places = fc.tuple(fc.nat(), fc.nat());

describe('All counts stay the same', () => {
  const nets = (widest: number) => alsoMixed(uniform(widest));

  it('when the neurons of a hidden layer are permuted', () => {
    fc.assert(
      fc.property(nets(14), boxes, fc.nat(), fc.infiniteStream(fc.nat()), (net, box, a, random) => {
        const k = a % (net.layers.length - 1);
        const order = Array.from({ length: net.layers[k].outputs }, (_, j) => j);
        for (let j = order.length - 1; j > 0; j--) {
          const i = Number(random.next().value) % (j + 1);
          [order[i], order[j]] = [order[j], order[i]];
        }
        same(measures(net, box), measures(permuted(net, k, order), box));
      }),
      runs(530),
    );
  });

  it('when a neuron is scaled by a power of two, and what leaves it is divided by it', () => {
    const power = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(nets(14), boxes, places, power, (net, box, [a, b], p) => {
        const k = a % (net.layers.length - 1);
        const j = b % net.layers[k].outputs;
        same(measures(net, box), measures(rescaled(net, k, j, 2 ** p), box));
      }),
      runs(530),
    );
  });

  it('when the plane is turned by 90°', () => {
    fc.assert(
      fc.property(nets(14), boxes, (net, box) => {
        const { xMin, xMax, yMin, yMax } = box;
        const turned = { xMin: -yMax, xMax: -yMin, yMin: xMin, yMax: xMax };
        same(measures(net, box), measures(quarterTurn(net), turned));
      }),
      runs(530),
    );
  });

  it('when the box is cut in four, and regions are joined across the cuts', () => {
    const place = fc.integer({ min: 1, max: 15 });
    fc.assert(
      fc.property(nets(14), place, place, (net, i, j) => {
        const [x, y] = [i / 8 - 1, j / 8 - 1];
        const whole = patternsOf(subdivide(net, BOX));
        const quarters = [
          { xMin: -1, xMax: x, yMin: -1, yMax: y },
          { xMin: x, xMax: 1, yMin: -1, yMax: y },
          { xMin: x, xMax: 1, yMin: y, yMax: 1 },
          { xMin: -1, xMax: x, yMin: y, yMax: 1 },
        ].map((box) => subdivide(net, box));
        // Border codes of each quarter on its two cuts: below 0, right 1, above 2, left 3.
        const cuts = [
          [1, 2],
          [2, 3],
          [3, 0],
          [0, 1],
        ];
        const pieces = new Map<string, number>();
        const onCut = new Set<string>();
        quarters.forEach((complex, q) => {
          patternsOf(complex).forEach((pattern, face) => {
            pieces.set(pattern, (pieces.get(pattern) ?? 0) + 1);
            const lines = complex.halfEdgeNeuron.subarray(
              complex.faceStart[face],
              complex.faceStart[face + 1],
            );
            const touches = cuts[q].some((side) => lines.includes(BORDER - side));
            if (touches) onCut.add(`${pattern} in ${q}`);
          });
        });
        let joins = 0;
        for (const [pattern, count] of pieces) {
          joins += count - 1;
          // What is joined touches the cuts.
          if (count > 1)
            expect(quarters.filter((_, q) => onCut.has(`${pattern} in ${q}`)).length).toBe(count);
        }
        const sum = quarters.reduce((total, { faceCount }) => total + faceCount, 0);
        expect(sum - joins).toBe(whole.length);
        expect([...pieces.keys()].sort()).toEqual(whole.sort());
      }),
      runs(530),
    );
  });
});
