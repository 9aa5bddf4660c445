import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { Subdivision, subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { forwardAll } from '../../support/forward.ts';
import { BOX, countedNetworks, middle, patternOf, patternOfSigns, totalArea } from './support.ts';

const ramp = networkFromJson({
  layers: [
    { W: [[1, 0]], b: [0] },
    { W: [[1]], b: [0] },
  ],
});

describe.each(countedNetworks())('$name on [−1, 1]²', ({ net, count }) => {
  const complex = subdivide(net, BOX);

  it('has the counted number of regions, all patterns distinct', () => {
    expect(complex.faceCount).toBe(count);
    const patterns = new Set(
      Array.from({ length: complex.faceCount }, (_, face) => patternOf(complex, face)),
    );
    expect(patterns.size).toBe(count);
  });

  it('tiles the box: V − E + F = 1, and the areas add up', () => {
    expect(complex.vertexCount - complex.edgeCount + complex.faceCount).toBe(1);
    expect(Math.abs(totalArea(complex) / 4 - 1)).toBeLessThan(1e-12);
  });

  it('gives every region the signs of the forward pass at a point inside', () => {
    const stride = Math.max(1, Math.floor(complex.faceCount / 2000));
    for (let face = 0; face < complex.faceCount; face += stride)
      expect(patternOf(complex, face)).toBe(
        patternOfSigns(forwardAll(net, middle(complex, face)).hidden, complex.words),
      );
  });

  it('pairs every inner half-edge with its twin', () => {
    const { faceStart, faceCount, origin, twin, halfEdgeNeuron } = complex;
    let wrong = 0;
    for (let face = 0; face < faceCount; face++)
      for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
        const end = origin[h + 1 < faceStart[face + 1] ? h + 1 : faceStart[face]];
        const t = twin[h];
        const right =
          t < 0
            ? halfEdgeNeuron[h] < 0
            : origin[t] === end && twin[t] === h && halfEdgeNeuron[t] === halfEdgeNeuron[h];
        if (!right) wrong++;
      }
    expect(wrong).toBe(0);
  });
});

describe('Subdivision', () => {
  const [{ net }] = countedNetworks().filter(({ name }) => name === '2-64-64-64-1');

  it('gives the same complex in slices as at once', () => {
    const work = new Subdivision(net, BOX);
    let slices = 1;
    let progress = 0;
    while (!work.run(0.5)) {
      slices++;
      expect(work.progress).toBeGreaterThanOrEqual(progress);
      progress = work.progress;
    }
    expect(slices).toBeGreaterThan(2);
    expect(work.progress).toBe(1);
    expect(work.result()).toEqual(subdivide(net, BOX));
  });

  it('stops at the limit with faces that tile the box, and says so', () => {
    const complex = subdivide(net, BOX, { maxRegions: 5000 });
    expect(complex.complete).toBe(false);
    expect(complex.faceCount).toBe(5000);
    expect(complex.vertexCount - complex.edgeCount + complex.faceCount).toBe(1);
    expect(Math.abs(totalArea(complex) / 4 - 1)).toBeLessThan(1e-12);
  });

  it('is complete when the regions just fit the limit', () => {
    expect(subdivide(ramp, BOX, { maxRegions: 2 }).complete).toBe(true);
    expect(subdivide(ramp, BOX, { maxRegions: 1 }).complete).toBe(false);
  });

  it('finds a crease again in a box a millionth wide', () => {
    const box = { xMin: -3e-7, xMax: 7e-7, yMin: 0.5, yMax: 0.500001 };
    const complex = subdivide(ramp, box);
    expect(complex.faceCount).toBe(2);
    expect(totalArea(complex) / 1e-12).toBeCloseTo(1, 6);
  });

  it('makes nothing of a crease along the border', () => {
    expect(subdivide(ramp, { ...BOX, xMin: 0 }).faceCount).toBe(1);
    expect(subdivide(ramp, { ...BOX, xMax: 0 }).faceCount).toBe(1);
  });

  it('leaves a network without hidden layers in one piece', () => {
    const affine = networkFromJson({ layers: [{ W: [[1, 2]], b: [3] }] });
    const complex = subdivide(affine, BOX);
    expect([complex.faceCount, complex.complete]).toEqual([1, true]);
  });

  it('takes a crease that two neurons share, whichever way they face, for one', () => {
    const twins = networkFromJson({
      layers: [
        {
          W: [
            [1, 3],
            [-2, -6],
            [0.125, 0.375],
          ],
          b: [0.3125, -0.625, 0.0390625],
        },
        { W: [[1, 1, 1]], b: [0] },
      ],
    });
    const complex = subdivide(twins, BOX);
    expect(complex.faceCount).toBe(2);
    expect([patternOf(complex, 0), patternOf(complex, 1)].sort()).toEqual(['2', '5']);
  });

  it('refuses boxes that are empty or not finite, and networks that are not in the plane', () => {
    expect(() => subdivide(ramp, { ...BOX, xMin: 1 })).toThrow(InputError);
    expect(() => subdivide(ramp, { ...BOX, yMax: Number.NaN })).toThrow(InputError);
    expect(() => subdivide(ramp, { ...BOX, yMax: Number.POSITIVE_INFINITY })).toThrow(InputError);
    const line = networkFromJson({ layers: [{ W: [[1]], b: [0] }] });
    expect(() => subdivide(line, BOX)).toThrow(/2 inputs/);
  });
});
