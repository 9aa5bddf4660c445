import { describe, expect, it } from 'vitest';
import { networkFromJson } from '../../../src/network/json.ts';
import type { Network } from '../../../src/network/network.ts';
import type { Box, RegionComplex } from '../../../src/regions/complex.ts';
import { BORDER } from '../../../src/regions/complex.ts';
import { faceArea, facePolygon } from '../../../src/regions/geometry.ts';
import { insphere } from '../../../src/regions/insphere.ts';
import { locate } from '../../../src/regions/locate.ts';
import { subdivide } from '../../../src/regions/subdivide.ts';
import { BOX, cases, countedNetworks } from './support.ts';

/** Creases n · x + b = 0, summed. */
const oneLayer = (W: number[][], b: number[]): Network =>
  networkFromJson({
    layers: [
      { W, b },
      { W: [W.map(() => 1)], b: [0] },
    ],
  });

const creases = (W: number[][], b: number[], box: Box = BOX): RegionComplex =>
  subdivide(oneLayer(W, b), box);

/** Radius by trying the circle about every three sides. */
function byTriples(polygon: readonly [number, number][]): number {
  const sides = polygon.map(([x, y], i) => {
    const [u, v] = polygon[(i + 1) % polygon.length];
    const length = Math.hypot(u - x, v - y);
    const n = [(v - y) / length, (x - u) / length];
    return { n, c: n[0] * x + n[1] * y };
  });
  let best = 0;
  for (const p of sides)
    for (const q of sides)
      for (const s of sides) {
        const [a1, b1, c1] = [q.n[0] - p.n[0], q.n[1] - p.n[1], q.c - p.c];
        const [a2, b2, c2] = [s.n[0] - p.n[0], s.n[1] - p.n[1], s.c - p.c];
        const w = a1 * b2 - a2 * b1;
        if (w === 0) continue;
        const [x, y] = [(c1 * b2 - c2 * b1) / w, (a1 * c2 - a2 * c1) / w];
        best = Math.max(best, Math.min(...sides.map(({ n, c }) => c - n[0] * x - n[1] * y)));
      }
  return best;
}

const edgeDistance = (complex: RegionComplex, face: number, h: number, x: number, y: number) => {
  const { origin, coordinates, faceStart } = complex;
  const next = h + 1 < faceStart[face + 1] ? h + 1 : faceStart[face];
  const [ax, ay] = coordinates.subarray(2 * origin[h], 2 * origin[h] + 2);
  const [bx, by] = coordinates.subarray(2 * origin[next], 2 * origin[next] + 2);
  const t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const s = Math.min(1, Math.max(0, t));
  return Math.hypot(ax + s * (bx - ax) - x, ay + s * (by - ay) - y);
};

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
