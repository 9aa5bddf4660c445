import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createModel, type Model } from '../../src/model/model.ts';
import type { Box } from '../../src/regions/complex/complex.ts';
import { LayerMaps } from '../../src/regions/maps/layerMaps.ts';
import type { Mesh } from '../../src/regions/subdivide/mesh.ts';
import { Subdivision } from '../../src/regions/subdivide/subdivide.ts';
import { Fraction } from '../support/fraction.ts';
import { rationalRegions } from '../support/rationalEnumerator.ts';

const value = fc
  .double({ min: -2, max: 2, noNaN: true })
  .map((v) => (Math.abs(v) < 2 ** -20 ? 0 : v));

const network: fc.Arbitrary<Model> = fc
  .record({
    widths: fc.array(fc.integer({ min: 2, max: 7 }), { minLength: 3, maxLength: 4 }),
    slopes: fc.oneof(
      fc.constantFrom([0], [0], [0.3]),
      fc.array(fc.constantFrom(0, 0.3, -0.7, -1, 1), { minLength: 7, maxLength: 7 }),
    ),
    values: fc.infiniteStream(value),
  })
  .map(({ widths, slopes, values }) => {
    const take = (n: number) => Float64Array.from({ length: n }, () => values.next().value ?? 0);
    const sizes = [2, ...widths, 1];
    const layers = sizes.slice(1).map((outputs, k) => ({
      inputs: sizes[k],
      outputs,
      weights: take(sizes[k] * outputs),
      biases: take(outputs),
    }));
    return createModel(
      layers,
      widths.map((n) => Float64Array.from({ length: n }, (_, j) => slopes[j % slopes.length])),
    );
  });

/** Affine maps of every layer under a pattern, in fractions. */
function trueMaps(net: Model, pattern: Uint32Array): Fraction[][][] {
  const offsets = net.offsets;
  const zero = new Fraction(0n);
  const one = new Fraction(1n);
  let below = [
    [one, zero, zero],
    [zero, one, zero],
  ];
  return net.layers.map(({ outputs, inputs, weights, biases, slopes }, l) => {
    const maps = Array.from({ length: outputs }, (_, j) => {
      const sum = [zero, zero, Fraction.of(biases[j])];
      for (let i = 0; i < inputs; i++) {
        const w = Fraction.of(weights[j * inputs + i]);
        for (let k = 0; k < 3; k++) sum[k] = sum[k].plus(w.times(below[i][k]));
      }
      return sum;
    });
    below = maps.map((map, j) => {
      const bit = offsets[l] + j;
      return (pattern[bit >>> 5] >>> (bit & 31)) & 1
        ? map
        : map.map((v) => v.times(Fraction.of(slopes[j])));
    });
    return maps;
  });
}

const size = (v: Fraction): number => Math.abs(Number((v.n << 200n) / v.d) / 2 ** 200);

describe('The bounds on rounding', () => {
  it('hold for the maps after a thousand switches, and stay small', () => {
    const box: Box = { xMin: -1, xMax: 0.5, yMin: 0.25, yMax: 3 };
    fc.assert(
      fc.property(
        network,
        fc.array(fc.nat(), { minLength: 700, maxLength: 1400, size: 'max' }),
        (net, switches) => {
          const top = net.layers.length - 1;
          const maps = new LayerMaps(net, box);
          const pattern = new Uint32Array(net.words);
          maps.start(top, pattern, 0);
          for (const pick of switches) {
            // Low layers now and then: a switch there recomputes a lot, which wipes errors out.
            const from = pick % 997 === 0 ? 0 : net.offsets[top - 1];
            const bit = from + (pick % (net.neurons - from));
            pattern[bit >>> 5] ^= 1 << (bit & 31);
            maps.moveTo(top, pattern, 0);
          }
          trueMaps(net, pattern).forEach((layer, l) => {
            const near = maps.rounding.near(l);
            layer.forEach(([a, b, c], j) => {
              const error =
                maps.rounding.reachX * size(a.minus(Fraction.of(maps.a[l][j]))) +
                maps.rounding.reachY * size(b.minus(Fraction.of(maps.b[l][j]))) +
                size(c.minus(Fraction.of(maps.c[l][j])));
              const relative = maps.rounding.relative[l] * maps.rounding.magnitude[l][j];
              expect(error).toBeLessThanOrEqual(relative * (1 + 2 ** -20));
              expect(relative).toBeLessThanOrEqual(near[j]);
              expect(near[j]).toBeLessThanOrEqual(2 ** -24 * maps.rounding.magnitude[l][j]);
            });
          });
        },
      ),
      // Shrinking a thousand switches would take minutes.
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('hold for the coordinates of every vertex', () => {
    const box = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
    fc.assert(
      fc.property(network, (net) => {
        const work = new Subdivision(net, box);
        work.run(Number.POSITIVE_INFINITY);
        const { coordinates, vertexError, vertexCount }: Mesh = Reflect.get(work, 'mesh');
        const points = rationalRegions(net, box).points.map(
          ([x, y]) => [x, y, size(x), size(y)] as const,
        );
        for (let v = 0; v < vertexCount; v++) {
          const x = coordinates[2 * v];
          const y = coordinates[2 * v + 1];
          const error = vertexError[v];
          const close = points.some(
            ([px, py, sx, sy]) =>
              Math.abs(sx - Math.abs(x)) <= error + 1e-12 &&
              Math.abs(sy - Math.abs(y)) <= error + 1e-12 &&
              size(px.minus(Fraction.of(x))) <= error &&
              size(py.minus(Fraction.of(y))) <= error,
          );
          expect(close).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});
