import { describe, expect, it } from 'vitest';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { InputError } from '../../../src/errors.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { createModel, withMaps } from '../../../src/model/model.ts';
import { affineMap } from '../../../src/regions/linear/affineMap.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { outputMaps } from '../../../src/regions/linear/outputMaps.ts';
import { decisionBoundary } from '../../../src/regions/measure/decisionBoundary.ts';
import { nearestAlong } from '../../../src/regions/query/direction.ts';
import { DiscCount, discRegions } from '../../../src/regions/query/disc.ts';
import { nearestCrease } from '../../../src/regions/query/distance.ts';
import { lineCrossings } from '../../../src/regions/query/line.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { rationalDistance2, rationalNeurons } from '../../support/rationalQueries.ts';
import { isNearest } from '../../support/rounding.ts';
import { BOX } from './support.ts';

const net = (...layers: [W: number[][], b: number[]][]) =>
  networkFromJson({ layers: layers.map(([W, b]) => ({ W, b })) });

const farBend = net(
  [[[2, 1]], [-2999]],
  [[[-2]], [2]],
  [
    [[-3], [3]],
    [2, -1],
  ],
  [[[-3, 1]], [-1]],
  [[[-2]], [-2]],
);

describe('a segment far from the origin', () => {
  it('has the pieces that it has when everything is moved to the origin', () => {
    const far = lineCrossings(farBend, [999.5, 999.5], [1000.625, 1000]);
    const near = lineCrossings(
      withMaps(farBend, [net([[[2, 1]], [1]]).layers[0], ...farBend.layers.slice(1)]),
      [-0.5, -0.5],
      [0.625, 0],
    );
    expect(far.activationRegions).toBe(5);
    expect(far).toEqual(near);
  });

  it('keeps apart crossings that are closer than 64-bit parameters can tell', () => {
    const close = net(
      [
        [
          [1, 0],
          [1, 0],
        ],
        [-1e15, -1e15 - 0.125],
      ],
      [[[1, 1]], [0]],
    );
    expect(lineCrossings(close, [0, 0], [4e15, 1]).activationRegions).toBe(3);
    expect(lineCrossings(close, [0, 0], [4e15, 1]).linearRegions).toBe(3);
  });

  it('takes crossings that coincide exactly as one', () => {
    const same = net(
      [
        [
          [3, 0],
          [0.75, 0],
        ],
        [-1, -0.25],
      ],
      [[[1, 1]], [0]],
    );
    const found = lineCrossings(same, [-1e6, 7], [1e6, -3]);
    expect(found.activationRegions).toBe(2);
    expect(found.crossings[0]).toBe(0.5 + 1 / 6e6);
  });
});

describe('a segment at the ends of the number range', () => {
  it.each([1e-170, 5e-324, 1e-162])('has two pieces where the weight is %g', (w) => {
    const found = lineCrossings(net([[[w, 0]], [0]], [[[1]], [0]]), [-1, 0], [1, 0]);
    expect(found).toEqual({
      activationRegions: 2,
      linearRegions: 2,
      crossings: Float64Array.of(0.5),
    });
  });

  it('is followed through values beyond the largest number', () => {
    const steep = net([[[1e200, 0]], [0]], [[[1e200]], [-1]], [[[1e-200]], [0]]);
    const found = lineCrossings(steep, [-1, 0], [1, 0]);
    expect(found.activationRegions).toBe(3);
    expect(found.linearRegions).toBe(2);
    expect(Array.from(found.crossings)).toEqual([0.5, 0.5]);
  });

  it.each([1e-300, 3e-310, 5e-324, 0.1, 1 / 3])('crosses at %g, rounded once', (t) => {
    const found = lineCrossings(
      net([[[3, 0]], [0]], [[[1]], [-3 * t]], [[[1]], [0]]),
      [0, 0],
      [1, 0],
    );
    const exact = lineCrossings(net([[[1, 0]], [-t]], [[[1]], [0]]), [0, 0], [1, 0]);
    expect(Array.from(exact.crossings)).toEqual([t]);
    expect(Array.from(found.crossings)).toEqual([(3 * t) / 3]);
  });

  it('may be longer than the largest number', () => {
    const found = lineCrossings(net([[[1, 0]], [0]], [[[1]], [0]]), [-1e308, 0], [1e308, 0]);
    expect(found.activationRegions).toBe(2);
    expect(Array.from(found.crossings)).toEqual([0.5]);
  });
});

describe('the decision boundary of a tiny output', () => {
  it.each([1, 1e-150, 1e-170, 1e-300])('is found where the output weight is %g', (w) => {
    const tiny = net([[[1, 0]], [2]], [[[w]], [-2 * w]]);
    const { lines } = decisionBoundary(tiny, subdivide(tiny, BOX));
    expect(lines.length).toBe(4);
    expect(Math.abs(lines[0]) + Math.abs(lines[2])).toBe(0);
    expect(Math.abs(lines[1] - lines[3])).toBe(2);
  });

  it('is put right where the values at the two sides are close to the largest number', () => {
    const huge = net([[[1, 0]], [2]], [[[8e307]], [-1.6e308]]);
    const complex = subdivide(huge, BOX);
    const maps = Float64Array.of(1.7e308, 0, 0);
    const given = { outputs: 1, maps, error: Float64Array.of(0) };
    expect(complex.faceCount).toBe(1);
    const { lines } = decisionBoundary(huge, complex, given);
    expect([lines[0], lines[2]].map(Math.abs)).toEqual([0, 0]);
  });
});

describe('a network that leaves the range of 64-bit numbers', () => {
  const over = [
    ['in a hidden layer', net([[[1e200, 0]], [0]], [[[1e200]], [1]], [[[1e-200]], [0]])],
    ['in the output', net([[[1e200, 2]], [0]], [[[1e200]], [0]])],
  ] as const;

  it.each(over)('is refused by outputs, affine maps, linear regions and discs: %s', (_, huge) => {
    const complex = subdivide(huge, BOX);
    const sentence = /^the network leaves the range of 64-bit numbers here: /;
    for (const question of [
      () => outputMaps(huge, complex),
      () => linearRegions(huge, complex),
      () => decisionBoundary(huge, complex),
      () => discRegions(huge, 0.25, 0, 0.5),
      () => affineMap(huge, complex, 0),
    ]) {
      expect(question).toThrow(InputError);
      expect(question).toThrow(sentence);
    }
  });

  it('is refused by a disc in slices as often as it is asked', () => {
    const work = new DiscCount(over[0][1], 0.25, 0, 0.5);
    for (let i = 0; i < 2; i++) {
      expect(() => work.run(1000)).toThrow(/^the network leaves the range/);
      expect(() => work.result()).toThrow(/^the network leaves the range/);
    }
  });

  it('has the distance of integers all the same, where it is a number itself', () => {
    for (const x of [0.5, 1e-3])
      expect(nearestCrease(over[0][1], [x, 0])).toEqual({ distance: x, layer: 0, neuron: 0 });
    const wide = net([[[1e308, 1e308, 1e308, 1e308]], [0]], [[[1]], [0]]);
    expect(nearestCrease(wide, [0, 0, 0, 0])?.distance).toBe(0);
    expect(nearestCrease(wide, [1, 1, 1, 1])?.distance).toBe(2);
    const far = net([[[2 ** -1074, 0]], [1]], [[[1]], [0]]);
    expect(() => nearestCrease(far, [0, 0])).toThrow(InputError);
    expect(() => nearestCrease(far, [0, 0])).toThrow(/farther than 64-bit numbers reach/);
  });

  it('has the distance of integers also where weights or gradients are too small for 64 bits', () => {
    const faint = net([[[1e-170, 0]], [1]], [[[1e-170]], [-1e-170]], [[[1]], [0]]);
    expect(nearestCrease(faint, [0.5, 0])).toEqual({ distance: 0.5, layer: 1, neuron: 0 });
    expect(nearestCrease(net([[[1e-170, 0]], [0]], [[[1]], [0]]), [0.5, 0])?.distance).toBe(0.5);
    // Products of the subnormal weight lose their digits: 64-bit numbers missed the second crease, or moved it.
    for (const tiny of [2 ** -1074, 3 * 2 ** -1074, 1e-310]) {
      const under = net([[[tiny, 0]], [tiny]], [[[0.3]], [-tiny]], [[[1]], [0]]);
      const found = nearestCrease(under, [3, 0]);
      expect(found).toMatchObject({ layer: 1 });
      expect(nearestAlong(under, [3, 0], [-1, 0])).toEqual(found);
    }
  });
});

describe('a gradient that cancels', () => {
  const twins = net(
    [
      [
        [1, 0],
        [1.0000000000000009, 0],
      ],
      [10, 10],
    ],
    [[[1, -1]], [0]],
    [[[1]], [0]],
  );

  it('leaves a crease, which the distance missed', () => {
    const found = { distance: 0.5, layer: 1, neuron: 0 };
    expect(nearestCrease(twins, [0.5, 0.5])).toEqual(found);
    expect(nearestAlong(twins, [0.5, 0.5], [-1, 0])).toEqual(found);
    const { activationRegions } = discRegions(twins, 0.5, 0.5, 0.5);
    expect(activationRegions).toBe(1);
    expect(discRegions(twins, 0.5, 0.5, 0.5 + 2 ** -53).activationRegions).toBe(2);
  });

  it('leaves none where it cancels to nothing, however the terms are rounded', () => {
    const gone = net(
      [
        [
          [0.1, 0.7],
          [0.3, 2.1],
        ],
        [5, 5],
      ],
      [[[0, 0]], [0.1]],
      [[[1]], [0]],
    );
    expect(nearestCrease(gone, [0.5, 0.5])).toMatchObject({ layer: 0 });
    const equal = net(
      [
        [[0.1], [0.1]],
        [-3, -3],
      ],
      [[[0.3, -0.3]], [0.25]],
      [[[1]], [0]],
    );
    expect(nearestCrease(equal, [40])).toMatchObject({ layer: 0, neuron: 0 });
  });

  it('is found by the batched distances as well', async () => {
    const compute = createReferenceCompute();
    const { distance, neuron } = await compute.distances(
      twins,
      Float64Array.of(0.5, 0.5, -1, 0, 2, 9),
    );
    expect([...distance]).toEqual([0.5, 1, 2]);
    expect([...neuron]).toEqual([2, 2, 2]);
  });
});

describe('an affine map whose terms cancel', () => {
  it('keeps its digits: every number is rounded once', () => {
    // Three times the number next to 0.1 is 2⁻⁵⁵ above that next to 0.3; in 64 bits the product is off by as much again.
    const cancels = net(
      [
        [
          [0.1, 0],
          [0.3, 0],
        ],
        [0.1, 0.3],
      ],
      [[[3, -1]], [0]],
    );
    const complex = subdivide(cancels, BOX);
    for (let face = 0; face < complex.faceCount; face++) {
      const { A, b } = affineMap(cancels, complex, face);
      expect([...A, ...b]).toEqual([2 ** -55, 0, 2 ** -55]);
    }
  });
});

describe('a sign that rounding gets wrong', () => {
  it('is decided in integers: it says which map holds at the point', () => {
    const sum = net([[[1, 1, 1]], [-0.3]], [[[2 ** 54]], [-1]], [[[1]], [0]]);
    // 0.1 + 0.2 − 2⁻⁵⁶ − 0.3 is positive, 2.7…e-17 less 1.4e-17; 64-bit numbers make it 5.5e-17 or 0.
    const x = [0.1, 0.2, -(2 ** -56)];
    const truth = rationalNeurons(sum, x);
    expect(truth[0].z.sign).toBe(1);
    const found = nearestCrease(sum, x);
    const square = rationalDistance2(truth);
    expect(square !== null && found !== null && isNearest(found.distance, square, 2)).toBe(true);
  });
});

describe('a disc of extreme radius', () => {
  const cross = net(
    [
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
    ],
    [[[1, 1]], [0]],
  );

  it.each([1e-320, 1e-170, 1e-90, 1, 1e90, 1e200, 1e307])(
    'counts the quadrants around the origin for r = %g',
    (r) => {
      const found = discRegions(cross, 0, 0, r);
      expect([found.activationRegions, found.linearRegions]).toEqual([4, 4]);
      expect(Array.from(found.switching)).toEqual([1, 1]);
    },
  );

  it.each([1e-170, 1e-90, 1, 1e90, 1e200])('leaves out what it only touches for r = %g', (r) => {
    expect(discRegions(cross, r, 0, r).activationRegions).toBe(2);
    expect(discRegions(cross, r, r, r).activationRegions).toBe(1);
    expect(discRegions(cross, r, r / 2, r).activationRegions).toBe(2);
    expect(discRegions(cross, r / 2, r / 2, r).activationRegions).toBe(4);
  });

  it('is counted where neither the biases nor the centre fit its scale', () => {
    const shifted = net([[[1, 0]], [1]], [[[1]], [0]]);
    for (const r of [5e-324, 1e-170, 2 ** -250]) {
      expect(discRegions(shifted, 0, 0, r).activationRegions).toBe(1);
      expect(discRegions(shifted, -1, 0, r).activationRegions).toBe(2);
    }
    expect(discRegions(shifted, 0, 0, 1e200).activationRegions).toBe(2);
    expect(discRegions(cross, 5e-324, 0, 1e100).activationRegions).toBe(4);
  });

  it('is told from one that only touches by the smallest number there is', () => {
    const least = 5e-324;
    expect(discRegions(cross, least, 0, least).activationRegions).toBe(2);
    expect(discRegions(cross, least, least, 2 * least).activationRegions).toBe(4);
    expect(discRegions(cross, 1, least, 1).activationRegions).toBe(2);
    expect(discRegions(cross, 1, least, 1 + 2 ** -52).activationRegions).toBe(4);
  });

  it('is refused in one sentence beyond the largest number', () => {
    const shifted = net([[[1, 0]], [1]], [[[1]], [0]]);
    for (const x of [0, 1e308]) {
      expect(() => discRegions(shifted, x, 0, 1e308)).toThrow(InputError);
      expect(() => discRegions(shifted, x, 0, 1e308)).toThrow(/^the disc reaches beyond/);
    }
    // Without biases the unit does not matter.
    expect(discRegions(cross, 1e308, 0, 1e308).activationRegions).toBe(2);
  });
});

describe('the nearest crease of a network with very many inputs', () => {
  it('is found without a matrix of the square of the inputs, which fitted into no memory', () => {
    const inputs = 90_000;
    const first = {
      inputs,
      outputs: 1,
      weights: new Float64Array(inputs).fill(1),
      biases: Float64Array.of(-300),
    };
    const last = { inputs: 1, outputs: 1, weights: Float64Array.of(1), biases: Float64Array.of(0) };
    const wide = createModel([first, last]);
    expect(nearestCrease(wide, new Float64Array(inputs))?.distance).toBe(1);
  });
});
