import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE } from '../../../cli/src/batch/lines.ts';
import { JSON_LIMITS } from '../../../src/model/jsonText.ts';
import { cpuMs } from '../../support/cpuTime.ts';
import { npyFile } from './npyFile.ts';
import { type Files, memoryInput, run } from './run.ts';

const NET = '{"layers":[{"W":[[1,0]],"b":[0]},{"W":[[1]],"b":[0]}]}';

const bound = (files: Files, words = '--radius 1') =>
  run(`bound net.json --compute reference --centres c ${words}`.split(' '), {
    'net.json': NET,
    ...files,
  });

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = cpuMs();
  const result = await work();
  return { ms: cpuMs() - start, result };
}

/** Longer than anything that is linear takes for these few hundred thousand characters. */
const PATIENCE_MS = 2000;

describe('reading takes time in proportion to the file', () => {
  const n = 400_000;
  const lines: [what: string, file: string, says: RegExp][] = [
    ['spaces before a stray quote', `0,${' '.repeat(n)}x"\n`, /line 1: the quotes do not match/],
    ['spaces within quotes', `0,"${' '.repeat(n)}\n`, /line 1: the quotes do not match/],
    ['doubled quotes', `0,"${'""'.repeat(n)}\n`, /line 1: the quotes do not match/],
    ['digits', `0,${'1'.repeat(n)}x\n`, /line 1, column 2: "1{40}…" is not a number/],
    ['spaces within a cell', `0,1${' '.repeat(n)}1${' '.repeat(n)}x\n`, /is not a number/],
    ['spaces and tabs', `0${' \t'.repeat(n)}x y\n`, /has 400001 columns/],
    ['empty lines', `0,0\n${'\n \n'.repeat(n)}x,1\n`, /line \d+, column 1: "x" is not a number/],
    ['separators', `0,0\n${','.repeat(n)}\n`, /line 2 has 400001 columns/],
  ];
  it.each(lines)('%s', async (_, file, says) => {
    const { ms, result } = await timed(() => bound({ c: file }));
    expect(result.error).toMatch(says);
    expect(ms).toBeLessThan(PATIENCE_MS);
  });

  it('digits in an option', async () => {
    const { ms, result } = await timed(() =>
      run(['count', 'net.json', '--box', `0,1,0,${'1'.repeat(n)}x`], { 'net.json': NET }),
    );
    expect(result.error).toMatch(/--box: "1{40}…" is not a number/);
    expect(ms).toBeLessThan(PATIENCE_MS);
  });

  it('a row that comes a few bytes at a time', async () => {
    const contents: Record<string, string> = { 'net.json': NET, c: `${'0'.repeat(n)},0\n` };
    const open = async (path: string) => {
      const file = memoryInput(new TextEncoder().encode(contents[path]));
      return { ...file, size: undefined, next: () => file.next(40) };
    };
    const { ms, result } = await timed(() =>
      run('bound net.json --compute reference --centres c --radius 1'.split(' '), {}, { open }),
    );
    expect(result.out).toMatch(/\n0,1,1,2,1\n$/);
    expect(ms).toBeLessThan(PATIENCE_MS);
  });
});

describe('what is read has limits, and beyond them one sentence says so', () => {
  const { depth, containers, values, length } = JSON_LIMITS;
  const nets: [what: string, file: string, says: RegExp][] = [
    ['brackets that never close', '['.repeat(5_000_000), new RegExp(`more than ${depth} deep`)],
    ['braces that never close', '{"a":'.repeat(1_000_000), new RegExp(`more than ${depth} deep`)],
    ['nothing but lists', `{"layers":[${'[],'.repeat(containers)}`, /more than \d+ lists and obj/],
    ['nothing but commas', `[${','.repeat(values + 1)}`, /holds more than \d+ values/],
    ['a string without an end', `{"${'\\"'.repeat(2_000_000)}`, /is not JSON/],
    ['two keys alike', '{"layers":[],"layers":[]}', /the key "layers" twice in one object/],
    ['two keys alike, one escaped', '{"b":[{"W":1,"\\u0057":2}]}', /the key "W" twice in one/],
  ];
  it.each(nets)('a network file: %s', async (_, file, says) => {
    const { ms, result } = await timed(() => run(['count', 'net'], { net: file }));
    expect(result.error).toMatch(says);
    expect(result.error).toMatch(/^reluscope: [^\n]{1,200}\n$/);
    expect(result.code).toBe(2);
    expect(ms).toBeLessThan(PATIENCE_MS);
  });

  it('a network file: the same key in different objects, and a key as a text, are fine', async () => {
    const file = NET.replace('{"layers"', '{"note":["layers","layers",{"note":1}],"layers"');
    expect((await run(['count', 'net'], { net: file })).error).toBe('');
  });

  it('a network file: its size', async () => {
    const file = { ...memoryInput(new TextEncoder().encode(NET)), size: 2 * length + 1 };
    const { code, error } = await run(['count', 'net'], {}, { open: async () => file });
    expect([code, error]).toEqual([
      2,
      'reluscope: net: is longer than the 268435456 characters that are read\n',
    ]);
  });

  it('a row of numbers: its length', async () => {
    for (const c of ['0'.repeat(LONGEST_LINE + 1), `0,0\n${' '.repeat(LONGEST_LINE)},\n0,0`])
      expect((await bound({ c })).error).toMatch(
        /c: line [12] is too long .* more than 4194304 char/,
      );
    expect((await bound({ c: `0,${' '.repeat(LONGEST_LINE - 3)}0\n0,0` })).error).toBe('');
  });

  it('the header and the axes of a .npy file', async () => {
    const long = npyFile([[0, 0]], [1, 2], { version: 2 });
    new DataView(long.buffer).setUint32(8, 0xffff_ffff, true);
    expect((await bound({ c: long })).error).toMatch(
      /header of 4294967295 bytes; .* at most 65536/,
    );
    for (const shape of [
      [1e15, 2],
      [2 ** 53 * 4, 2],
      [2, 1e20],
    ])
      expect((await bound({ c: npyFile([[0, 0]], shape, {}) })).error).toMatch(
        /has an axis of the length|ends after \d+ of/,
      );
  });

  it.skipIf(!existsSync('/dev/zero'))('devices that never end, and folders', async () => {
    for (const [path, says] of [
      ['/dev/zero', /holds zero bytes/],
      ['/dev/urandom', /is not|holds zero bytes|too long|quotes|columns?|longer|is an? /],
      ['/dev', /cannot be read \(illegal operation on a directory\)/],
    ] as const) {
      const net = await timed(() => run(['count', path]));
      const centres = await timed(() =>
        run(`bound net.json --radius 1 --centres ${path}`.split(' '), { 'net.json': NET }),
      );
      for (const { ms, result } of [net, centres]) {
        expect(result.error).toMatch(/^reluscope: [^\n]{1,300}\n$/);
        expect(result.error).toMatch(says);
        expect(result.code).toBe(2);
        expect(ms).toBeLessThan(PATIENCE_MS);
      }
    }
  });
});

describe('reading can be stopped', () => {
  it('while the writer at the other end of a pipe is silent', async () => {
    const stop = new AbortController();
    const open = async (path: string) => {
      const file = memoryInput(new TextEncoder().encode(path === 'c' ? '0,0\n' : NET));
      if (path !== 'c') return file;
      let first = true;
      return {
        ...file,
        size: undefined,
        next: async (length: number) => {
          if (first) {
            first = false;
            return new TextEncoder().encode(`0,0\n${' '.repeat(100)}`);
          }
          setTimeout(() => stop.abort(), 10);
          return new Promise<Uint8Array>(() => {}).then(() => file.next(length));
        },
      };
    };
    const { code, error } = await run(
      'bound net.json --compute reference --centres c --radius 1'.split(' '),
      {},
      { open, interruption: () => stop.signal },
    );
    expect(error).toMatch(
      /^reluscope: stopped after 0 centres in c: standard output holds no row\n$/,
    );
    expect(code).toBe(130);
  });
});
