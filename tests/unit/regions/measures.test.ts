import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { dualGraph } from '../../../src/regions/complex/dualGraph.ts';
import { faceArea } from '../../../src/regions/complex/faces.ts';
import { neighbours } from '../../../src/regions/complex/neighbours.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { creaseLength } from '../../../src/regions/measure/creaseLength.ts';
import { regionStatistics } from '../../../src/regions/measure/statistics.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { neighbourhood } from '../../support/neighbourhood.ts';
import { BOX, cases, countedNetworks, totalArea } from './support.ts';

const named = (part: string) => cases().filter(({ file }) => file.name.includes(part))[0].net;
const counted = (name: string) => countedNetworks().filter((one) => one.name === name)[0].net;
const cross = () => subdivide(named('cross'), BOX);

describe('the dual graph', () => {
  it('of two crossing creases is a ring of four', () => {
    const { start, neighbours: list } = dualGraph(cross());
    expect(Array.from(start)).toEqual([0, 2, 4, 6, 8]);
    for (let f = 0; f < 4; f++)
      for (const g of list.subarray(start[f], start[f + 1]))
        expect(Array.from(list.subarray(start[g], start[g + 1]))).toContain(f);
  });

  it('lists the faces across the edges of every face, each once, and its mean degree is below 4', () => {
    for (const { net, name } of countedNetworks().filter(({ count }) => count < 10_000)) {
      const complex = subdivide(net, BOX);
      const { start, neighbours: list } = dualGraph(complex);
      for (let face = 0; face < complex.faceCount; face++) {
        const row = Array.from(list.subarray(start[face], start[face + 1]));
        const across = neighbours(complex, face).map((one) => one.face);
        expect(row, name).toEqual([...new Set(across)]);
        expect(row).not.toContain(face);
      }
      expect(list.length / complex.faceCount).toBeLessThan(4);
    }
  });
});

describe('neighbourhood', () => {
  it('grows step by step until it holds every face', () => {
    const complex = subdivide(counted('2-16-16-1'), BOX);
    const { start, neighbours: list } = dualGraph(complex);
    // Distances from face 7 by relaxing all edges over and over.
    const distance = new Array<number>(complex.faceCount).fill(Number.POSITIVE_INFINITY);
    distance[7] = 0;
    for (let round = 0; round < complex.faceCount; round++)
      for (let f = 0; f < complex.faceCount; f++)
        for (const g of list.subarray(start[f], start[f + 1]))
          distance[g] = Math.min(distance[g], distance[f] + 1);
    for (const k of [0, 1, 2, 5, 1000]) {
      const { faces, steps } = neighbourhood(complex, 7, k);
      expect(faces[0]).toBe(7);
      expect(Array.from(steps)).toEqual(Array.from(faces, (f) => distance[f]));
      expect(Array.from(steps)).toEqual(Array.from(steps).sort((a, b) => a - b));
      expect(new Set(faces).size).toBe(distance.filter((d) => d <= k).length);
    }
  });

  it('refuses faces that do not exist and steps that are none', () => {
    for (const face of [-1, 4, 0.5, Number.NaN])
      expect(() => neighbourhood(cross(), face, 1)).toThrow(InputError);
    for (const k of [-1, 0.5, Number.NaN])
      expect(() => neighbourhood(cross(), 0, k)).toThrow(InputError);
  });
});

describe('regionStatistics', () => {
  it('of four equal squares', () => {
    const found = regionStatistics(cross(), { top: 3 });
    expect(found).toMatchObject({
      regions: 4,
      area: { min: 1, median: 1, mean: 1, max: 1, total: 4 },
      degree: { min: 2, median: 2, mean: 2, max: 2, total: 8 },
      largest: [0, 1, 2],
      smallest: [0, 1, 2],
      mostNeighboured: [0, 1, 2],
    });
    expect(Array.from(found.degreeCounts)).toEqual([0, 0, 4]);
    expect(Array.from(found.area.quantiles)).toEqual(new Array(101).fill(1));
  });

  it('of larger networks agree with sorting everything', () => {
    const complex = subdivide(counted('2-32-32-32-1'), BOX);
    const found = regionStatistics(complex, { top: 25 });
    const faces = Array.from({ length: complex.faceCount }, (_, face) => face);
    const areas = faces.map((face) => faceArea(complex, face));
    const { start } = dualGraph(complex);
    const degrees = faces.map((face) => start[face + 1] - start[face]);
    const by = (value: number[], sign: number) =>
      [...faces].sort((f, g) => sign * (value[f] - value[g]) || f - g).slice(0, 25);
    expect(found.largest).toEqual(by(areas, -1));
    expect(found.smallest).toEqual(by(areas, 1));
    expect(found.mostNeighboured).toEqual(by(degrees, -1));
    const sorted = [...areas].sort((a, b) => a - b);
    expect(found.area.quantiles[0]).toBe(sorted[0]);
    expect(found.area.quantiles[100]).toBe(sorted[sorted.length - 1]);
    const middle = (sorted.length - 1) / 2;
    const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
    expect(found.area.median).toBeCloseTo(median, 15);
    expect(found.area.quantiles[50]).toBe(found.area.median);
    expect(Math.abs(found.area.total - 4)).toBeLessThan(1e-14);
    expect(found.area.total).toBeCloseTo(totalArea(complex), 14);
    expect(found.degreeCounts.reduce((sum, n) => sum + n)).toBe(complex.faceCount);
    expect(found.degree.mean).toBeLessThan(4);
  });

  it('begins its lists with the same regions however long they are', () => {
    const complex = subdivide(counted('2-32-32-32-1'), BOX);
    const short = regionStatistics(complex, { top: 25 });
    const long = regionStatistics(complex, { top: complex.faceCount });
    for (const name of ['largest', 'smallest', 'mostNeighboured'] as const) {
      expect(long[name].slice(0, 25)).toEqual(short[name]);
      expect(new Set(long[name]).size).toBe(complex.faceCount);
    }
  });

  it('has lists no longer than there are regions', () => {
    const found = regionStatistics(cross(), { top: 100 });
    expect(found.largest.length).toBe(4);
    expect(regionStatistics(cross(), { top: 0 }).largest).toEqual([]);
  });
});

describe('creaseLength', () => {
  it.each(cases().map(({ net, file }) => [file.name, net, file] as const))(
    'is that worked out for %s',
    (_, net, file) => {
      const complex = subdivide(net, BOX);
      const found = creaseLength(net, complex);
      const truth = file.expect.count.interior_boundary_length;
      expect(Math.abs(found.total / truth - 1)).toBeLessThan(1e-14);
      const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
      expect(sum(found.perLayer)).toBeCloseTo(found.total, 12);
      expect(sum(found.perNeuron)).toBeCloseTo(found.total, 12);
    },
  );

  it('adds up over the layers and over four quarters of the window', () => {
    const net = counted('2-32-32-32-1');
    const complex = subdivide(net, BOX);
    const whole = creaseLength(net, complex);
    const [u, v] = [0.1, -0.3];
    const quarters = [
      { xMin: -1, xMax: u, yMin: -1, yMax: v },
      { xMin: u, xMax: 1, yMin: -1, yMax: v },
      { xMin: -1, xMax: u, yMin: v, yMax: 1 },
      { xMin: u, xMax: 1, yMin: v, yMax: 1 },
    ].map((window) => creaseLength(net, complex, { window }));
    expect(quarters.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(whole.total, 11);
    whole.perNeuron.forEach((length, neuron) => {
      const parts = quarters.reduce((sum, { perNeuron }) => sum + perNeuron[neuron], 0);
      expect(parts).toBeCloseTo(length, 11);
    });
    const cut = { xMin: u, xMax: 1, yMin: v, yMax: 1 };
    expect(creaseLength(net, subdivide(net, cut)).total).toBeCloseTo(quarters[3].total, 11);
  });

  it('leaves out creases on the border of the window, and all outside', () => {
    const net = named('cross');
    const window = { xMin: 0, xMax: 0.5, yMin: -0.25, yMax: 3 };
    expect(creaseLength(net, cross(), { window })).toEqual({
      total: 0.5,
      perLayer: Float64Array.of(0.5),
      perNeuron: Float64Array.of(0, 0.5),
    });
    const away = { xMin: 2, xMax: 3, yMin: 2, yMax: 3 };
    expect(creaseLength(net, cross(), { window: away }).total).toBe(0);
    expect(() => creaseLength(net, cross(), { window: { ...away, xMax: 2 } })).toThrow(InputError);
  });

  it('of the boundary between linear regions leaves out creases that cancel', () => {
    // relu(x) − relu(−x) is x: no crease is left of it; relu(y) keeps its own.
    const net = networkFromJson({
      layers: [
        {
          W: [
            [1, 0],
            [-1, 0],
            [0, 1],
          ],
          b: [0, 0, 0],
        },
        { W: [[1, -1, 1]], b: [0] },
      ],
    });
    const complex = subdivide(net, BOX);
    const { changes } = linearRegions(net, complex);
    expect(creaseLength(net, complex).total).toBe(4);
    const linear = creaseLength(net, complex, { changes });
    expect(linear.total).toBe(2);
    expect(Array.from(linear.perNeuron)).toEqual([0, 0, 2]);
  });

  it('adds up thousands of edges as if in whole numbers', () => {
    const net = counted('2-64-64-64-1');
    const complex = subdivide(net, BOX);
    let scaled = 0n;
    for (let h = 0; h < complex.twin.length; h++) {
      const t = complex.twin[h];
      if (t < h) continue;
      const [p, q] = [2 * complex.origin[h], 2 * complex.origin[t]];
      const c = complex.coordinates;
      scaled += BigInt(Math.round(Math.hypot(c[q] - c[p], c[q + 1] - c[p + 1]) * 2 ** 52)) << 20n;
    }
    expect(
      Math.abs(creaseLength(net, complex).total / (Number(scaled) / 2 ** 72) - 1),
    ).toBeLessThan(1e-14);
  });

  it('gives the mean number of regions near a point (Steiner)', () => {
    // ∫ N_r = A + r (2 · length + perimeter) + π r² F, where N_r(x) counts the regions nearer to x than r.
    const net = named('2_8_8_1');
    const complex = subdivide(net, BOX);
    const r = 0.1;
    const { total } = creaseLength(net, complex);
    const steiner = 4 + r * (2 * total + 8) + Math.PI * r * r * complex.faceCount;
    const polygons = Array.from({ length: complex.faceCount }, (_, face) => {
      const list: number[] = [];
      for (let h = complex.faceStart[face]; h < complex.faceStart[face + 1]; h++)
        list.push(
          complex.coordinates[2 * complex.origin[h]],
          complex.coordinates[2 * complex.origin[h] + 1],
        );
      return list;
    });
    const n = 300;
    const step = (2 + 2 * r) / n;
    let meets = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const [x, y] = [(i + 0.5) * step - 1 - r, (j + 0.5) * step - 1 - r];
        for (const polygon of polygons) if (distance2(polygon, x, y) < r * r) meets++;
      }
    expect(meets * step * step).toBeCloseTo(steiner, 1);
    expect(Math.abs((meets * step * step) / steiner - 1)).toBeLessThan(1e-3);
  });
});

/** Squared distance of a point from a convex polygon x, y, x, y, … */
function distance2(polygon: readonly number[], x: number, y: number): number {
  let inside = true;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < polygon.length; i += 2) {
    const [ax, ay] = [polygon[i] - x, polygon[i + 1] - y];
    const k = (i + 2) % polygon.length;
    const [dx, dy] = [polygon[k] - polygon[i], polygon[k + 1] - polygon[i + 1]];
    if (dy * ax - dx * ay < 0) inside = false;
    const t = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
    nearest = Math.min(nearest, (ax + t * dx) ** 2 + (ay + t * dy) ** 2);
  }
  return inside ? 0 : nearest;
}
