import { describe, expect, it } from 'vitest';
import { networkFromJson } from '../../../src/network/json.ts';
import { lineCrossings } from '../../../src/regions/line.ts';

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
      { ...farBend, layers: [net([[[2, 1]], [1]]).layers[0], ...farBend.layers.slice(1)] },
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

  it('may be longer than the largest number', () => {
    const found = lineCrossings(net([[[1, 0]], [0]], [[[1]], [0]]), [-1e308, 0], [1e308, 0]);
    expect(found.activationRegions).toBe(2);
    expect(Array.from(found.crossings)).toEqual([0.5]);
  });
});
