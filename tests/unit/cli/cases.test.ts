import { describe, expect, it } from 'vitest';
import { answer, cases, expectedCounts } from './run.ts';

interface Count {
  activationRegions: number;
  linearRegions: number;
  vertices: number;
  edges: number;
  faces: number;
  area: number;
  ms: number;
}

const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));

function closeLists(actual: number[], expected: number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    close(value, expected[i]);
  });
}

/** The same corners in the same turn, wherever the lists begin. */
function samePolygon(actual: number[][], expected: number[][]): void {
  expect(actual.length).toBe(expected.length);
  const apart = ([x, y]: number[], [u, v]: number[]) => Math.hypot(x - u, y - v);
  const distances = actual.map((corner) => apart(corner, expected[0]));
  const first = distances.indexOf(Math.min(...distances));
  expected.forEach((corner, i) => {
    closeLists(actual[(first + i) % actual.length], corner);
  });
}

it('finds the case files', () => {
  expect(cases.length).toBeGreaterThanOrEqual(12);
  expect(expectedCounts.length).toBeGreaterThanOrEqual(8);
});

describe.each(cases)('the command on $name', ({ path, expect: expected }) => {
  it('counts its regions', async () => {
    const count = (await answer(['count', path, '--box', expected.box.join()])) as Count;
    expect(count).toEqual({
      activationRegions: expected.count.activation_regions,
      linearRegions: expected.count.linear_regions,
      vertices: expected.count.V,
      edges: expected.count.E,
      faces: expected.count.F,
      exact: true,
      exactDecisions: expect.any(Number),
      area: expect.closeTo(4, 11),
      ms: expect.any(Number),
    });
  });

  it('samples no more regions in its discs than there are, and in wide ones more than one', async () => {
    for (const { c, r, activation_regions } of expected.discs) {
      const words = ['bound', path, '--at', c.join(), '--r', String(r), '--samples', '400'];
      const { atLeast, samples, bound } = (await answer([...words, '--seed', '7'])) as {
        atLeast: number;
        samples: number;
        bound: string;
      };
      expect(samples).toBe(400);
      expect(atLeast).toBeLessThanOrEqual(activation_regions);
      expect(BigInt(atLeast)).toBeLessThanOrEqual(BigInt(bound));
      expect(atLeast > 1).toBe(activation_regions > 1);
      expect(await answer([...words, '--seed', '7'])).toHaveProperty('atLeast', atLeast);
    }
  });

  it('counts the regions that meet its discs', async () => {
    for (const { c, r, activation_regions, linear_regions } of expected.discs)
      expect(await answer(['disc', path, '--at', c.join(), '--r', String(r)])).toEqual({
        activationRegions: activation_regions,
        linearRegions: linear_regions,
      });
  });

  it('bounds the regions in its balls, guarded and as printed', async () => {
    for (const { c, r, paper, guarded } of expected.bounds)
      for (const [variant, bounds] of [
        ['printed', paper],
        ['guarded', guarded],
      ] as const) {
        const words = ['bound', path, '--at', c.join(), '--r', String(r), '--variant', variant];
        const given = (await answer(words)) as typeof bounds & { bound: string; zaslavsky: string };
        expect(given.C).toBe(bounds.C);
        expect(given.bound).toBe(String(bounds.bound_2C));
        expect(given.zaslavsky).toBe(String(bounds.bound_zaslavsky));
        expect(given.layers.length).toBe(bounds.layers.length);
        given.layers.forEach((layer, k) => {
          expect(Object.keys(layer)).toEqual(['A', 'U', 'P', 'S', 'C']);
          expect([layer.P, layer.S, layer.C]).toEqual([
            bounds.layers[k].P,
            bounds.layers[k].S,
            bounds.layers[k].C,
          ]);
          closeLists(layer.A, bounds.layers[k].A);
          closeLists(layer.U, bounds.layers[k].U);
        });
      }
  });

  it('follows its segments', async () => {
    for (const { p, q, activation_pieces, linear_pieces, breakpoints_t } of expected.lines) {
      const given = (await answer(['line', path, '--from', p.join(), '--to', q.join()])) as {
        activationRegions: number;
        linearRegions: number;
        crossings: number[];
      };
      expect(given.activationRegions).toBe(activation_pieces);
      expect(given.linearRegions).toBe(linear_pieces);
      closeLists(given.crossings, breakpoints_t);
    }
  });

  it('describes the regions around its points', async () => {
    for (const { x, box, area, vertices } of expected.inspheres) {
      const words = ['region', path, '--at', x.join(), '--box', box.join()];
      const given = (await answer(words)) as { polygon: number[][]; area: number };
      samePolygon(given.polygon, vertices);
      close(given.area, area);
    }
  });

  it('finds the distance to the nearest crease', async () => {
    for (const { x, distance, neuron } of expected.distances) {
      const given = (await answer(['distance', path, '--at', x.join()])) as {
        distance: number | null;
        layer: number | null;
        neuron: number | null;
      };
      if (distance === null || given.distance === null) {
        expect(given).toEqual({ distance, layer: null, neuron: null });
        continue;
      }
      close(given.distance, distance);
      // Several neurons share the nearest crease in two of the cases.
      if (/06_merge|07_saw/.test(path))
        expect(Number.isInteger(given.layer) && Number.isInteger(given.neuron)).toBe(true);
      else expect([given.layer, given.neuron]).toEqual(neuron);
    }
  });
});

describe.each(expectedCounts)('the command on %s', (_, path, expected) => {
  it('counts its activation regions, with faces that fit together', async () => {
    const count = (await answer(['count', path])) as Count;
    expect(count.activationRegions).toBe(expected);
    expect(count.faces).toBe(expected);
    expect(count.linearRegions).toBeLessThanOrEqual(expected);
    expect(count.vertices - count.edges + count.faces).toBe(1);
    expect(Math.abs(count.area - 4)).toBeLessThan(4e-12);
  });
});
