import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { algorithmOne, type Variant } from '../../../src/bounds/algorithmOne.ts';
import { powerOfTwo, zaslavsky } from '../../../src/bounds/regionBounds.ts';
import { networkFromJson } from '../../../src/network/json.ts';

interface Expected {
  layers: { A: number[]; P: number[]; S: number[]; U: number[]; U_raw: number[]; C: number }[];
  C: number;
  C_per_layer: number[];
  bound_2C: number;
  bound_zaslavsky: number;
}

const folder = new URL('../../cases/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => /^\d/.test(name))
  .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }));

const close = (got: Float64Array, want: number[]) =>
  got.forEach((value, j) => {
    expect(Math.abs(value - want[j])).toBeLessThanOrEqual(1e-12 * Math.abs(want[j]));
  });

describe('Algorithm 1 on the networks with known answers', () => {
  for (const file of cases)
    for (const [at, item] of file.expect.bounds.entries())
      for (const [variant, key] of [
        ['printed', 'paper'],
        ['guarded', 'guarded'],
      ] as [Variant, string][])
        it(`is right on ${file.name}, ball ${at}, ${variant}`, () => {
          const want: Expected = item[key];
          const { layers, C } = algorithmOne(networkFromJson(file), item.c, item.r, variant);
          expect(C).toBe(want.C);
          layers.forEach((layer, k) => {
            close(layer.A, want.layers[k].A);
            close(layer.U, want.layers[k].U);
            close(layer.rawU, want.layers[k].U_raw);
            expect([...layer.P]).toEqual(want.layers[k].P);
            expect([...layer.S]).toEqual(want.layers[k].S);
          });
          const counts = layers.map((layer) => layer.C);
          expect(counts).toEqual(want.C_per_layer);
          expect(powerOfTwo(C)).toBe(BigInt(want.bound_2C));
          expect(zaslavsky(counts, 2)).toBe(BigInt(want.bound_zaslavsky));
        });
});

describe('Algorithm 1', () => {
  const cross = networkFromJson(cases.find((c) => c.name.startsWith('02')));

  it.each([
    [[0], 1, /1 coordinates/],
    [[0, Number.NaN], 1, /finite/],
    [[0, 0], -1, /radius/],
    [[0, 0], Number.POSITIVE_INFINITY, /radius/],
  ])('refuses the centre %j with radius %d', (x, r, message) => {
    expect(() => algorithmOne(cross, x, r)).toThrow(message);
  });

  it('does not lose radius or weights whose squares leave the range of numbers', () => {
    const tiny = networkFromJson({
      layers: [
        { W: [[3e-200, 4e-200]], b: [1e-200] },
        { W: [[1]], b: [0] },
      ],
    });
    expect(algorithmOne(tiny, [0, 0], 1).layers[0].rawU[0]).toBeCloseTo(5e-200, 210);
    expect(algorithmOne(tiny, [0, 0], 1).C).toBe(1);
    expect(algorithmOne(tiny, [0, 0], 0.1).C).toBe(0);
  });
});

describe('Zaslavsky’s product', () => {
  it('equals 2^C while no layer has more than d undecided neurons, and is smaller beyond', () => {
    expect(zaslavsky([2, 1, 0], 2)).toBe(8n);
    expect(zaslavsky([3], 2)).toBe(7n);
    expect(zaslavsky([8, 8], 2)).toBe(1369n);
    expect(zaslavsky([64], 784)).toBe(2n ** 64n);
  });
});
