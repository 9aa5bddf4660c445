import { describe, expect, it } from 'vitest';
import { regionTable } from '../../../src/export/regionTable.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { linearRegionSizes, linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { locate } from '../../../src/regions/query/locate.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { answer, cases, PLANE, run } from '../cli/run.ts';

interface Row {
  id: string;
  x: number;
  y: number;
  r: number;
  area: number;
  cutByBox: boolean;
  neighbours: number;
  linearRegion: number;
  pattern: string[];
}

describe('a table of regions', () => {
  it('says the same as CSV and as JSON, of every region', () => {
    const net = createNetwork({
      widths: [2, 5, 4, 1],
      negativeSlope: 0,
      initialiser: 'he',
      seed: 2,
    });
    const complex = subdivide(net, { xMin: -1, xMax: 1, yMin: -1, yMax: 1 });
    const linear = linearRegions(net, complex);
    const rows: Row[] = JSON.parse(regionTable(net, complex, linear, 'json'));
    const [titles, ...lines] = regionTable(net, complex, linear, 'csv').trimEnd().split('\n');
    expect(titles).toBe('id,x,y,r,area,cut_by_box,neighbours,linear_region,pattern');
    expect(lines).toEqual(
      rows.map((row) =>
        [
          row.id,
          row.x,
          row.y,
          row.r,
          row.area,
          row.cutByBox ? 1 : 0,
          row.neighbours,
          row.linearRegion,
          row.pattern.join(' '),
        ].join(),
      ),
    );
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_, face) => `region-${face + 1}`));
    expect(rows).toHaveLength(complex.faceCount);
    expect(rows.reduce((sum, { area }) => sum + area, 0)).toBeCloseTo(4, 12);
    expect(new Set(rows.map(({ pattern }) => pattern.join())).size).toBe(rows.length);
    rows.forEach(({ x, y, r, pattern }, face) => {
      expect(locate(net, complex, x, y)).toBe(face);
      expect(Math.PI * r * r).toBeLessThanOrEqual(rows[face].area * (1 + 1e-9));
      expect(pattern.map((bits) => bits.length)).toEqual([5, 4]);
    });
    const sizes = linearRegionSizes(linear);
    for (const { linearRegion } of rows) sizes[linearRegion]--;
    expect(sizes.every((size) => size === 0)).toBe(true);
  });
});

describe('reluscope regions', () => {
  it.each(cases)(
    'lists as many as there are, and their neighbours are those of stats: $name',
    async ({ path, expect: { box, count } }) => {
      const words = [path, '--box', box.join()];
      const { code, out } = await run(['regions', ...words, '--format', 'json']);
      if (code !== 0) throw new Error('no answer');
      const rows: Row[] = JSON.parse(out);
      expect(rows).toHaveLength(count.activation_regions);
      expect(new Set(rows.map(({ linearRegion }) => linearRegion)).size).toBe(count.linear_regions);
      const stats = (await answer(['stats', ...words])) as { neighbours: { total: number } };
      expect(rows.reduce((sum, { neighbours }) => sum + neighbours, 0)).toBe(
        stats.neighbours.total,
      );
    },
  );

  it('writes a file by its extension, and refuses what it cannot write', async () => {
    const { written, out } = await run(['regions', PLANE, '--out', 'r.json']);
    expect([out, JSON.parse(written['r.json']).length]).toEqual(['', 4]);
    expect((await run(['regions', PLANE])).out.split('\n')).toHaveLength(6);
    const said = async (...words: string[]) => (await run(['regions', PLANE, ...words])).error;
    expect(await said('--out', 'r.txt')).toMatch(/the extension names no format/);
    expect(await said('--max-regions', '2')).toMatch(/more than 2 activation regions/);
    expect(await said('--box', '-1e300,1e300,-1e300,1e300')).toMatch(/range of 64-bit numbers/);
  });
});
