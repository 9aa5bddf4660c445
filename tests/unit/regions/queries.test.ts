import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import { faceArea, facePolygon } from '../../../src/regions/complex/faces.ts';
import { neighbours } from '../../../src/regions/complex/neighbours.ts';
import { affineMap } from '../../../src/regions/linear/affineMap.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { outputMaps } from '../../../src/regions/linear/outputMaps.ts';
import {
  decisionBoundary,
  decisionBoundaryInSteps,
} from '../../../src/regions/measure/decisionBoundary.ts';
import { DiscCount, discRegions } from '../../../src/regions/query/disc.ts';
import { createLocator } from '../../../src/regions/query/locate.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { Sliced } from '../../../src/steps.ts';
import { forward } from '../../support/forward.ts';
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
    const locator = createLocator(big, complex);
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
  it('has the output at zero at every point, and ends at the border', () => {
    const last = big.layers[big.layers.length - 1];
    const bias = last.biases[0] - forward(big, [0.1, 0.2])[0];
    const layers = [...big.layers.slice(0, -1), { ...last, biases: Float64Array.of(bias) }];
    const net = { ...big, layers };
    const { lines, starts, closed, length } = decisionBoundary(net, subdivide(net, BOX));
    expect(closed.length).toBeGreaterThan(0);
    for (let i = 0; i < lines.length; i += 2)
      expect(forward(net, lines.subarray(i, i + 2))[0]).toBeCloseTo(0, 10);
    let sum = 0;
    closed.forEach((isClosed, k) => {
      const line = lines.subarray(2 * starts[k], 2 * starts[k + 1]);
      const n = line.length / 2;
      for (let i = isClosed ? 0 : 1; i < n; i++) {
        const before = (i + n - 1) % n;
        sum += Math.hypot(line[2 * i] - line[2 * before], line[2 * i + 1] - line[2 * before + 1]);
      }
      for (const end of isClosed ? [] : [0, n - 1])
        expect(Math.max(Math.abs(line[2 * end]), Math.abs(line[2 * end + 1]))).toBe(1);
    });
    expect(length).toBeCloseTo(sum, 12);
  });

  const sum = (outputs: number[][], b: number[]) =>
    networkFromJson({
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
        { W: outputs, b },
      ],
    });
  const boundary = (net: Model, output?: number) => {
    const complex = subdivide(net, BOX);
    return decisionBoundary(net, complex, outputMaps(net, complex), output);
  };

  it('is the diamond of |x| + |y| = 1/2, one closed line of known length', () => {
    const found = boundary(sum([[1, 1, 1, 1]], [-0.5]));
    expect([...found.starts]).toEqual([0, 4]);
    expect([...found.closed]).toEqual([1]);
    expect(found.length).toBeCloseTo(2 * Math.SQRT2, 14);
    const corners = [0, 2, 4, 6].map((i) => [...found.lines.subarray(i, i + 2)].join());
    expect(corners.sort()).toEqual(['-0.5,0', '0,-0.5', '0,0.5', '0.5,0']);
  });

  it('is two lines through the saddle of |x| − |y|', () => {
    const found = boundary(sum([[1, 1, -1, -1]], [0]));
    expect(found.length).toBeCloseTo(4 * Math.SQRT2, 14);
    expect([...found.closed]).toEqual([0, 0]);
  });

  it('runs along a crease where the output touches zero, and ends where it turns away', () => {
    // |x| + relu(y): zero on the half-line x = 0, y ≤ 0.
    const found = boundary(sum([[1, 1, 1, 0]], [0]));
    expect([...found.closed]).toEqual([0]);
    expect(found.length).toBe(1);
    expect(found.exactDecisions).toBeGreaterThan(0);
  });

  it('leaves out a point at which the output touches zero', () => {
    expect(boundary(sum([[1, 1, 1, 1]], [0])).length).toBe(0);
    expect(boundary(sum([[1, 1, 1, 1]], [0])).closed.length).toBe(0);
  });

  it('names faces of zeros, and runs along their rim', () => {
    // relu(x) + relu(y): zero on the quadrant x ≤ 0, y ≤ 0.
    const found = boundary(sum([[1, 0, 1, 0]], [0]));
    expect(found.zeroFaces.length).toBe(1);
    expect(found.length).toBe(2);
    expect([...found.closed]).toEqual([0]);
    const all = boundary(sum([[0, 0, 0, 0]], [0]));
    expect([all.zeroFaces.length, all.closed.length]).toEqual([4, 0]);
  });

  it('is that of one of several outputs', () => {
    const net = sum(
      [
        [1, 1, 1, 1],
        [1, -1, 0, 0],
      ],
      [-0.5, 0],
    );
    expect(boundary(net, 1).length).toBe(2);
    expect(() => boundary(net)).toThrow(/needs a network with 1 output, this one has 2/);
    expect(() => boundary(net, 2)).toThrow(InputError);
  });

  it('can be found in slices: at once it kept the worker from listening', () => {
    const complex = subdivide(big, BOX);
    const maps = outputMaps(big, complex);
    const work = new Sliced(decisionBoundaryInSteps(big, complex, maps));
    let slices = 0;
    while (!work.run(0)) slices++;
    expect(slices).toBeGreaterThan((2 * complex.faceCount) / 1024 - 1);
    expect(work.result()).toEqual(decisionBoundary(big, complex, maps));
  });

  it('has no lines where the complex is not complete', () => {
    const complex = subdivide(big, BOX, { maxRegions: 100 });
    expect(decisionBoundary(big, complex).closed.length).toBe(0);
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

  const line = (a: number, b: number, c: number) =>
    networkFromJson({
      layers: [
        { W: [[a, b]], b: [c] },
        { W: [[1]], b: [0] },
      ],
    });

  it('leaves out a region beyond a slanting crease that touches the rim, and no other', () => {
    // 3x + 4y = 5 is at distance 1 from the origin, and touches the unit circle at (0.6, 0.8).
    expect(discRegions(line(3, 4, -5), 0, 0, 1)).toMatchObject({
      activationRegions: 1,
      linearRegions: 1,
    });
    expect(discRegions(line(3, 4, -5), 0, 0, 1 + 2 ** -52).activationRegions).toBe(2);
    expect(discRegions(line(3, 4, -5 - 2 ** -50), 0, 0, 1).activationRegions).toBe(1);
    expect(discRegions(line(3, 4, -5 + 2 ** -50), 0, 0, 1).activationRegions).toBe(2);
    expect(discRegions(line(3, 4, -5), 0, 0, 1).exactDecisions).toBeGreaterThan(0);
  });

  it('leaves out a corner on the rim', () => {
    // Quadrants about (3, 4), at distance 5 from the origin: the far one only touches.
    const quadrants = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [0, 1],
          ],
          b: [-3, -4],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    expect(discRegions(quadrants, 0, 0, 5).activationRegions).toBe(3);
    expect(discRegions(quadrants, 0, 0, 5 + 2 ** -50).activationRegions).toBe(4);
  });

  it('does not lose what lies between the disc and its box, which 64-bit numbers cannot hold', () => {
    // relu(1 − x), and beyond it a crease at 1 − 2⁻⁵⁵; 1 − 2⁻⁵⁴ rounds to 1.
    const net = networkFromJson({
      layers: [
        { W: [[-1, 0]], b: [1] },
        { W: [[1]], b: [-(2 ** -55)] },
        { W: [[1]], b: [0] },
      ],
    });
    expect(discRegions(net, 1, 0, 2 ** -54)).toMatchObject({
      activationRegions: 3,
      linearRegions: 2,
    });
    expect(discRegions(net, 1, 0, 2 ** -55).activationRegions).toBe(2);
  });

  it('counts the same in slices', () => {
    const work = new DiscCount(big, 0.1, -0.2, 0.7);
    let slices = 1;
    while (!work.run(0)) slices++;
    expect(slices).toBeGreaterThan(10);
    expect(work.run(0)).toBe(true);
    expect(work.result()).toEqual(discRegions(big, 0.1, -0.2, 0.7));
  });

  it('says when the limit on regions cut the count short', () => {
    expect(discRegions(big, 0, 0, 1, { maxRegions: 50 }).complete).toBe(false);
  });
});
