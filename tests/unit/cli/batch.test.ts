import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { localBounds } from '../../../src/bounds/ladder.ts';
import { boundMethods } from '../../../src/bounds/methods.ts';
import { zaslavsky } from '../../../src/bounds/regionBounds.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkToJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import { npyFile } from './npyFile.ts';
import { type Files, run } from './run.ts';

const network = (widths: number[]): Model =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 3 });

const plane = network([2, 9, 7, 1]);
const POINTS = [
  [0.25, -0.5],
  [1, 0],
  [-0.125, 0.75],
];
const NETS = {
  'net.json': JSON.stringify(networkToJson(plane)),
  'wide.json': JSON.stringify(networkToJson(network([36, 250, 128, 1]))),
};

const batch = (words: string, files: Files) =>
  run(`bound net.json --compute reference ${words}`.split(' '), { ...NETS, ...files });

/** The rows that the single form of the command implies. */
function expectedRows(net: Model, points: number[][], radii: number[]): string[] {
  const rows = points.map((x, i) => {
    const { layers, C } = algorithmOne(net, x, radii[i]);
    const counts = layers.map((layer) => layer.C);
    const product = zaslavsky(counts, x.length);
    const log2 = Math.round(Math.log2(Number(product)) * 1e6) / 1e6;
    return [i, ...counts, C, product, log2].join();
  });
  return ['index,C_0,C_1,C,zaslavsky,log2_zaslavsky', ...rows];
}

const lines = (text: string) => text.trimEnd().split('\n');

describe('bounds around the centres of a file', () => {
  const expected = expectedRows(plane, POINTS, [0.25, 0.25, 0.25]);

  it.each([
    ['bare numbers', '0.25,-0.5\n1,0\n-0.125,0.75\n'],
    ['column titles', 'x,y\n0.25,-0.5\n1,0\n-0.125,0.75'],
    [
      'quotes, spaces, empty lines and Windows line ends',
      '"x", "y, up"\r\n "0.25" ,-.5\r\n\r\n1 , 0.0e0\r\n-0.125,\t75e-2\r\n',
    ],
    ['a byte order mark and old Mac line ends', '\uFEFF0.25,-0.5\r1,0\r-0.125,0.75\r'],
  ])('are those of the single form, from a CSV file with %s', async (_, content) => {
    const { code, out, error } = await batch('--centres c.csv --radius .25', { 'c.csv': content });
    expect([code, error]).toEqual([0, '']);
    expect(lines(out)).toEqual(expected);
  });

  const types = ['<f8', '>f8', '<f4', '>f4'];
  const shapes = types.flatMap((type) =>
    [false, true].flatMap((fortran) => [1, 2, 3].map((version) => ({ type, fortran, version }))),
  );
  it.each(shapes)(
    'are those of the single form, from a .npy file: $type, Fortran order $fortran, version $version',
    async ({ type, fortran, version }) => {
      const file = npyFile(POINTS, [3, 2], { type, fortran, version });
      const { code, out, error } = await batch('--centres c.npy --radius .25', { 'c.npy': file });
      expect([code, error]).toEqual([0, '']);
      expect(lines(out)).toEqual(expected);
    },
  );

  it.each(['|i1', '<i2', '>i4', '<i8', '>i8', '|u1', '>u2', '<u4', '<u8'])(
    'reads whole numbers of the type %s',
    async (type) => {
      const low = type.includes('u') ? 0 : -100;
      const points = [
        [low, 3],
        [100, 0],
      ];
      const { out } = await batch('--centres c.npy --radius 2', {
        'c.npy': npyFile(points, [2, 2], { type }),
      });
      expect(lines(out)).toEqual(expectedRows(plane, points, [2, 2]));
    },
  );

  it('takes a .npy array of one axis for one centre', async () => {
    const { out } = await batch('--centres c.npy --radius .25', {
      'c.npy': npyFile([POINTS[0]], [2], {}),
    });
    expect(lines(out)).toEqual(expected.slice(0, 2));
  });

  it('takes a .npy array of one axis for many centres of a network with one input', async () => {
    const line = network([1, 9, 7, 1]);
    const { out } = await batch('--centres c.npy --radius .25', {
      'net.json': JSON.stringify(networkToJson(line)),
      'c.npy': npyFile([[0.5, -0.25, 2]], [3], {}),
    });
    expect(lines(out)).toEqual(expectedRows(line, [[0.5], [-0.25], [2]], [0.25, 0.25, 0.25]));
  });

  const radii = [0.125, 0.5, 2];
  const ragged = expectedRows(plane, POINTS, radii);
  it.each<[string, string, Files]>([
    ['a CSV file', '--radii r.csv', { 'r.csv': 'r\n0.125\n.5\n2\n' }],
    ['a .npy file', '--radii r.npy', { 'r.npy': npyFile([radii], [3], {}) }],
  ])('take a radius each from %s', async (_, words, files) => {
    const { out, error } = await batch(`--centres c.npy ${words}`, {
      'c.npy': npyFile(POINTS, [3, 2], {}),
      ...files,
    });
    expect(error).toBe('');
    expect(lines(out)).toEqual(ragged);
  });

  it.each(['r', '2'])('take the radius from the column %s', async (column) => {
    const content = `x,r,y\n${POINTS.map(([x, y], i) => `${x},${radii[i]},${y}\n`).join('')}`;
    const { out } = await batch(`--centres c.csv --radius-column ${column}`, { 'c.csv': content });
    expect(lines(out)).toEqual(ragged);
  });

  it.each(boundMethods)('are those of the method that is asked for: %s', async (method) => {
    const { out } = await batch(`--centres c.npy --radius .5 --method ${method}`, {
      'c.npy': npyFile(POINTS, [3, 2], {}),
    });
    const counts = POINTS.map((x, i) => {
      const { layers, C, zaslavsky: product } = localBounds(plane, x, 0.5, method);
      return [i, ...layers.map((layer) => layer.C), C, product].join();
    });
    expect(lines(out).slice(1)).toEqual(
      counts.map((row) => expect.stringMatching(new RegExp(`^${row},[\\d.]+$`))),
    );
  });

  it('stand beside what samples show, in CSV and in JSON, as the single form samples each ball', async () => {
    const files = { 'c.npy': npyFile(POINTS, [3, 2], {}), 'r.csv': '0.5\n2\n0.000001' };
    const words = '--centres c.npy --radii r.csv --samples 300 --seed 7';
    const { out, error } = await batch(words, files);
    expect(error).toBe('');
    const json = await batch(`${words} --format json`, files);
    const rows: { atLeast: number; zaslavsky: string }[] = JSON.parse(json.out);
    const [head, ...table] = lines(out);
    expect(head).toBe('index,C_0,C_1,C,zaslavsky,log2_zaslavsky,at_least');
    for (const [i, radius] of [0.5, 2, 0.000001].entries()) {
      const at = `--at ${POINTS[i].join()} --r ${radius} --samples 300 --seed 7`;
      const single = await run(['bound', 'net.json', ...at.split(' ')], NETS);
      const { atLeast } = JSON.parse(single.out);
      expect(rows[i].atLeast).toBe(atLeast);
      expect(table[i].split(',')[6]).toBe(String(atLeast));
      expect(BigInt(atLeast)).toBeLessThanOrEqual(BigInt(rows[i].zaslavsky));
    }
    expect(rows[0].atLeast).toBeGreaterThan(1);
    expect(rows[2].atLeast).toBe(1);
  });

  it('are written to a file, as JSON when its name says so', async () => {
    const { out, written } = await batch('--centres c.csv --radius .25 --out b.json', {
      'c.csv': '0.25,-0.5\n1,0',
    });
    expect(out).toBe('');
    const rows = expected.slice(1, 3).map((row) => row.split(','));
    expect(JSON.parse(written['b.json'])).toEqual(
      rows.map(([index, c0, c1, C, product, log2]) => ({
        index: Number(index),
        counts: [Number(c0), Number(c1)],
        C: Number(C),
        zaslavsky: product,
        log2Zaslavsky: Number(log2),
      })),
    );
  });

  it('are an empty table for a file without rows', async () => {
    const files = { 'c.npy': npyFile([], [0, 2], {}), 'c.csv': 'x,y\n' };
    for (const name of Object.keys(files)) {
      expect((await batch(`--centres ${name} --radius 1`, files)).out).toBe(`${expected[0]}\n`);
      const { out } = await batch(`--centres ${name} --radius 1 --format json`, files);
      expect(JSON.parse(out)).toEqual([]);
    }
  });

  it('give the logarithm alone where the product is too long for a table', async () => {
    const { out, error } = await run(
      'bound wide.json --compute reference --centres c.csv --radius 50'.split(' '),
      { ...NETS, 'c.csv': Array(36).fill('0.5').join() },
    );
    expect(error).toBe('');
    const [, c0, c1, , product, log2] = lines(out)[1].split(',');
    const exact = zaslavsky([Number(c0), Number(c1)], 36);
    expect(String(exact).length).toBeGreaterThan(65);
    expect(product).toBe('');
    expect(Number(log2)).toBeCloseTo(Math.log2(Number(exact)), 5);
  });

  it('come in pieces that fit the memory, and in order', async () => {
    const count = 150_000;
    const rows = Array.from({ length: count }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    const { out } = await batch('--centres c.npy --radius .25', {
      'c.npy': npyFile(rows, [count, 2], { fortran: true }),
    });
    const table = lines(out);
    expect(table.length).toBe(count + 1);
    for (const i of [0, 65_535, 65_536, 131_072, count - 1])
      expect(table[i + 1]).toBe(expectedRows(plane, [rows[i]], [0.25])[1].replace(/^0,/, `${i},`));
  });
});
