import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { forward } from '../../../src/network/forward.ts';
import { networkFromJson } from '../../../src/network/json.ts';
import { affineMap } from '../../../src/regions/affineMap.ts';
import { decisionBoundary } from '../../../src/regions/decisionBoundary.ts';
import { discRegions } from '../../../src/regions/disc.ts';
import { faceArea, facePolygon } from '../../../src/regions/geometry.ts';
import { linearRegions } from '../../../src/regions/linearRegions.ts';
import { createLocator } from '../../../src/regions/locate.ts';
import { neighbours } from '../../../src/regions/neighbours.ts';
import { outputMaps } from '../../../src/regions/outputMaps.ts';
import { subdivide } from '../../../src/regions/subdivide.ts';
import { BOX, cases, countedNetworks } from './support.ts';

const named = (part: string) => cases().filter(({ file }) => file.name.includes(part))[0].net;
const big = countedNetworks().filter(({ name }) => name === '2-32-32-32-1')[0].net;

describe('the edges across which the affine map changes', () => {
  it('are both axes for relu(x) + relu(y)', () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [0, 1],
          ],
          b: [0, 0],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    const complex = subdivide(net, BOX);
    const { changes, count } = linearRegions(net, complex);
    expect(Array.from(changes)).toEqual(Array.from(complex.twin, () => 1));
    expect(count).toBe(4);
  });

  it('are none where two creases cancel and the affine map goes on', () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [-1, 0],
          ],
          b: [0, 0],
        },
        { W: [[1, -1]], b: [0] },
      ],
    });
    const complex = subdivide(net, BOX);
    const { changes, count } = linearRegions(net, complex);
    expect(Array.from(changes)).toEqual(Array.from(complex.twin, (t) => (t < 0 ? 1 : 0)));
    expect(count).toBe(1);
  });
});

describe('neighbours', () => {
  it('names the face and the neuron across every inner edge', () => {
    const complex = subdivide(named('cross'), BOX);
    for (let face = 0; face < 4; face++) {
      const found = neighbours(complex, face);
      expect(found.length).toBe(2);
      for (const { face: other, neuron } of found)
        expect(complex.patterns[face] ^ complex.patterns[other]).toBe(1 << neuron);
    }
  });
});

describe('facePolygon', () => {
  it('leaves out the vertices within a side and keeps the area', () => {
    let shorter = 0;
    // Where the work was cut short, creases end in the sides of faces that were not cut any more.
    for (const complex of [subdivide(big, BOX), subdivide(big, BOX, { maxRegions: 1500 })]) {
      for (let face = 0; face < complex.faceCount; face++) {
        const polygon = facePolygon(complex, face);
        const sides = complex.faceStart[face + 1] - complex.faceStart[face];
        if (polygon.length < sides) shorter++;
        expect(polygon.length).toBeGreaterThanOrEqual(3);
        let twice = 0;
        polygon.forEach(([x, y], i) => {
          const [u, v] = polygon[(i + 1) % polygon.length];
          twice += x * v - u * y;
        });
        expect(twice / 2).toBeCloseTo(faceArea(complex, face), 12);
      }
    }
    expect(shorter).toBeGreaterThan(0);
  });
});

describe('createLocator', () => {
  it('finds the region whose affine map the network follows, and −1 outside', () => {
    const complex = subdivide(big, BOX);
    const locator = createLocator(complex);
    for (let i = 0; i < 500; i++) {
      const [x, y] = [2 * ((i * 0.618034) % 1) - 1, 2 * ((i * 0.754878) % 1) - 1];
      const { A, b } = affineMap(big, complex, locator.locate(x, y));
      expect(A[0] * x + A[1] * y + b[0]).toBeCloseTo(forward(big, [x, y])[0], 10);
    }
    expect(locator.locate(1.5, 0)).toBe(-1);
    expect(locator.locate(Number.NaN, 0)).toBe(-1);
  });
});

describe('decisionBoundary', () => {
  it('has the output at the level at both ends of every segment', () => {
    const complex = subdivide(big, BOX);
    const middle = forward(big, [0.1, 0.2])[0];
    const segments = decisionBoundary(big, complex, outputMaps(big, complex), middle);
    expect(segments.length).toBeGreaterThan(0);
    for (let i = 0; i < segments.length; i += 2)
      expect(forward(big, segments.subarray(i, i + 2))[0]).toBeCloseTo(middle, 10);
  });

  it('is the diamond of |x| + |y| = 1/2, four segments of known length', () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [-1, 0],
            [0, 1],
            [0, -1],
          ],
          b: [0, 0, 0, 0],
        },
        { W: [[1, 1, 1, 1]], b: [-0.5] },
      ],
    });
    const segments = decisionBoundary(net, subdivide(net, BOX));
    expect(segments.length).toBe(16);
    for (let i = 0; i < 16; i += 4)
      expect(
        Math.hypot(segments[i] - segments[i + 2], segments[i + 1] - segments[i + 3]),
      ).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('refuses several outputs', () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [0, 1],
          ],
          b: [0, 0],
        },
      ],
    });
    expect(() => decisionBoundary(net, subdivide(net, BOX))).toThrow(InputError);
  });
});

describe('discRegions', () => {
  it('refuses a radius that is not positive and a centre that is not finite', () => {
    for (const r of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => discRegions(big, 0, 0, r)).toThrow(InputError);
    expect(() => discRegions(big, Number.NaN, 0, 1)).toThrow(InputError);
  });

  it('says when the limit on regions cut the count short', () => {
    expect(discRegions(big, 0, 0, 1, { maxRegions: 50 }).complete).toBe(false);
  });
});
