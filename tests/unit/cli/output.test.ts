import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../../cli/src/verbs/registry.ts';
import { answer, PLANE, run } from './run.ts';

const net = (layers: unknown, more: object = {}) => JSON.stringify({ layers, ...more });

describe('help', () => {
  it('lists every verb, and costs nothing', async () => {
    for (const words of [['--help'], ['-h']]) {
      const { code, out, error } = await run(words);
      expect([code, error]).toEqual([0, '']);
      for (const { name } of verbs) expect(out).toContain(name);
    }
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))(
    'of %s names its options',
    async (name, verb) => {
      for (const words of [
        [name, '--help'],
        [name, PLANE, '-h', '--nonsense'],
      ]) {
        const { code, out, error } = await run(words);
        expect([code, error]).toEqual([0, '']);
        for (const option of verb.options)
          expect(out).toContain(`--${option.name}${option.value ? ` ${option.value}` : ''}`);
      }
    },
  );
});

describe('--version', () => {
  it('prints the version of the package, which is that of the whole repository', async () => {
    const { code, out, error } = await run(['--version']);
    expect([code, error]).toEqual([0, '']);
    for (const name of ['package.json', 'cli/package.json']) {
      const file = readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
      expect(out).toBe(`${JSON.parse(file).version}\n`);
    }
  });
});

describe('output', async () => {
  it('is one line with one JSON object', async () => {
    const { out } = await run(['distance', PLANE, '--at', '0.5,0.25']);
    expect(out).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(out)).toEqual({ distance: 0.25, layer: 0, neuron: 1 });
  });

  it('gives a region thinner than rounding its true area, and says that its circle leans on the box', async () => {
    // ½ (1/3 − 1/(3 + 2⁻⁵¹)), between two creases through 0 whose slopes differ by a last bit, in [−1, 1]²: a triangle of height 1.
    const W = [
      [1, 3],
      [1, 3 + 2 ** -51],
    ];
    const file = {
      'n.json': net([
        { W, b: [0, 0] },
        { W: [[1, 1]], b: [0] },
      ]),
    };
    const found = await answer(['region', 'n.json', '--at', '-1,0.3333333333333333'], file);
    expect(found).toMatchObject({
      pattern: [[0, 1]],
      polygon: [
        [-1, 0.33333333333333326],
        [0, 0],
        [-1, 0.3333333333333333],
      ],
      area: 2.467162276944792e-17,
      insphere: { touchesBox: true },
    });
  });

  it('describes a region: pattern, affine map, corners, area', async () => {
    // f = relu(x) + relu(y) above the two axes.
    expect(await answer(['region', PLANE, '--at', '0.5,-0.25'])).toEqual({
      pattern: [[1, 0]],
      A: [[1, 0]],
      b: [0],
      polygon: expect.arrayContaining([
        [0, -1],
        [1, -1],
        [1, 0],
        [0, 0],
      ]),
      area: 1,
      cutByBox: true,
      insphere: { x: 0.5, y: -0.5, r: 0.5, touchesBox: true },
      linearRegion: { index: expect.any(Number), cells: 1, area: 1 },
      neighbours: expect.arrayContaining([
        {
          layer: 0,
          neuron: 0,
          flips: [{ layer: 0, neuron: 0 }],
          edge: [
            [0, 0],
            [0, -1],
          ],
          area: 1,
          at: [-0.5, -0.5],
          sameMap: false,
        },
        {
          layer: 0,
          neuron: 1,
          flips: [{ layer: 0, neuron: 1 }],
          edge: [
            [1, 0],
            [0, 0],
          ],
          area: 1,
          at: [0.5, 0.5],
          sameMap: false,
        },
      ]),
    });
  });

  it('tells which cells share the affine map of a region, and what else flips at its edges', async () => {
    // Twice relu(x), once each way: one crease, which is none of the function's; relu(y) has its own.
    const W = [
      [1, 0],
      [2, 0],
      [0, 1],
      [4, 0],
    ];
    const files = {
      'twins.json': net([
        { W, b: [0, 0, 0, -2] },
        { W: [[2, -1, 1, 1]], b: [0] },
      ]),
    };
    const found = await answer(['region', 'twins.json', '--at', '0.25,-0.5'], files);
    expect(found).toMatchObject({
      cutByBox: true,
      area: 0.5,
      linearRegion: { cells: 2, area: 1.5 },
    });
    const { neighbours } = found as { neighbours: { at: [number, number] }[] };
    expect(neighbours.sort((p, q) => p.at[0] - q.at[0])).toMatchObject([
      {
        neuron: 0,
        flips: [
          { layer: 0, neuron: 0 },
          { layer: 0, neuron: 1 },
        ],
        sameMap: true,
        area: 1,
      },
      { neuron: 2, sameMap: false, area: 0.5 },
      { neuron: 3, flips: [{ layer: 0, neuron: 3 }], sameMap: false, area: 0.5 },
    ]);
  });

  it('says when a region lies within the box', async () => {
    const triangle = PLANE.replace('02_cross', '03_triangle_345');
    expect(await answer(['region', triangle, '--at', '0,-0.25'])).toMatchObject({
      cutByBox: false,
      insphere: { x: 0, y: -0.25, r: 0.25, touchesBox: false },
    });
  });

  it('measures regions and creases', async () => {
    const four = { min: 1, median: 1, mean: 1, max: 1, total: 4, deciles: new Array(11).fill(1) };
    const two = { min: 2, median: 2, mean: 2, max: 2, total: 8, deciles: new Array(11).fill(2) };
    const list = new Array(3).fill({
      at: [expect.any(Number), expect.any(Number)],
      area: 1,
      r: 0.5,
      neighbours: 2,
    });
    expect(await answer(['stats', PLANE, '--top', '3'])).toEqual({
      activationRegions: 4,
      linearRegions: 4,
      area: four,
      neighbours: two,
      neighbourCounts: [0, 0, 4],
      creaseLength: { activation: 4, linear: 4, perLayer: [4], perNeuron: [2, 2] },
      largest: list,
      smallest: list,
      mostNeighboured: list,
    });
  });

  it('looks for the nearest crease in a direction only, if one is given', async () => {
    const words = ['distance', PLANE, '--at', '0.5,0.25', '--direction'];
    expect(await answer([...words, '-2,0'])).toEqual({ distance: 0.5, layer: 0, neuron: 0 });
    expect(await answer([...words, '1,1'])).toEqual({ distance: null, layer: null, neuron: null });
  });

  it('gives the corners counter-clockwise', async () => {
    const { polygon, area } = (await answer([
      'region',
      PLANE,
      '--at',
      '-0.5,0.5',
      '--box',
      '-1,2,-3,4',
    ])) as {
      polygon: [number, number][];
      area: number;
    };
    let twice = 0;
    polygon.forEach(([x, y], i) => {
      const [u, v] = polygon[(i + 1) % polygon.length];
      twice += x * v - u * y;
    });
    expect(twice / 2).toBe(4);
    expect(area).toBe(4);
  });

  it('takes a point on a crease for a point of a region that touches it', async () => {
    const { pattern } = (await answer(['region', PLANE, '--at', '0,0.5'])) as {
      pattern: number[][];
    };
    expect(pattern[0][1]).toBe(1);
    expect((await run(['region', PLANE, '--at', '1,1'])).code).toBe(0);
    expect((await run(['region', PLANE, '--at', '0,0'])).code).toBe(0);
  });

  it('gives one row of A and one b for every output', async () => {
    const files = {
      'two.json': net([
        { W: [[1, 0]], b: [-0.5] },
        { W: [[2], [-3]], b: [1, 2] },
      ]),
    };
    expect(await answer(['region', 'two.json', '--at', '0.75,0'], files)).toMatchObject({
      A: [
        [2, 0],
        [-3, 0],
      ],
      b: [0, 3.5],
    });
  });

  it('has no negative zero', async () => {
    const files = {
      'minus.json': net([
        { W: [[1, 0]], b: [0] },
        { W: [[-1]], b: [0] },
      ]),
    };
    expect((await run(['region', 'minus.json', '--at', '-0.5,0'], files)).out).not.toMatch(
      /-0[,\]}]/,
    );
  });

  it('says null when there is no crease to be near to', async () => {
    const files = { 'affine.json': net([{ W: [[1, 2]], b: [3] }]) };
    expect(await answer(['distance', 'affine.json', '--at', '0,0'], files)).toEqual({
      distance: null,
      layer: null,
      neuron: null,
    });
  });

  it('treats a network without hidden layers as one region', async () => {
    const files = { 'affine.json': net([{ W: [[1, 2]], b: [3] }]) };
    expect(await answer(['count', 'affine.json'], files)).toMatchObject({
      activationRegions: 1,
      linearRegions: 1,
      vertices: 4,
      edges: 4,
      area: 4,
    });
    expect(await answer(['bound', 'affine.json', '--at', '0,0', '--r', '1'], files)).toEqual({
      layers: [],
      C: 0,
      bound: '1',
      zaslavsky: '1',
    });
  });

  it('bounds, cuts and measures in any number of dimensions', async () => {
    const files = {
      'five.json': net([
        {
          W: [
            [3, 0, 0, 0, 4],
            [0, 1, 0, 0, 0],
          ],
          b: [0, 2],
        },
        { W: [[1, 1]], b: [0] },
      ]),
    };
    expect(await answer(['distance', 'five.json', '--at', '1,0,0,0,1'], files)).toEqual({
      distance: 1.4,
      layer: 0,
      neuron: 0,
    });
    expect(
      await answer(['bound', 'five.json', '--at', '1,0,0,0,1', '--r', '1.5'], files),
    ).toMatchObject({
      layers: [{ A: [7, 2], S: [1, 0], C: 1 }],
      bound: '2',
      zaslavsky: '2',
    });
    expect(
      await answer(['line', 'five.json', '--from', '-1,0,0,0,0', '--to', '3,0,0,0,0'], files),
    ).toEqual({ activationRegions: 2, linearRegions: 2, crossings: [0.25] });
  });

  it('prints huge bounds to the last digit', async () => {
    const neurons = Array.from({ length: 200 }, (_, i) => i);
    const files = {
      'wide.json': net([
        { W: neurons.map((i) => [1, i]), b: neurons.map(() => 0) },
        { W: [neurons.map(() => 1)], b: [0] },
      ]),
    };
    expect(await answer(['bound', 'wide.json', '--at', '0,0', '--r', '1'], files)).toMatchObject({
      C: 200,
      bound: String(2n ** 200n),
      zaslavsky: String(1 + 200 + (200 * 199) / 2),
    });
  });
});

describe('what a network file does not say', () => {
  const file = JSON.stringify({ '0.weight': [[1, 0]], '0.bias': [0], '2.weight': [[1]] });

  it('is named beside the answer and in it', async () => {
    const { out, error } = await run(['count', 'net.json'], { 'net.json': file });
    expect(JSON.parse(out)).toMatchObject({ activationRegions: 2, assumed: ['activation relu'] });
    expect(error).toBe('reluscope: net.json: assumed: activation relu\n');
    const quiet = await run(['count', 'net.json', '--quiet'], { 'net.json': file });
    expect(quiet.error).toBe('');
    expect(JSON.parse(quiet.out).assumed).toEqual(['activation relu']);
  });

  it('is named beside a table', async () => {
    const words = 'bound net.json --centres c --radius 1 --compute reference'.split(' ');
    const { out, error } = await run(words, { 'net.json': file, c: '0,0\n' });
    expect(out).toMatch(/^index/);
    expect(error).toBe('reluscope: net.json: assumed: activation relu\n');
  });
});
