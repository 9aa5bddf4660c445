import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { neuronAt } from '../../../src/model/model.ts';
import { nearestAlong } from '../../../src/regions/query/direction.ts';
import { lineCrossings } from '../../../src/regions/query/line.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { cases } from './support.ts';

const named = (part: string) => cases().filter(({ file }) => file.name.includes(part))[0].net;
const single = (W: number[][], b: number[]) =>
  networkFromJson({
    layers: [
      { W, b },
      { W: [W.map(() => 1)], b: [0] },
    ],
  });

describe('nearestAlong', () => {
  it('finds the crease ahead, not the one behind, at Euclidean distance', () => {
    const net = named('cross');
    expect(nearestAlong(net, [0.5, 0.25], [-3, 0])).toEqual({ distance: 0.5, layer: 0, neuron: 0 });
    expect(nearestAlong(net, [0.5, 0.25], [0, -0.1])).toEqual({
      distance: 0.25,
      layer: 0,
      neuron: 1,
    });
    expect(nearestAlong(net, [0.75, 1], [-3, -4])).toEqual({ distance: 1.25, layer: 0, neuron: 0 });
    expect(nearestAlong(net, [0.5, 0.25], [1, 1])).toBeNull();
  });

  it('does not count a crease through the start, or one that the ray runs along', () => {
    const net = named('cross');
    expect(nearestAlong(net, [0, 0.5], [1, 0])).toBeNull();
    expect(nearestAlong(net, [0, 0.5], [0, -1])).toEqual({ distance: 0.5, layer: 0, neuron: 1 });
  });

  it('takes the side of a crease that the ray goes to for what lies above', () => {
    // The second neuron, relu(x) − 1/2, has a crease at x = 1/2 only.
    const net = networkFromJson({
      layers: [
        { W: [[1]], b: [0] },
        { W: [[1]], b: [-0.5] },
        { W: [[1]], b: [0] },
      ],
    });
    expect(nearestAlong(net, [0], [1])).toEqual({ distance: 0.5, layer: 1, neuron: 0 });
    expect(nearestAlong(net, [0], [-1])).toBeNull();
    expect(nearestAlong(net, [-1], [1])).toEqual({ distance: 1, layer: 0, neuron: 0 });
  });

  it('takes directions and distances of any size', () => {
    const net = single([[1, 0]], [0]);
    for (const unit of [2 ** -1074, 1e-300, 1, 1e300, 1.5 * 2 ** 1023])
      expect(nearestAlong(net, [-0.75, 0], [unit, 0])?.distance).toBe(0.75);
    for (const start of [2 ** -1000, 2 ** 1000])
      expect(nearestAlong(net, [-start, 0], [1, 0])?.distance).toBe(start);
    expect(nearestAlong(net, [-1, 0], [1e300, 1e300])?.distance).toBeCloseTo(Math.SQRT2, 15);
    expect(() => nearestAlong(net, [-(2 ** 1023), 0], [1, 2 ** 30])).toThrow(InputError);
  });

  it('tells apart creases that 64-bit numbers would round into one', () => {
    const [one, other] = [0.3, 0.9999999999999999];
    expect(one / 3).toBe(other / 10);
    const net = single([[3], [10]], [-one, -other]);
    // A third of the number next to 0.3 is larger than a tenth of the number below 1.
    expect(nearestAlong(net, [0], [1])?.neuron).toBe(1);
    expect(nearestAlong(net, [1], [-1])?.neuron).toBe(0);
  });

  it('works in any dimension', () => {
    const net = single(
      [
        [3, 0, 0, 0, 4],
        [0, 1, 0, 0, 0],
      ],
      [0, 2],
    );
    expect(nearestAlong(net, [1, 0, 0, 0, 1], [-3, 0, 0, 0, -4])).toEqual({
      distance: 1.4,
      layer: 0,
      neuron: 0,
    });
  });

  it('agrees with the first crossing of a long segment', () => {
    const { net } = cases().filter(({ file }) => file.name.includes('12_he'))[0];
    const complex = subdivide(net, { xMin: -1, xMax: 1, yMin: -1, yMax: 1 });
    const number = fc.integer({ min: -4096, max: 4096 }).map((i) => i / 4096);
    let crossed = 0;
    fc.assert(
      fc.property(number, number, number, number, (x, y, vx, vy) => {
        fc.pre(vx !== 0 || vy !== 0);
        const found = nearestAlong(net, [x, y], [vx, vy]);
        const far = 4096;
        const { crossings } = lineCrossings(net, [x, y], [x + far * vx, y + far * vy]);
        const length = far * Math.hypot(vx, vy);
        // A short direction makes a short segment, and the crease may lie beyond it.
        if (crossings.length === 0)
          expect(found?.distance ?? Number.POSITIVE_INFINITY).toBeGreaterThan(length * (1 - 1e-14));
        else {
          crossed++;
          if (found === null) throw new Error('the segment crosses a crease and the ray does not');
          const distance = crossings[0] * length;
          expect(Math.abs(found.distance / distance - 1)).toBeLessThan(1e-14);
        }
      }),
      { numRuns: 200 },
    );
    expect(crossed).toBeGreaterThan(100);
    // From inside a face the ray leaves through one of its sides.
    for (let face = 0; face < complex.faceCount; face++) {
      const { faceStart, origin, coordinates, halfEdgeNeuron } = complex;
      const [from, to] = [faceStart[face], faceStart[face + 1]];
      const sides = Array.from(halfEdgeNeuron.subarray(from, to));
      let [x, y] = [0, 0];
      for (let h = from; h < to; h++) {
        x += coordinates[2 * origin[h]] / (to - from);
        y += coordinates[2 * origin[h] + 1] / (to - from);
      }
      for (let i = 0; i < to - from; i++) {
        if (sides[i] < 0) continue;
        const [a, b] = [origin[from + i], origin[from + ((i + 1) % (to - from))]];
        const u = (coordinates[2 * a] + coordinates[2 * b]) / 2 - x;
        const v = (coordinates[2 * a + 1] + coordinates[2 * b + 1]) / 2 - y;
        const found = nearestAlong(net, [x, y], [u, v]);
        expect(found).toMatchObject(neuronAt(net, sides[i]));
        expect(found?.distance).toBeCloseTo(Math.hypot(u, v), 12);
      }
    }
  });

  it('refuses points and directions that are none', () => {
    const net = named('cross');
    for (const [x, v] of [
      [[0], [1, 0]],
      [[0, 0], [1]],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0, Number.NaN],
        [1, 0],
      ],
      [
        [0, 0],
        [1, Number.POSITIVE_INFINITY],
      ],
    ])
      expect(() => nearestAlong(net, x, v)).toThrow(InputError);
  });
});
