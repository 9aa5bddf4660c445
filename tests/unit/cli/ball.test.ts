import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkToJson } from '../../../src/model/json.ts';
import { answer, cases, PLANE, run } from './run.ts';

interface Ball {
  readonly atLeast: number;
  readonly atMost: string;
  readonly exact: boolean;
  readonly C: number;
  readonly open: number;
}

const made = (widths: number[], seed: number) =>
  JSON.stringify(
    networkToJson(createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed })),
  );
const SPATIAL = made([8, 6, 5, 1], 1);
/** Far more regions than a moment suffices for. */
const LARGE = made([20, 60, 60, 1], 1);
const CENTRE = Array(20).fill(0.1).join();

describe('the regions that meet a ball', () => {
  it.each(cases)(
    'are those that are known, in the plane: $name',
    async ({ path, expect: known }) => {
      for (const { c, r, activation_regions } of known.discs) {
        const words = ['ball', path, '--at', c.join(), '--r', String(r)];
        const { atLeast, atMost, exact, open } = (await answer(words)) as Ball;
        expect({ atLeast, atMost, exact, open }).toEqual({
          atLeast: activation_regions,
          atMost: String(activation_regions),
          exact: true,
          open: 0,
        });
      }
    },
  );

  it('are at least and at most so many where the time does not suffice', async () => {
    const words = ['ball', 'net.json', '--at', CENTRE, '--r', '2', '--budget', '50ms'];
    const { atLeast, atMost, exact, C, open } = (await answer(words, {
      'net.json': LARGE,
    })) as Ball;
    expect(exact).toBe(false);
    expect(open).toBeGreaterThan(0);
    expect(atLeast).toBeGreaterThanOrEqual(1);
    expect(BigInt(atMost)).toBeGreaterThan(BigInt(atLeast));
    expect(BigInt(atMost) <= 1n << BigInt(C)).toBe(true);
  });

  it('are spoken of while they are counted', async () => {
    let time = 0;
    const now = () => {
      time += 2000;
      return time;
    };
    const words = ['ball', 'net.json', '--at', CENTRE, '--r', '2', '--budget', '250ms'];
    const { code, error } = await run(words, { 'net.json': LARGE }, { now });
    expect(code).toBe(0);
    expect(error).toMatch(/^(reluscope: at least \d+ regions, at most (\d+|2\^\d+)\n)+$/);
  });
});

describe('the regions that meet many balls', () => {
  const files = { 'net.json': SPATIAL, 'balls.csv': '0,0,0,0,0,0,0,0,.5\n1,0,0,0,0,-1,0,0,2\n' };
  const words = ['ball', 'net.json', '--centres', 'balls.csv', '--radius-column', '9'];

  it('are a table with a row for each', async () => {
    const { code, out } = await run(words, files);
    expect(code).toBe(0);
    const [head, ...rows] = out.trimEnd().split('\n');
    expect(head).toBe('index,C,at_least,at_most,exact,nodes');
    const alone = await Promise.all(
      ['0,0,0,0,0,0,0,0 .5', '1,0,0,0,0,-1,0,0 2'].map(async (ball, index) => {
        const [at, r] = ball.split(' ');
        const found = await answer(['ball', 'net.json', '--at', at, '--r', r], files);
        const { C, atLeast, atMost, nodes } = found as Ball & { nodes: number };
        return [index, C, atLeast, atMost, 1, nodes].join();
      }),
    );
    expect(rows).toEqual(alone);
    expect(Number(rows[1].split(',')[2])).toBeGreaterThan(2);
  });

  it('may be JSON, in a file', async () => {
    const { code, written } = await run([...words, '--out', 'balls.json'], files);
    expect(code).toBe(0);
    const rows = JSON.parse(written['balls.json']) as Ball[];
    expect(rows.map(({ exact }) => exact)).toEqual([true, true]);
    expect(rows[1].atMost).toBe(String(rows[1].atLeast));
  });

  it('are written as they come, and kept when the work is stopped', async () => {
    const stop = new AbortController();
    let looks = 0;
    const now = () => {
      // The first ball takes a moment; the user stops the second.
      if (++looks > 11) stop.abort('SIGINT');
      return 1000 * looks;
    };
    const large = { 'net.json': LARGE, 'balls.csv': `${CENTRE}\n${CENTRE}\n` };
    const { code, error, written } = await run(
      `ball net.json --centres balls.csv --radius 3 --budget 5s --out t.csv --keep-partial`.split(
        ' ',
      ),
      large,
      { now, interruption: () => stop.signal },
    );
    expect(code).toBe(130);
    expect(error).toMatch(
      /stopped after 1 centre in balls.csv: t.csv.partial holds the first 1 row/,
    );
    expect(written['t.csv.partial'].split('\n')).toHaveLength(3);
  });

  it('name the row that is wrong', async () => {
    const wrong = { ...files, 'balls.csv': '0,0,0,0,0,0,0,0,.5\n1e300,0,0,0,0,-1,0,0,1e308\n' };
    const { code, error } = await run(words, wrong);
    expect(code).toBe(2);
    expect(error).toMatch(/^reluscope: balls.csv: line 2: .*leave the range of 64-bit arithmetic/);
  });
});

describe('wrong words to count the regions that meet a ball', () => {
  it.each([
    ['--at 0,0 --r 1 --budget 0s', '--budget must be a time greater than 0'],
    ['--at 0,0 --r 1 --budget 1e999', '--budget must be a time greater than 0'],
    ['--at 0,0 --r 1 --budget 3h', '--budget must be a time greater than 0'],
    ['--at 0,0 --r 0', '--r must be greater than 0'],
    ['--at 0,0,0 --r 1', '--at needs 2 coordinates'],
    ['--at 0,0 --r 1 --radius 1', '--radius goes with --centres'],
    ['--at 0,0 --r 1 --out x.csv', '--out goes with --centres'],
    ['--centres c.csv --radius 1 --at 0,0', '--at does not go with --centres'],
    ['--centres c.csv', '--centres needs --radius, --radii or --radius-column'],
  ])('get one sentence: %s', async (words, message) => {
    const { code, out, error } = await run(['ball', PLANE, ...words.split(' ')], {
      'c.csv': '0,0',
    });
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(`reluscope: ${message}`);
    expect(error.trimEnd()).not.toContain('\n');
  });
});
