import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { createModel, type Model } from '../../../src/model/model.ts';
import { affineMap } from '../../../src/regions/linear/affineMap.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { Rounding, UNIT } from '../../../src/regions/maps/rounding.ts';
import { creaseLength } from '../../../src/regions/measure/creaseLength.ts';
import { decisionBoundary } from '../../../src/regions/measure/decisionBoundary.ts';
import { nearestAlong } from '../../../src/regions/query/direction.ts';
import { discRegions } from '../../../src/regions/query/disc.ts';
import { nearestCrease } from '../../../src/regions/query/distance.ts';
import { lineCrossings } from '../../../src/regions/query/line.ts';
import { locate } from '../../../src/regions/query/locate.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { forward, forwardAll } from '../../support/forward.ts';
import { patternsOf } from '../../support/networks.ts';
import { BOX, middle, patternOf, patternOfSigns } from './support.ts';

type Row = [W: number[][], b: number[], slopes?: number[]];

const net = (...layers: Row[]): Model =>
  networkFromJson({ layers: layers.map(([W, b, slopes]) => ({ W, b, slopes })) });

/** Activation regions, linear regions, vertices and edges on [−1, 1]². */
function counts(of: Model): number[] {
  const complex = subdivide(of, BOX);
  const { faceCount, vertexCount, edgeCount } = complex;
  return [faceCount, linearRegions(of, complex).count, vertexCount, edgeCount];
}

const DIAGONAL = [
  [1, 0],
  [0, 1],
];
const FOLD = [-1, -1];

/** |x|, ||x| − 1/2|, |||x| − 1/2| − 1/4|: a neuron folds the line where two ReLUs did. */
const sawtooth = net(
  [[[1, 0]], [0], [-1]],
  [[[1]], [-0.5], [-1]],
  [[[1]], [-0.25], [-1]],
  [[[1]], [0]],
);

/** The same in x and in y, added: every layer doubles the squares in both directions. */
const squares = net(
  [DIAGONAL, [0, 0], FOLD],
  [DIAGONAL, [-0.5, -0.5], FOLD],
  [DIAGONAL, [-0.25, -0.25], FOLD],
  [[[1, 1]], [0]],
);

describe('absolute values that fold the plane', () => {
  it('make 2³ strips in three layers, every one with a map of its own', () => {
    expect(counts(sawtooth)).toEqual([8, 8, 18, 25]);
    expect(creaseLength(sawtooth, subdivide(sawtooth, BOX))).toMatchObject({
      total: 14,
      perNeuron: Float64Array.of(2, 4, 8),
    });
  });

  it('make 4³ squares of side 1/4, and 2³ strips where only x is taken', () => {
    expect(counts(squares)).toEqual([64, 64, 81, 144]);
    const { layers } = squares;
    const rows = layers.map(({ weights, biases, slopes, inputs }, k): Row => {
      const W = Array.from(biases, (_, j) =>
        Array.from(weights.subarray(j * inputs, (j + 1) * inputs)),
      );
      return [k < 3 ? W : [[1, 0]], Array.from(biases), Array.from(slopes)];
    });
    expect(counts(net(...rows))).toEqual([64, 8, 81, 144]);
  });

  it('have 8 pieces along a segment, and the folds as nearest creases', () => {
    const { activationRegions, linearRegions, crossings } = lineCrossings(
      sawtooth,
      [-1, 0],
      [1, 0],
    );
    expect([activationRegions, linearRegions]).toEqual([8, 8]);
    expect(Array.from(crossings)).toEqual([0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875]);
    expect(nearestCrease(sawtooth, [0.125, 0])).toEqual({ distance: 0.125, layer: 0, neuron: 0 });
    expect(nearestCrease(sawtooth, [-0.4375, 0.5])).toEqual({
      distance: 0.0625,
      layer: 1,
      neuron: 0,
    });
    expect(nearestAlong(sawtooth, [0.125, 0], [-3, 0])).toEqual({
      distance: 0.125,
      layer: 0,
      neuron: 0,
    });
    expect(nearestAlong(sawtooth, [-0.125, 0], [-1, 0])).toEqual({
      distance: 0.125,
      layer: 2,
      neuron: 0,
    });
  });

  it('switch in the discs that their folds cut, and not in those that they touch', () => {
    const found = (r: number) => {
      const { activationRegions, linearRegions, switching } = discRegions(sawtooth, 0.25, 0, r);
      return [activationRegions, linearRegions, ...switching];
    };
    expect(found(0.25)).toEqual([2, 2, 0, 0, 1]);
    expect(found(0.3125)).toEqual([4, 4, 1, 1, 1]);
  });

  it('are affine maps with slopes of either sign where they are off', () => {
    const complex = subdivide(squares, BOX);
    for (const [x, y] of [
      [-0.9, 0.9],
      [0.3, -0.2],
      [0.6, 0.6],
    ]) {
      const { A, b } = affineMap(squares, complex, locate(squares, complex, x, y));
      expect(Array.from(A).map(Math.abs)).toEqual([1, 1]);
      expect(A[0] * x + A[1] * y + b[0]).toBeCloseTo(forward(squares, [x, y])[0], 14);
    }
  });

  it('meet zero in a cross, |x| = |y|, where both are off in a quadrant', () => {
    const cross = net([DIAGONAL, [0, 0], FOLD], [[[1, -1]], [0]]);
    const { zeroFaces, length } = decisionBoundary(cross, subdivide(cross, BOX));
    expect(zeroFaces.length).toBe(0);
    expect(length).toBeCloseTo(4 * Math.SQRT2, 14);
    // Where rounding hides the sign of the output, which is not 0 although all its neurons are off.
    const steep = net([DIAGONAL, [0, 0], FOLD], [[[1, -(2 ** -60)]], [0]]);
    const line = decisionBoundary(steep, subdivide(steep, BOX));
    expect([line.zeroFaces.length, line.length]).toEqual([0, expect.closeTo(4, 14)]);
  });
});

describe('neurons with slope 1', () => {
  const through = net(
    [DIAGONAL, [0, 0], [1, 0]],
    [DIAGONAL, [-0.25, -0.5], [-1, 1]],
    [[[1, 1]], [0]],
  );

  it('have no crease: their bit is 1 in every pattern, also where they are negative', () => {
    // Creases: y = 0 of the first layer, x = 1/4 of the second.
    expect(counts(through)).toEqual([4, 4, 9, 12]);
    expect(patternsOf(through, subdivide(through, BOX))).toEqual(['1001', '1011', '1101', '1111']);
  });

  it('have none where they are zero throughout either', () => {
    const zero = net(
      [
        [
          [0, 0],
          [0, 0],
          [1, 0],
        ],
        [0, 0, 0],
        [1, 0, 0],
      ],
      [[[1, 1, 1]], [0]],
    );
    expect(patternsOf(zero, subdivide(zero, BOX))).toEqual(['100', '101']);
  });

  it.each([20, 40])('are on in all words of a pattern, in layers of %i', (width) => {
    const { layers } = createNetwork({
      widths: [2, width, width, 1],
      negativeSlope: 0,
      initialiser: 'he',
      seed: 5,
    });
    const slopes = [0, 1].map(() =>
      Float64Array.from({ length: width }, (_, j) => [0, 1, -1][j % 3]),
    );
    const mixed = createModel(layers, slopes);
    const complex = subdivide(mixed, BOX);
    expect(complex.faceCount).toBeGreaterThan(100);
    for (let face = 0; face < complex.faceCount; face++) {
      const { hidden } = forwardAll(mixed, middle(complex, face));
      const signs = hidden.map((z) => z.map((v, j) => (slopes[0][j] === 1 ? 1 : v)));
      expect(patternOf(complex, face)).toBe(patternOfSigns(signs, complex.words));
    }
  });

  it('are never the nearest crease, on the point or along a direction, and never switch', () => {
    expect(nearestCrease(through, [0, 0.125])).toEqual({ distance: 0.125, layer: 0, neuron: 1 });
    expect(nearestAlong(through, [-1, 0.5], [1, 0])).toEqual({
      distance: 1.25,
      layer: 1,
      neuron: 0,
    });
    expect(Array.from(discRegions(through, 0, 0, 1).switching)).toEqual([0, 1, 1, 0]);
    expect(lineCrossings(through, [-1, 0.5], [1, 0.5])).toMatchObject({
      activationRegions: 2,
      crossings: Float64Array.of(0.625),
    });
    const linear = net([DIAGONAL, [0, 0], [1, 1]], [[[1, 1]], [0]]);
    expect(nearestCrease(linear, [0, 0])).toBeNull();
    expect(nearestAlong(linear, [-1, 0.5], [1, 0])).toBeNull();
    expect(counts(linear)).toEqual([1, 1, 4, 4]);
  });
});

describe('the bounds on rounding', () => {
  it('allow for a switch by how far the slope is from 1: twice as far for an absolute value as for a ReLU', () => {
    // The share of one neuron in the next magnitude is 1/2: growth = |step| · 1/2 · 3u + u.
    const growth = (slope: number) => {
      const of = net([DIAGONAL, [0, 0], [slope, slope]], [[[1, 1]], [0]]);
      const rounding = new Rounding(of, BOX);
      const before = rounding.relative[1];
      rounding.flipped(0, 1);
      return (rounding.relative[1] - before) / UNIT;
    };
    expect(growth(0)).toBeCloseTo(2.5, 4);
    expect(growth(-0.5)).toBeCloseTo(3.25, 4);
    expect(growth(-1)).toBeCloseTo(4, 4);
  });
});

describe('regions with the same map', () => {
  it('merge where changes of ReLU, leaky ReLU and absolute value cancel', () => {
    // relu(x) − |x|/2 = x/2, and max(x, x/4) − 3/8 |x| = 5/8 x.
    const same = net(
      [
        [
          [1, 0],
          [1, 0],
          [0, 1],
          [0, 1],
        ],
        [0, 0, 0, 0],
        [0, -1, 0.25, -1],
      ],
      [[[1, -0.5, 1, -0.375]], [0]],
    );
    expect(counts(same)).toEqual([4, 1, 9, 12]);
  });

  it('stay apart where a change reaches the output through a neuron that is off but not zero', () => {
    const faint = (slope: number) =>
      net([[[1, 0]], [0], [0]], [[[-(2 ** -60)]], [-1], [slope]], [[[1]], [0]]);
    expect([0, 0.5, -1].map((slope) => counts(faint(slope))[1])).toEqual([1, 2, 2]);
  });
});
