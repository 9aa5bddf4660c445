import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryInput, run } from '../unit/cli/run.ts';

const SMALL = '{"layers":[{"W":[[1,0.5],[-0.25,1]],"b":[0,0.125]},{"W":[[1,-1]],"b":[0]}]}';

/** Runs a command with `NET` for its only file, and checks what holds for every command there can be. */
async function behaves(words: readonly string[], file: string): Promise<number> {
  const missing = new Error('ENOENT: no such file or directory, open');
  const { code, out, error } = await run(
    words,
    {},
    {
      open: async (path) => {
        if (path === 'NET') return memoryInput(new TextEncoder().encode(file));
        throw missing;
      },
      create: () => Promise.reject(missing),
    },
  );
  expect(error).not.toMatch(/internal error/);
  expect(code === 0 || code === 2).toBe(true);
  if (code === 0) {
    expect(error).toMatch(/^(reluscope: NET: assumed: [^\n]+\n)?$/);
    if (out.startsWith('{')) expect(typeof JSON.parse(out)).toBe('object');
    else expect(out).toMatch(/^Usage/);
    expect(out).not.toMatch(/NaN|Infinity/);
  } else {
    expect(out).toBe('');
    expect(error).toMatch(/^reluscope: [^\n]+\n$/);
  }
  return code;
}

const numbers = fc.oneof(
  fc.double().map(String),
  fc.integer({ min: -2, max: 2 }).map(String),
  fc.constantFrom('', '1e999', '-1e-320', '0x1', '1e308', '-0'),
);

const word = fc.oneof(
  { weight: 4, arbitrary: fc.array(numbers, { maxLength: 4 }).map((list) => list.join()) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'NET',
      '--at',
      '--r',
      '--box',
      '--from',
      '--to',
      '--variant',
      'printed',
      '--max-regions',
      '100',
      '--quiet',
      '--centres',
      '--radius',
      '--compute',
      'reference',
      '--direction',
      '--budget',
      '1s',
      '--top',
      '--samples',
      '--seed',
      '7',
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);

const verb = fc.constantFrom(
  'count',
  'bound',
  'ball',
  'disc',
  'line',
  'distance',
  'region',
  'stats',
);

describe('any command line', () => {
  it('ends in one JSON object, or in one line on standard error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(verb), fc.array(word, { maxLength: 7 }), async (name, words) => {
        await behaves(name === null ? words : [name, 'NET', ...words], SMALL);
      }),
      { numRuns: 500 },
    );
  });
});

describe('any numbers', () => {
  const coordinate = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  const point = fc.tuple(coordinate, coordinate).map(String);

  it('are answered or refused in one line', async () => {
    await fc.assert(
      fc.asyncProperty(
        verb,
        point,
        point,
        fc.double({ min: 0, noNaN: true }),
        async (name, p, q, r) => {
          const options: Record<string, string[]> = {
            count: ['--box', `${p},${q}`],
            bound: ['--at', p, '--r', String(r)],
            ball: ['--at', p, '--r', String(r)],
            disc: ['--at', p, '--r', String(r)],
            line: ['--from', p, '--to', q],
            distance: ['--at', p, '--direction', q],
            stats: ['--box', `${p},${q}`],
            region: ['--at', p, '--box', '-1e9,1e9,-1e9,1e9'],
          };
          await behaves([name, 'NET', ...options[name]], SMALL);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('any network file', () => {
  const entry = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(-2, -1, -0.5, 0, 0.25, 1, 3) },
    { weight: 1, arbitrary: fc.double() },
    { weight: 1, arbitrary: fc.anything() },
  );
  const list = fc.array(entry, { minLength: 1, maxLength: 3 });
  const layer = fc.record({ W: fc.array(list, { minLength: 1, maxLength: 3 }), b: list });
  const file = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record(
        {
          layers: fc.array(layer, { maxLength: 3 }),
          activation: fc.constantFrom('relu', 'leaky-relu', 'gelu'),
          negativeSlope: fc.oneof(fc.constant(0.5), fc.double()),
        },
        { requiredKeys: ['layers'] },
      )
      .map((value) => JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? 0 : item))),
  );

  it('is used or refused in one line', async () => {
    await fc.assert(
      fc.asyncProperty(file, verb, async (content, name) => {
        const at = ['--at', '0.25,-0.5'];
        const options: Record<string, string[]> = {
          count: [],
          bound: [...at, '--r', '0.5'],
          ball: [...at, '--r', '0.5'],
          disc: [...at, '--r', '0.5'],
          line: ['--from', '-1,-0.5', '--to', '1,0.75'],
          distance: at,
          stats: [],
          region: at,
        };
        await behaves([name, 'NET', ...options[name]], content);
      }),
      { numRuns: 500 },
    );
  });

  it('with small whole weights, whose creases meet and coincide, is answered', async () => {
    const small = fc.integer({ min: -1, max: 1 });
    const row = (size: number) => fc.array(small, { minLength: size, maxLength: size });
    const dense = (inputs: number, outputs: number) =>
      fc.record({
        W: fc.array(row(inputs), { minLength: outputs, maxLength: outputs }),
        b: row(outputs),
      });
    await fc.assert(
      fc.asyncProperty(
        dense(2, 3),
        dense(3, 3),
        dense(3, 1),
        verb,
        async (first, second, last, name) => {
          const options: Record<string, string[]> = {
            count: [],
            bound: ['--at', '0,0', '--r', '1'],
            ball: ['--at', '0,0', '--r', '1'],
            disc: ['--at', '0,0', '--r', '1'],
            line: ['--from', '-1,-1', '--to', '1,1'],
            distance: ['--at', '0,0', '--direction', '1,-1'],
            stats: [],
            region: ['--at', '0,0'],
          };
          const file = JSON.stringify({ layers: [first, second, last] });
          expect(await behaves([name, 'NET', ...options[name]], file)).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
