import fc from 'fast-check';
import { type AffineMap, createModel, type Model, withMaps } from '../../src/model/model.ts';
import type { Random } from '../../src/random.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import type { ConvexPolygon } from '../../src/regions/subdivide/domain.ts';
import { Fraction } from './fraction.ts';

/** The patterns of a complex as strings of 0 and 1 in the order of the neurons, sorted. */
export function patternsOf(net: Model, { faceCount, patterns, words }: RegionComplex): string[] {
  const neurons = net.neurons;
  return Array.from({ length: faceCount }, (_, face) =>
    Array.from(
      { length: neurons },
      (_, i) => (patterns[face * words + (i >>> 5)] >>> (i & 31)) & 1,
    ).join(''),
  ).sort();
}

export const whole = fc.integer({ min: -2, max: 2 });
const slope = fc.constantFrom(0, 0, 0, 0.25, 0.01);

interface Shape {
  readonly sizes: readonly number[];
  readonly negativeSlope: number;
}

const shape = (widest: number): fc.Arbitrary<Shape> =>
  fc.record({
    sizes: fc
      .array(fc.integer({ min: 1, max: widest }), { minLength: 1, maxLength: 3 })
      .chain((widths) => fc.constantFrom([2, ...widths, 1], [2, ...widths, 1], [2, ...widths, 2])),
    negativeSlope: slope,
  });

const layerOf = (
  inputs: number,
  outputs: number,
  weight: fc.Arbitrary<number>,
  bias: fc.Arbitrary<number>,
): fc.Arbitrary<AffineMap> =>
  fc
    .tuple(
      fc.array(weight, { minLength: inputs * outputs, maxLength: inputs * outputs }),
      fc.array(bias, { minLength: outputs, maxLength: outputs }),
    )
    .map(([weights, biases]) => ({
      inputs,
      outputs,
      weights: Float64Array.from(weights),
      biases: Float64Array.from(biases),
    }));

export const network = (
  weight: fc.Arbitrary<number>,
  bias: fc.Arbitrary<number> = weight,
  widest = 5,
): fc.Arbitrary<Model> =>
  shape(widest).chain(({ sizes, negativeSlope }) =>
    fc
      .tuple(...sizes.slice(1).map((size, k) => layerOf(sizes[k], size, weight, bias)))
      .map((layers) => createModel(layers, negativeSlope)),
  );

export const edited = (net: Model, edit: (layer: AffineMap, k: number) => void): Model => {
  const layers = net.layers.map(({ weights, biases, ...rest }) => ({
    ...rest,
    weights: weights.slice(),
    biases: biases.slice(),
  }));
  layers.forEach(edit);
  return withMaps(net, layers);
};

/** A slope as a neuron of a mixed network may have it. */
const anySlope = fc.oneof(
  fc.constantFrom(0, 0, 0.01, 0.25, 1, 1, -1, -1, -0.5),
  fc.double({ min: -1, max: 1, noNaN: true }).map((s) => Math.round(s * 2 ** 12) / 2 ** 12),
);

/** Every hidden neuron gets a slope of its own. */
export const withSlopes = (
  nets: fc.Arbitrary<Model>,
  slopes: fc.Arbitrary<number> = anySlope,
): fc.Arbitrary<Model> =>
  fc.tuple(nets, fc.infiniteStream(slopes)).map(([net, stream]) =>
    createModel(
      net.layers,
      net.hidden.map(({ slopes }) => slopes.map(() => stream.next().value ?? 0)),
    ),
  );

/** One network in four gets slopes of its own for every neuron. */
export const alsoMixed = (nets: fc.Arbitrary<Model>): fc.Arbitrary<Model> =>
  fc.oneof({ arbitrary: nets, weight: 3 }, { arbitrary: withSlopes(nets), weight: 1 });

/** Some neurons become multiples of their neighbours: equal, proportional or opposite. */
export const withMultiples = (net: fc.Arbitrary<Model>): fc.Arbitrary<Model> =>
  fc
    .tuple(net, fc.infiniteStream(fc.constantFrom(0, 0, 1, -1, 2, -0.5, 3)))
    .map(([base, factors]) =>
      edited(base, ({ inputs, outputs, weights, biases }, k) => {
        if (k === base.layers.length - 1) return;
        for (let j = 1; j < outputs; j++) {
          const { value: factor } = factors.next();
          if (!factor) continue;
          for (let i = 0; i < inputs; i++)
            weights[j * inputs + i] = factor * weights[(j - 1) * inputs + i];
          biases[j] = factor * biases[j - 1];
        }
      }),
    );

/** Moves weights and biases by 2^−50 … 2^−60, or to the next 64-bit number where that is farther. */
export const nudged = (net: fc.Arbitrary<Model>): fc.Arbitrary<Model> =>
  fc
    .tuple(
      net,
      fc.infiniteStream(fc.constantFrom(0, 0, 0, 50, 51, 52, 53, 55, 60)),
      fc.infiniteStream(fc.boolean()),
    )
    .map(([base, powers, ways]) => {
      const move = (v: number) => {
        const { value: power } = powers.next();
        if (!power) return v;
        const step = Math.max(2 ** -power, Math.abs(v) * 2 ** -52);
        return ways.next().value ? v + step : v - step;
      };
      return edited(base, ({ weights, biases }) => {
        weights.forEach((w, i) => {
          weights[i] = move(w);
        });
        biases.forEach((b, j) => {
          biases[j] = move(b);
        });
      });
    });

/** ReLU, identity, absolute value, leaky and bent the other way, and slopes whose products are lost in rounding. */
const SLOPES = [0, 1, -1, 0.25, -0.5, 0.3, -0.01, 1e-20, -1e-20, 1 - 2 ** -24];

/** A network with a slope of its own for every hidden neuron. */
export const mixSlopes = (net: Model, random: Random, slopes: readonly number[] = SLOPES): Model =>
  createModel(
    net.layers,
    net.widths.map((width) =>
      Float64Array.from({ length: width }, () => slopes[Math.floor(random() * slopes.length)]),
    ),
  );

/** Slopes that are lost in rounding, among some that are not. */
export const extremeSlope = fc.constantFrom(
  0,
  1,
  -1,
  0.3,
  1e-20,
  -1e-20,
  5e-324,
  -5e-324,
  1 - 2 ** -53,
);

const turn = (p: readonly number[], q: readonly number[], r: readonly number[]): number => {
  const [px, py, qx, qy, rx, ry] = [...p, ...q, ...r].map(Fraction.of);
  const left = qx.minus(px).times(ry.minus(qy));
  return left.minus(qy.minus(py).times(rx.minus(qx))).sign;
};

/** Half of the convex hull of points in ascending order, without its last point. */
function chain(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const hull: (readonly [number, number])[] = [];
  for (const p of points) {
    while (hull.length > 1 && turn(hull[hull.length - 2], hull[hull.length - 1], p) <= 0)
      hull.pop();
    hull.push(p);
  }
  return hull.slice(0, -1);
}

/** Convex polygons, counter-clockwise, whose corners have these coordinates. */
export const polygon = (coordinate: fc.Arbitrary<number>): fc.Arbitrary<ConvexPolygon> =>
  fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 })
    .map((points) => {
      const sorted = [...points].sort(([x, y], [u, v]) => x - u || y - v);
      return { polygon: [...chain(sorted), ...chain(sorted.reverse())] };
    })
    .filter((domain) => domain.polygon.length > 2);
