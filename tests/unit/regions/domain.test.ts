import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { BORDER } from '../../../src/regions/complex/complex.ts';
import { faceArea, facePolygon } from '../../../src/regions/complex/faces.ts';
import { ExactMaps } from '../../../src/regions/exact/exactMaps.ts';
import { ExactVertices } from '../../../src/regions/exact/exactVertices.ts';
import type { ConvexPolygon } from '../../../src/regions/subdivide/domain.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { Fraction } from '../../support/fraction.ts';
import { BOX, countedNetworks, totalArea } from './support.ts';

/** One neuron, a·x + b·y + c. */
const crease = (a: number, b: number, c: number) =>
  networkFromJson({
    layers: [
      { W: [[a, b]], b: [c] },
      { W: [[1]], b: [0] },
    ],
  });

const TRIANGLE: ConvexPolygon['polygon'] = [
  [0, 0],
  [3, 0],
  [0, 4],
];
const cut = (net: ReturnType<typeof crease>, polygon: ConvexPolygon['polygon'] = TRIANGLE) =>
  subdivide(net, { polygon });

describe('a convex polygon as the domain', () => {
  it('keeps its corners and codes its sides in their order, counter-clockwise', () => {
    const complex = cut(crease(1, 1, -100));
    expect(Array.from(complex.border)).toEqual([0, 0, 3, 0, 0, 4]);
    expect(Array.from(complex.halfEdgeNeuron)).toEqual([BORDER, BORDER - 1, BORDER - 2]);
    expect(complex.box).toEqual({ xMin: 0, xMax: 3, yMin: 0, yMax: 4 });
    expect(faceArea(complex, 0)).toBe(6);
  });

  it('is the same clockwise, and with corners repeated or within a side', () => {
    const net = crease(1, -1, 0);
    const plain = cut(net);
    const clockwise = cut(net, [...TRIANGLE].reverse());
    expect(facePolygon(clockwise, 0).map(String).sort()).toEqual(
      facePolygon(plain, 0).map(String).sort(),
    );
    const detailed = cut(net, [
      [0, 0],
      [0, 0],
      [1, 0],
      [3, 0],
      [1.5, 2],
      [0, 4],
      [0, 1],
    ]);
    expect(detailed).toEqual(plain);
  });

  it('is not cut by a crease along a side or through a corner alone, however the side slants', () => {
    expect(cut(crease(4, 3, -12)).faceCount).toBe(1);
    expect(cut(crease(1, 0, -3)).faceCount).toBe(1);
    const through = cut(crease(1, -1, 0));
    expect([through.faceCount, through.vertexCount, through.edgeCount]).toEqual([2, 4, 5]);
  });

  it('is cut by a crease that leaves a side by the last bit', () => {
    const inside = cut(crease(4, 3, -12 + 2 ** -49));
    expect(inside.faceCount).toBe(2);
    expect(cut(crease(4, 3, -12 - 2 ** -49)).faceCount).toBe(1);
  });

  it('with 64 sides gives faces that fill it, and V − E + F = 1', () => {
    const { net } = countedNetworks().filter(({ name }) => name === '2-32-32-32-1')[0];
    const polygon = Array.from({ length: 64 }, (_, i): [number, number] => [
      Math.cos((Math.PI * i) / 32),
      Math.sin((Math.PI * i) / 32),
    ]);
    const complex = subdivide(net, { polygon });
    expect(complex.vertexCount - complex.edgeCount + complex.faceCount).toBe(1);
    expect(complex.faceCount).toBeLessThan(subdivide(net, BOX).faceCount);
    expect(totalArea(complex)).toBeCloseTo(32 * Math.sin(Math.PI / 32), 13);
  });

  it.each<[string, ConvexPolygon['polygon'], RegExp]>([
    [
      'two corners',
      [
        [0, 0],
        [1, 1],
      ],
      /at least 3 corners, this one has 2/,
    ],
    [
      'a corner that is not finite',
      [
        [0, 0],
        [1, 0],
        [0, Number.NaN],
      ],
      /finite numbers/,
    ],
    [
      'corners on one line',
      [
        [0, 0],
        [1, 1],
        [3, 3],
      ],
      /empty: its corners lie on one line/,
    ],
    [
      'one corner three times',
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      /empty/,
    ],
    [
      'a dent',
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [1, 0.5],
      ],
      /do not go round a convex polygon/,
    ],
    [
      'a star',
      [
        [0, 3],
        [-2, -3],
        [3, 1],
        [-3, 1],
        [2, -3],
      ],
      /do not go round a convex polygon/,
    ],
    [
      'a spike',
      [
        [0, 0],
        [2, 0],
        [1, 0],
        [0, 1],
      ],
      /do not go round a convex polygon/,
    ],
    [
      'too large',
      [
        [-1.7e308, 0],
        [1.7e308, 0],
        [0, 1],
      ],
      /too large/,
    ],
  ])('is refused with %s', (_, polygon, message) => {
    expect(() => cut(crease(1, 1, 0), polygon)).toThrow(InputError);
    expect(() => cut(crease(1, 1, 0), polygon)).toThrow(message);
  });
});

describe('the complex', () => {
  it('bounds the rounding error of every vertex, in 32-bit numbers too', () => {
    const { net } = countedNetworks().filter(({ name }) => name === '2-16-16-1')[0];
    const complex = subdivide(net, {
      polygon: [
        [-1, -0.9],
        [0.8, -1],
        [1, 0.7],
        [-0.3, 1],
      ],
    });
    const { vertexError, vertexCount, vertexLines, vertexFace, coordinates } = complex;
    expect([vertexError.length, vertexFace.length, vertexLines.length / 2]).toEqual(
      Array(3).fill(vertexCount),
    );
    const exact = new ExactVertices(complex, new ExactMaps(net, complex.border));
    for (let v = 0; v < vertexCount; v++) {
      const { x, y, w } = exact.point(v);
      const off = (value: number, n: bigint): Fraction =>
        Fraction.of(value).minus(new Fraction(n, w));
      const bound = Fraction.of(vertexError[v]);
      for (const d of [off(coordinates[2 * v], x), off(coordinates[2 * v + 1], y)]) {
        expect(bound.minus(d).sign).toBeGreaterThanOrEqual(0);
        expect(bound.plus(d).sign).toBeGreaterThanOrEqual(0);
      }
    }
    expect(Array.from(vertexError.subarray(0, 4))).toEqual([0, 0, 0, 0]);
  });
});
