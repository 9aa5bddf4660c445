import { describe, expect, it } from 'vitest';
import { networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Box, RegionComplex } from '../../../src/regions/complex/complex.ts';
import { BORDER } from '../../../src/regions/complex/complex.ts';
import { faceArea, facePolygon } from '../../../src/regions/complex/faces.ts';
import { insphere } from '../../../src/regions/measure/insphere.ts';
import { locate } from '../../../src/regions/query/locate.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { byTriples, edgeDistance } from '../../support/insphere.ts';
import { BOX, cases, countedNetworks } from './support.ts';

/** Creases n · x + b = 0, summed. */
const oneLayer = (W: number[][], b: number[]): Model =>
  networkFromJson({
    layers: [
      { W, b },
      { W: [W.map(() => 1)], b: [0] },
    ],
  });

const creases = (W: number[][], b: number[], box: Box = BOX): RegionComplex =>
  subdivide(oneLayer(W, b), box);

describe('insphere', () => {
  it.each(cases().map(({ net, file }) => [file.name, net, file] as const))(
    'has the radii worked out for %s, and the centres where they are unique',
    (_, net, file) => {
      for (const { x, box, radius, centre, touches_box } of file.expect.inspheres) {
        const [xMin, xMax, yMin, yMax] = box;
        const complex = subdivide(net, { xMin, xMax, yMin, yMax });
        const face = locate(net, complex, x[0], x[1]);
        const found = insphere(complex, face);
        expect(found.r).toBeCloseTo(radius, 13);
        const sides = new Set(found.touches.map((h) => complex.halfEdgeNeuron[h]));
        if (sides.size < 3) continue;
        expect(found.x).toBeCloseTo(centre[0], 12);
        expect(found.y).toBeCloseTo(centre[1], 12);
        expect(found.clipped).toBe(touches_box);
      }
    },
  );

  it('lies in the middle of a strip', () => {
    const net = oneLayer(
      [
        [0, 1],
        [0, 1],
      ],
      [0, -0.5],
    );
    const complex = subdivide(net, BOX);
    const found = insphere(complex, locate(net, complex, 0, 0.25));
    expect(found).toMatchObject({ x: 0, y: 0.25, r: 0.25, clipped: false });
    expect(found.touches.map((h) => complex.halfEdgeNeuron[h]).sort()).toEqual([0, 1]);
  });

  it('lies in the middle of a slanted strip, whose corners are rounded', () => {
    // x + 3y between 0 and 0.1, from (−1, …) to (1, …).
    const net = oneLayer(
      [
        [1, 3],
        [1, 3],
      ],
      [0, -0.1],
    );
    const complex = subdivide(net, BOX);
    const { x, y, r, touches, clipped } = insphere(complex, locate(net, complex, 0, 0.02));
    expect(r).toBeCloseTo(0.05 / Math.sqrt(10), 14);
    expect(x + 3 * y).toBeCloseTo(0.05, 14);
    expect(Math.abs(x)).toBeLessThan(0.01);
    expect([touches.length, clipped]).toEqual([2, false]);
  });

  it('fills the box where there is no crease, and touches all of its sides', () => {
    const complex = creases([[0, 0]], [1], { xMin: 0, xMax: 2, yMin: 1, yMax: 3 });
    const found = insphere(complex, 0);
    expect(found).toMatchObject({ x: 1, y: 2, r: 1, clipped: true });
    expect(found.touches.map((h) => complex.halfEdgeNeuron[h])).toEqual(
      [0, 1, 2, 3].map((i) => BORDER - i),
    );
  });

  it('names the piece of a side that holds the point of contact', () => {
    // The side y = 0 of the lower right face is parted at 0.25 and 0.75 by creases above it only.
    const net = networkFromJson({
      layers: [
        {
          W: [
            [0, 1],
            [1, 0],
          ],
          b: [0, 1],
        },
        {
          W: [
            [1, 0.25],
            [4, -0.25],
          ],
          b: [-0.3125, 0.4375],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    const complex = subdivide(net, BOX);
    for (let face = 0; face < complex.faceCount; face++) {
      const { x, y, r, touches } = insphere(complex, face);
      expect(touches.length).toBeGreaterThan(1);
      for (const h of touches) expect(edgeDistance(complex, face, h, x, y)).toBeCloseTo(r, 12);
    }
  });

  it('is that of the best three sides, in every region of larger networks', () => {
    for (const { net } of countedNetworks().filter(({ count }) => count < 2500)) {
      const complex = subdivide(net, BOX);
      for (let face = 0; face < complex.faceCount; face++) {
        const { x, y, r, touches } = insphere(complex, face);
        const truth = byTriples(facePolygon(complex, face));
        expect(Math.abs(r - truth)).toBeLessThan(1e-13 + 1e-9 * truth);
        for (const h of touches)
          expect(Math.abs(edgeDistance(complex, face, h, x, y) - r)).toBeLessThan(1e-13);
      }
    }
  });

  it('shrinks with the face, down to faces as thin as 64-bit numbers can show', () => {
    for (const width of [2 ** -20, 2 ** -35, 2 ** -45, 2 ** -51]) {
      // A triangle that narrows from `width` at x = −1 to nothing at x = 1, above y = x / 2.
      const net = oneLayer(
        [
          [-0.5, 1],
          [(width - 1) / 2, 1],
        ],
        [0, -width / 2],
      );
      const complex = subdivide(net, BOX);
      const face = locate(net, complex, -0.875, -0.4375 + width / 2);
      const { r } = insphere(complex, face);
      const area = faceArea(complex, face);
      expect(area).toBeGreaterThan(0);
      const perimeter = 2 * Math.sqrt(5) + width;
      expect(r).toBeGreaterThanOrEqual((area / perimeter) * (1 - 1e-6));
      expect(r).toBeLessThanOrEqual(((2 * area) / perimeter) * (1 + 1e-6));
    }
  });

  it('holds between parallel sides of which one has a kink no larger than rounding', () => {
    const polygon: [number, number][] = [
      [1, 0.9999999999999998],
      [-1, -1.1102230246251565e-16],
      [-1, -0.4999999999999999],
      [-0.5, -0.25],
      [1, 0.5],
    ];
    const complex = subdivide(oneLayer([[0, 0]], [1]), { polygon });
    const { x, y, r } = insphere(complex, 0);
    expect(r).toBeCloseTo(0.25 / Math.hypot(1, 0.5), 14);
    expect([x, y]).toEqual([expect.closeTo(0, 12), expect.closeTo(0.25, 12)]);
  });

  it('is centred where the strip between exactly parallel sides is hardly longer than wide', () => {
    const size = 2 ** 40;
    const polygon: [number, number][] = [
      [size, -2],
      [2 ** -54, -2],
      [-(2 ** -52), -12],
      [-(2 ** -52), -size],
      [size, -size],
    ];
    const { x, y, r } = insphere(subdivide(oneLayer([[0, 0]], [1]), { polygon }), 0);
    expect(r).toBeCloseTo(size / 2 - 1, 3);
    expect(x).toBeCloseTo(size / 2, -1);
    expect(y).toBeCloseTo(-size / 2 - 1, 3);
  });

  it('is the same far from the origin, and in boxes of extreme size', () => {
    const W = [
      [1, 0.5],
      [-0.5, 1],
      [1, 1],
    ];
    const near = insphere(creases(W, [0.25, 0.125, -0.5]), 0);
    for (const unit of [2 ** -300, 2 ** 300]) {
      const box = { xMin: -unit, xMax: unit, yMin: -unit, yMax: unit };
      const scaled = insphere(creases(W, [0.25 * unit, 0.125 * unit, -0.5 * unit], box), 0);
      expect(scaled.r / unit).toBeCloseTo(near.r, 13);
      expect(scaled.x / unit).toBeCloseTo(near.x, 13);
      expect(scaled.y / unit).toBeCloseTo(near.y, 13);
    }
    const [x0, y0] = [2 ** 20, -(2 ** 21)];
    const box = { xMin: x0 - 1, xMax: x0 + 1, yMin: y0 - 1, yMax: y0 + 1 };
    const moved = [0.25, 0.125, -0.5].map((b, j) => b - W[j][0] * x0 - W[j][1] * y0);
    const far = insphere(creases(W, moved, box), 0);
    expect(far.r).toBeCloseTo(near.r, 8);
    expect(far.x - x0).toBeCloseTo(near.x, 8);
    expect(far.y - y0).toBeCloseTo(near.y, 8);
  });
});
