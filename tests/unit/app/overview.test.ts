import { describe, expect, it } from 'vitest';
import { faceArea } from '../../../src/regions/complex/faces.ts';
import { BARS_PER_DECADE, outlinesOf, overviewOf } from '../../../src/regions/measure/overview.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';

const complexOf = (link: string, half = 1.2) =>
  subdivide(buildTrainer(readLink(link).settings).network, {
    xMin: -half,
    xMax: half,
    yMin: -half,
    yMax: half,
  });

describe('the overview of the regions in a view', () => {
  it('puts every region into the bar of its size', () => {
    const complex = complexOf('net=2-32-32-1&seed=6');
    const { histogram, regions } = overviewOf(outlinesOf(complex));
    expect(regions).toBe(complex.faceCount);
    const { first, counts } = histogram;
    expect(counts.reduce((a, b) => a + b, 0)).toBe(complex.faceCount);
    const from = (bar: number) => 10 ** (first + bar / BARS_PER_DECADE);
    const areas = Array.from({ length: complex.faceCount }, (_, face) => faceArea(complex, face));
    for (let bar = 1; bar < counts.length; bar++)
      expect(counts[bar]).toBe(areas.filter((a) => a >= from(bar) && a < from(bar + 1)).length);
    expect(counts[counts.length - 1]).toBeGreaterThan(0);
  });

  it('has one bar where there is one region', () => {
    const net = buildTrainer(readLink('net=2-1-1&seed=6').settings).network;
    // Far to one side of the only crease.
    const complex = subdivide(net, { xMin: 1000, xMax: 1001, yMin: 1000, yMax: 1001 });
    expect(complex.faceCount).toBe(1);
    const { histogram, meanDegree } = overviewOf(outlinesOf(complex));
    expect(histogram.counts).toEqual([1]);
    expect(meanDegree).toBe(0);
  });

  it('orders its lists by size and by number of neighbours', () => {
    const complex = complexOf('net=2-16-16-1&seed=8');
    const overview = overviewOf(outlinesOf(complex));
    const areas = (faces: readonly number[]) => faces.map((face) => faceArea(complex, face));
    const largest = areas(overview.largest);
    expect(largest).toEqual([...largest].sort((a, b) => b - a));
    expect(largest[0]).toBe(overview.area.max);
    const smallest = areas(overview.smallest);
    expect(smallest).toEqual([...smallest].sort((a, b) => a - b));
    expect(smallest[0]).toBe(overview.area.min);
    expect(overview.meanDegree).toBeLessThan(4);
  });
});
