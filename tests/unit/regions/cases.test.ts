import { describe, expect, it } from 'vitest';
import { faceArea } from '../../../src/regions/complex/faces.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { discRegions } from '../../../src/regions/query/disc.ts';
import { nearestCrease } from '../../../src/regions/query/distance.ts';
import { lineCrossings } from '../../../src/regions/query/line.ts';
import { Subdivision } from '../../../src/regions/subdivide/subdivide.ts';
import { BOX, cases } from './support.ts';

describe.each(cases())('$file.name', ({ net, file }) => {
  const { count, discs, lines, distances } = file.expect;
  const work = new Subdivision(net, BOX);
  work.run(Number.POSITIVE_INFINITY);
  const complex = work.result();

  it('has the regions, vertices and edges worked out by hand', () => {
    expect(complex.complete).toBe(true);
    expect(complex.faceCount).toBe(count.activation_regions);
    expect(complex.vertexCount).toBe(count.V);
    expect(complex.edgeCount).toBe(count.E);
    expect(work.regionsAfterLayer).toEqual(count.regions_after_layer);
    expect(linearRegions(net, complex).count).toBe(count.linear_regions);
  });

  it('has the smallest area and the total crease length worked out by hand', () => {
    const areas = Array.from({ length: complex.faceCount }, (_, face) => faceArea(complex, face));
    expect(Math.min(...areas)).toBeCloseTo(count.min_area, 14);
    const { twin, origin, coordinates } = complex;
    let length = 0;
    for (let h = 0; h < twin.length; h++)
      if (twin[h] > h) {
        const [a, b] = [2 * origin[h], 2 * origin[twin[h]]];
        length += Math.hypot(
          coordinates[a] - coordinates[b],
          coordinates[a + 1] - coordinates[b + 1],
        );
      }
    expect(length).toBeCloseTo(count.interior_boundary_length, 12);
  });

  it('has the regions and switching neurons in open discs', () => {
    for (const disc of discs) {
      const found = discRegions(net, disc.c[0], disc.c[1], disc.r);
      expect(found.complete).toBe(true);
      expect(found.activationRegions).toBe(disc.activation_regions);
      expect(found.linearRegions).toBe(disc.linear_regions);
      expect(Array.from(found.switching)).toEqual(disc.switching.flat());
    }
  });

  it('has the pieces and breakpoints along segments', () => {
    for (const line of lines) {
      const found = lineCrossings(net, line.p, line.q);
      expect(found.activationRegions).toBe(line.activation_pieces);
      expect(found.linearRegions).toBe(line.linear_pieces);
      expect(found.crossings.length).toBe(line.breakpoints_t.length);
      line.breakpoints_t.forEach((t, i) => {
        expect(found.crossings[i]).toBeCloseTo(t, 13);
      });
    }
  });

  it('has the nearest crease of a point', () => {
    for (const { x, distance, neuron } of distances) {
      const found = nearestCrease(net, x);
      expect(found?.distance).toBeCloseTo(distance, 14);
      expect([found?.layer, found?.neuron]).toEqual(neuron);
    }
  });
});
