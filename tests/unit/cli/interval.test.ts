import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, run } from './run.ts';

const json = (layers: readonly { W: readonly (readonly number[])[]; b: readonly number[] }[]) =>
  JSON.stringify({ layers });

/** Three tent maps, each 2 relu(x) − 4 relu(x − 1/2): eight teeth on [0, 1]. */
const TEETH = json([
  { W: [[1], [1]], b: [0, -0.5] },
  {
    W: [
      [2, -4],
      [2, -4],
    ],
    b: [0, -0.5],
  },
  {
    W: [
      [2, -4],
      [2, -4],
    ],
    b: [0, -0.5],
  },
  { W: [[2, -4]], b: [0] },
]);

interface Count {
  activationRegions: number;
  linearRegions: number;
  vertices: number;
  edges: number;
  faces: number;
}

describe('count of a network with one input', () => {
  it('counts along an interval', async () => {
    expect(await answer(['count', 'net', '--box', '0,1'], { net: TEETH })).toEqual({
      activationRegions: 8,
      linearRegions: 8,
      vertices: 9,
      edges: 8,
      faces: 0,
      exact: true,
      length: 1,
      ms: expect.any(Number),
    });
    // Left of 0 all neurons of the first layer are off.
    expect(await answer(['count', 'net'], { net: TEETH })).toMatchObject({
      activationRegions: 9,
      length: 2,
    });
  });

  it('does not count a crease at an end, and no pattern that has a point only', async () => {
    // |x| and −|x|: the second is 0 at one point and negative elsewhere.
    const net = json([
      { W: [[1], [-1]], b: [0, 0] },
      {
        W: [
          [1, 1],
          [-1, -1],
        ],
        b: [0, 0],
      },
      { W: [[1, 0]], b: [0] },
    ]);
    const regions = async (box: string) =>
      ((await answer(['count', 'net', '--box', box], { net })) as Count).activationRegions;
    expect(await regions('0,1')).toBe(1);
    expect(await regions('-1,0')).toBe(1);
    expect(await regions('-1,1')).toBe(2);
    expect(await regions('-1e-300,1e300')).toBe(2);
  });

  it('counts the strips that the same network cuts from a box of the plane', async () => {
    const small = fc.integer({ min: -2, max: 2 }).map((v) => v / 2);
    const layer = (inputs: number, outputs: number) =>
      fc.record({
        W: fc.array(fc.array(small, { minLength: inputs, maxLength: inputs }), {
          minLength: outputs,
          maxLength: outputs,
        }),
        b: fc.array(small, { minLength: outputs, maxLength: outputs }),
      });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(layer(1, 4), layer(4, 3), layer(3, 3), layer(3, 2)),
        async ([first, ...rest]) => {
          const strips = { ...first, W: first.W.map(([w]) => [w, 0]) };
          const files = { line: json([first, ...rest]), plane: json([strips, ...rest]) };
          const line = (await answer(['count', 'line', '--box', '-2,1.5'], files)) as Count;
          const plane = (await answer(['count', 'plane', '--box', '-2,1.5,0,1'], files)) as Count;
          expect([line.activationRegions, line.linearRegions]).toEqual([
            plane.activationRegions,
            plane.linearRegions,
          ]);
          expect(line.vertices - line.edges + line.faces).toBe(1);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('counts hundreds of pieces like strips, however many go through a layer together', async () => {
    const layer = (inputs: number, outputs: number) => ({
      W: Array.from({ length: outputs }, (_, j) =>
        Array.from({ length: inputs }, (_, i) => Math.sin(1 + 7 * j + 13 * i * j + 3 * i)),
      ),
      b: Array.from({ length: outputs }, (_, j) => Math.cos(1 + 5 * j)),
    });
    const first = layer(1, 150);
    const rest = [layer(150, 12), layer(12, 1)];
    const strips = { ...first, W: first.W.map(([w]) => [w, 0]) };
    const files = { line: json([first, ...rest]), plane: json([strips, ...rest]) };
    const line = (await answer(['count', 'line', '--box', '-9,9'], files)) as Count;
    const plane = (await answer(['count', 'plane', '--box', '-9,9,0,1'], files)) as Count;
    expect(line.activationRegions).toBeGreaterThan(150);
    expect([line.activationRegions, line.linearRegions]).toEqual([
      plane.activationRegions,
      plane.linearRegions,
    ]);
  });

  it.each([
    [
      'count net --box 0,1,0,1',
      /--box needs 2 numbers, min,max, for a network with one input, .* 4/,
    ],
    ['count net --box 1,0', /--box is empty: it needs min < max/],
    ['count net --max-regions 3', /the interval holds more than 3 activation regions/],
    ['count net --box -1e308,1e308', /leaves the range of 64-bit numbers/],
    [
      'stats net --box 0,1',
      /needs a network with 2 inputs, .* has 1: count --box min,max and line/,
    ],
    ['disc net --at 0 --r 1', /count --box min,max and line take it/],
    ['region net --at 0', /count --box min,max and line take it/],
  ])('or another verb says what it needs: %s', async (line, says) => {
    const { code, error } = await run(line.split(' '), { net: TEETH });
    expect(error).toMatch(says);
    expect(code).toBe(2);
  });
});
