import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import { ComplexSigns } from '../../src/regions/exact/complexSigns.ts';
import { decisionBoundary } from '../../src/regions/measure/decisionBoundary.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { locate } from '../../src/regions/query/locate.ts';
import type { Domain } from '../../src/regions/subdivide/domain.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { Fraction } from '../support/fraction.ts';
import {
  alsoMixed,
  edited,
  network,
  nudged,
  polygon,
  whole,
  withMultiples,
} from '../support/networks.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';
import { rationalBoundary, rationalDisc } from '../support/rationalQueries.ts';

const ZERO = new Fraction(0n);
const BOX = { xMin: -2, xMax: 2, yMin: -2, yMax: 2 };
const SQUARE: Domain = {
  polygon: [
    [-2, -2],
    [2, -2],
    [2, 2],
    [-2, 2],
  ],
};
const runs = (numRuns: number) => ({ numRuns });
const degenerate = alsoMixed(
  fc.oneof(
    network(whole),
    network(whole, fc.constant(0)),
    withMultiples(network(whole)),
    nudged(withMultiples(network(whole, whole, 4))),
  ),
);
const domain: fc.Arbitrary<Domain> = fc.oneof(
  fc.constant(SQUARE),
  fc.constant(BOX),
  polygon(whole),
);

/** Signs of all pre-activations, and of the outputs last, by a forward pass. */
function signsAt(net: Model, x: Fraction, y: Fraction): number[] {
  let h = [x, y];
  return net.layers.flatMap(({ inputs, weights, biases, slopes }) => {
    const z = Array.from(biases, (b, j) =>
      h.reduce(
        (sum, v, k) => sum.plus(Fraction.of(weights[j * inputs + k]).times(v)),
        Fraction.of(b),
      ),
    );
    h = z.map((v, j) => (v.sign > 0 ? v : v.times(Fraction.of(slopes[j]))));
    return z.map(({ sign }) => sign);
  });
}

/**
 * Whether no bit of the face contradicts the true sign at the point: its closure holds the point. With slope 1 the bit
 * says nothing about the sign.
 */
function holds(net: Model, complex: RegionComplex, face: number, x: number, y: number): boolean {
  const { patterns, words } = complex;
  return signsAt(net, Fraction.of(x), Fraction.of(y))
    .slice(0, net.neurons)
    .every((sign, i) => {
      const on = (patterns[face * words + (i >>> 5)] >>> (i & 31)) & 1;
      return on ? sign >= 0 || net.slopes[i] === 1 : sign <= 0;
    });
}

describe('The face found at a point', () => {
  const check = (net: Model, where: Domain, points: readonly (readonly number[])[]) => {
    const complex = subdivide(net, where);
    for (const [x, y] of points) {
      const face = locate(net, complex, x, y);
      const corners = 'polygon' in where ? where.polygon.map((p) => p.map(Fraction.of)) : [];
      const outside = corners.some(([px, py], i) => {
        const [qx, qy] = corners[(i + 1) % corners.length];
        const left = qx.minus(px).times(Fraction.of(y).minus(py));
        return left.minus(qy.minus(py).times(Fraction.of(x).minus(px))).sign < 0;
      });
      expect(face === -1).toBe(outside);
      if (!outside) expect(holds(net, complex, face, x, y)).toBe(true);
    }
  };

  it('holds it, on creases, vertices and the border too', () => {
    const spot = fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 }));
    const spots = fc.array(
      spot.map((p) => p.map((v) => v / 4)),
      { minLength: 4, maxLength: 8 },
    );
    fc.assert(fc.property(degenerate, domain, spots, check), runs(400));
  });

  it('holds it by the last bit beside a crease', () => {
    const beside = fc
      .tuple(fc.integer({ min: -8, max: 8 }), fc.constantFrom(-1, 0, 1))
      .map(([v, ulps]) => (v / 4) * (1 + ulps * 2 ** -52));
    const spots = fc.array(fc.array(beside, { minLength: 2, maxLength: 2 }), { maxLength: 6 });
    fc.assert(fc.property(degenerate, fc.constant(SQUARE), spots, check), runs(270));
  });
});

describe('The sign of a neuron or output at a vertex', () => {
  it('is that of a forward pass in fractions', () => {
    fc.assert(
      fc.property(degenerate, domain, (net, where) => {
        const complex = subdivide(net, where);
        const signs = new ComplexSigns(net, complex);
        for (let face = 0; face < complex.faceCount; face++)
          for (let h = complex.faceStart[face]; h < complex.faceStart[face + 1]; h++) {
            const { x, y, w } = signs.vertices.point(complex.origin[h]);
            const truth = signsAt(net, new Fraction(x, w), new Fraction(y, w));
            expect(truth.map((_, id) => signs.sign(face, id, complex.origin[h]))).toEqual(truth);
          }
      }),
      runs(135),
    );
  });
});

describe('The decision boundary', () => {
  it('has the segments, ends, faces of zeros and length that rational arithmetic finds', () => {
    fc.assert(
      fc.property(degenerate, domain, (net, where) => {
        const truth = rationalBoundary(rationalRegions(net, where), 0);
        const found = decisionBoundary(net, subdivide(net, where), undefined, 0);
        expect(found.zeroFaces.length).toBe(truth.zeroCells);
        const lines = Array.from(found.closed, (closed, i) => ({
          closed,
          points: found.starts[i + 1] - found.starts[i],
        }));
        const segments = lines.reduce((sum, line) => sum + line.points - 1 + line.closed, 0);
        expect(segments).toBe(truth.segments.length);
        const degree = new Map<string, number>();
        for (const p of truth.segments.flat())
          degree.set(p.join(), (degree.get(p.join()) ?? 0) + 1);
        const odd = [...degree.values()].filter((d) => d % 2 === 1).length;
        expect(2 * lines.filter(({ closed }) => !closed).length).toBe(odd);
        const length = truth.segments.reduce((sum, [p, q]) => {
          const square = [0, 1].reduce((s, k) => {
            const d = q[k].minus(p[k]);
            return s.plus(d.times(d));
          }, ZERO);
          return sum + Math.sqrt(Number((square.n << 120n) / square.d) / 2 ** 120);
        }, 0);
        expect(found.length).toBeCloseTo(length, 9);
      }),
      runs(670),
    );
  });
});

describe('The regions in a disc', () => {
  const WIDE = { xMin: -8, xMax: 8, yMin: -8, yMax: 8 };
  const quarter = fc.integer({ min: -8, max: 8 }).map((k) => k / 4);
  const pythagorean = fc.constantFrom(-4, -3, -2, -1, 0, 0, 1, 2, 3, 4);
  const nets = fc.oneof(degenerate, network(pythagorean, pythagorean, 4));
  // Radii of Pythagorean triangles, so that rims pass through vertices and touch slanting creases.
  const radius = fc.constantFrom(0.25, 0.5, 0.75, 1, 1.25, 1.25, 1.5, 2, 2.5, 3.25);
  // Creases a·u + b·v + c = 0 in units of the radius about the centre, which touch the rim.
  const touching = fc.array(
    fc.constantFrom(null, null, [3, 4, -5], [-4, 3, 5], [0, 1, 1], [-2, 0, 2], [4, 3, 5]),
    { minLength: 1, maxLength: 3 },
  );
  const last = fc.constantFrom(0, 0, 0, -1, 1).map((k) => 1 + k * 2 ** -52);

  it('are those of rational arithmetic, also where creases touch the rim or vertices lie on it', () => {
    fc.assert(
      fc.property(nets, touching, quarter, quarter, radius, last, (base, rows, x, y, size, ulp) => {
        const disc = { x, y, r: size * ulp };
        const net = edited(base, ({ outputs, weights, biases }, k) => {
          if (k > 0) return;
          for (let j = 0; j < outputs; j++) {
            const row = rows[j % rows.length];
            if (row === null) continue;
            const [a, b, c] = row;
            weights.set([a, b], 2 * j);
            biases[j] = c * size - a * x - b * y;
          }
        });
        const truth = rationalDisc(rationalRegions(net, WIDE), disc);
        const found = discRegions(net, x, y, disc.r);
        expect({ ...found, switching: Array.from(found.switching) }).toMatchObject(truth);
      }),
      runs(750),
    );
  });

  it('are those of rational arithmetic around decimal centres far from the origin', () => {
    const place = fc.integer({ min: 0, max: 20 }).map((k) => 1000 + k / 10);
    const size = fc.constantFrom(0.1, 0.5, 2 ** -20, 1e-9, 2 ** -43);
    const domain = { xMin: 990, xMax: 1010, yMin: 990, yMax: 1010 };
    fc.assert(
      fc.property(network(whole, whole, 4), place, place, size, (base, x, y, r) => {
        // Creases through the centre, or past it by the radius.
        const net = edited(base, ({ outputs, weights, biases }, k) => {
          if (k > 0) return;
          for (let j = 0; j < outputs; j++)
            biases[j] = biases[j] * r - weights[2 * j] * x - weights[2 * j + 1] * y;
        });
        const truth = rationalDisc(rationalRegions(net, domain), { x, y, r });
        const found = discRegions(net, x, y, r);
        expect({ ...found, switching: Array.from(found.switching) }).toMatchObject(truth);
      }),
      runs(200),
    );
  });

  it('claims no more than is true when the limit on regions cuts the count short', () => {
    const limit = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(nets, quarter, quarter, radius, limit, (net, x, y, r, maxRegions) => {
        const truth = discRegions(net, x, y, r);
        const found = discRegions(net, x, y, r, { maxRegions });
        expect(found.activationRegions).toBeLessThanOrEqual(truth.activationRegions);
        found.switching.forEach((bit, i) => {
          expect(bit).toBeLessThanOrEqual(truth.switching[i]);
        });
        if (found.complete) expect(found.linearRegions).toBe(truth.linearRegions);
        else expect(found.linearRegions).toBe(null);
      }),
      runs(300),
    );
  });
});
