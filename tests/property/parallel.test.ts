import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import { faceArea, faceOfHalfEdge, nextHalfEdge } from '../../src/regions/complex/faces.ts';
import { ComplexSigns } from '../../src/regions/exact/complexSigns.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { mergeInSteps } from '../../src/regions/parallel/merge.ts';
import { PieceWork } from '../../src/regions/parallel/piece.ts';
import { splitWork } from '../../src/regions/parallel/split.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { finish } from '../../src/steps.ts';
import medium from '../cases/nets/2-32-32-32-1.json';
import { network, patternsOf, whole, withMultiples, withSlopes } from '../support/networks.ts';

const BOX: Box = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
const FINE = { neurons: 1, faces: 1 };

/** The complex made in pieces; null where there is nothing to split. */
function inPieces(net: Model, pieces: number, grain = FINE, box = BOX): RegionComplex | null {
  const jobs = splitWork(net, box, pieces, 1e6, grain);
  if (jobs === null) return null;
  const results = jobs.map((job) => {
    const work = new PieceWork(net, job);
    while (!work.run(0));
    return work.result();
  });
  return finish(mergeInSteps(jobs, results));
}

/** Twins run between the same two vertices, in opposite directions, and name the same neuron. */
function expectWatertight(complex: RegionComplex): void {
  const { twin, origin, halfEdgeNeuron } = complex;
  const owner = faceOfHalfEdge(complex);
  const end = (h: number) => origin[nextHalfEdge(complex, h, owner[h])];
  for (let h = 0; h < twin.length; h++) {
    if (halfEdgeNeuron[h] < 0) {
      expect(twin[h]).toBe(-1);
      continue;
    }
    const t = twin[h];
    expect(twin[t]).toBe(h);
    expect([origin[t], end(t)]).toEqual([end(h), origin[h]]);
    expect(halfEdgeNeuron[t]).toBe(halfEdgeNeuron[h]);
  }
}

/** The two lines that are said to make a vertex, where the face said to hold them has them, meet at its coordinates. */
function expectKnownVertices(net: Model, complex: RegionComplex): void {
  const { vertexFace, vertexCount, vertexLines, vertexError, coordinates } = complex;
  const { vertices } = new ComplexSigns(net, complex);
  for (let v = 0; v < vertexCount; v += Math.ceil(vertexCount / 500)) {
    const [line1, line2] = vertexLines.subarray(2 * v, 2 * v + 2);
    const [x, y] = vertices.coordinates(vertexFace[v], line1, line2);
    const bound = vertexError[v] + 2 ** -51;
    expect(Math.abs(coordinates[2 * v] - x)).toBeLessThanOrEqual(bound);
    expect(Math.abs(coordinates[2 * v + 1] - y)).toBeLessThanOrEqual(bound);
  }
}

function expectSame(net: Model, made: RegionComplex, whole: RegionComplex): void {
  expect(patternsOf(net, made)).toEqual(patternsOf(net, whole));
  expect([made.vertexCount, made.edgeCount, made.faceCount]).toEqual([
    whole.vertexCount,
    whole.edgeCount,
    whole.faceCount,
  ]);
  expect(made.vertexCount - made.edgeCount + made.faceCount).toBe(1);
  expectWatertight(made);
  expectKnownVertices(net, made);
  expect(linearRegions(net, made).count).toBe(linearRegions(net, whole).count);
  let area = 0;
  for (let face = 0; face < made.faceCount; face++) area += faceArea(made, face);
  expect(area).toBeCloseTo(
    (whole.box.xMax - whole.box.xMin) * (whole.box.yMax - whole.box.yMin),
    9,
  );
}

describe('A complex made in pieces is the one made at once', () => {
  const pieces = fc.integer({ min: 2, max: 5 });
  const agrees = (net: Model, count: number) => {
    const made = inPieces(net, count);
    if (made !== null) expectSame(net, made, subdivide(net, BOX));
  };

  it('for whole weights, where creases meet in the corners of the pieces', () => {
    fc.assert(fc.property(network(whole, whole, 8), pieces, agrees), { numRuns: 300 });
  });

  it('for neurons that are multiples of each other, so that creases run along the seams', () => {
    fc.assert(fc.property(withMultiples(network(whole, whole, 8)), pieces, agrees), {
      numRuns: 300,
    });
  });

  it('for slopes per neuron', () => {
    const nets = fc.oneof(network(whole, whole, 8), withMultiples(network(whole, whole, 8)));
    fc.assert(fc.property(withSlopes(nets), pieces, agrees), { numRuns: 150 });
  });

  it('for random weights', () => {
    const weight = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(fc.property(network(weight, weight, 8), pieces, agrees), { numRuns: 150 });
  });

  it('for a network of three layers of 32, however it is split', () => {
    const net = networkFromJson(medium);
    const whole = subdivide(net, BOX);
    for (const [count, grain] of [
      [2, { neurons: 16, faces: 32 }],
      [7, { neurons: 5, faces: 3 }],
      [16, { neurons: 32, faces: 40 }],
    ] as const) {
      const made = inPieces(net, count, grain);
      if (made === null) throw new Error('there was nothing to split');
      expectSame(net, made, whole);
    }
  });
});

describe('Splitting', () => {
  it('is left undone where there are too few regions', () => {
    const net = networkFromJson(medium);
    expect(splitWork(net, { xMin: 0, xMax: 1e-9, yMin: 0, yMax: 1e-9 }, 4, 1e6)).toBeNull();
  });

  it('deals out every face once', () => {
    const jobs = splitWork(networkFromJson(medium), BOX, 5, 1e6);
    if (jobs === null) throw new Error('there was nothing to split');
    const { faceCount } = jobs[0].base;
    for (let face = 0; face < faceCount; face++)
      expect(jobs.reduce((sum, { own }) => sum + own[face], 0)).toBe(1);
  });

  it('says so when a piece stops at its limit', () => {
    const net = networkFromJson(medium);
    const [job] = splitWork(net, BOX, 2, 150, { neurons: 8, faces: 8 }) ?? [];
    const work = new PieceWork(net, job);
    while (!work.run(1));
    expect(work.result().complete).toBe(false);
    expect(work.regionsSoFar).toBeLessThanOrEqual(150);
  });
});
