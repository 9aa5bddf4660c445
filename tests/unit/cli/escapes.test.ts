import { describe, expect, it } from 'vitest';
import { excerpt, printable } from '../../../src/errors.ts';
import { readLink } from '../../../src/settings/link.ts';
import { npyFile } from './npyFile.ts';
import { type Files, run } from './run.ts';

/** Sets a terminal's title, clears its screen, rings, turns the reading direction, and goes on for long. */
const LINE = `\u001b]0;title\u0007\u001b[2J\u009b31m\u202egpj\u2028\u200b${'x'.repeat(1000)}`;
const HOSTILE = `\u0000\r\n${LINE}`;

const net = JSON.stringify({ layers: [{ W: [[1, 0]], b: [0] }] });

/** An .npy file whose header names a hostile element type. */
function hostileNpy(): Uint8Array {
  const plain = npyFile([[0, 0]], [1, 2], {});
  const dictionary = `{'descr': '${HOSTILE}', 'fortran_order': False, 'shape': (1, 2), }\n`;
  const header = new TextEncoder().encode(dictionary);
  const bytes = new Uint8Array(10 + header.length);
  bytes.set(plain.subarray(0, 8));
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(header, 10);
  return bytes;
}

const files: Files = {
  'net.json': net,
  'bare.json': `{"layers": ${HOSTILE}`,
  'start.json': HOSTILE,
  'cell.csv': `0,0\n0,${LINE}\n`,
  'title.csv': `x,${LINE}\n0,0\n`,
  'type.npy': hostileNpy(),
  [HOSTILE]: '{',
};

const bound = (...words: string[]) => ['bound', 'net.json', '--radius', '1', ...words];
const calls: [what: string, words: string[]][] = [
  ['a verb', [HOSTILE]],
  ['an argument too many', ['count', 'net.json', HOSTILE]],
  ['an option', ['count', 'net.json', `--${HOSTILE}`]],
  ['a number', ['count', 'net.json', '--box', `0,1,0,${HOSTILE}`]],
  ['a number that is too large', ['count', 'net.json', '--box', `0,1,0,1${'0'.repeat(400)}`]],
  ['a choice', ['bound', 'net.json', '--at', '0,0', '--r', '1', '--variant', HOSTILE]],
  ['the name of a network file', ['count', HOSTILE]],
  ['the name of a missing network file', ['count', `${HOSTILE}.json`]],
  ['the name of a missing file of centres', bound('--centres', `${HOSTILE}.csv`)],
  ['the name of a table', bound('--centres', 'title.csv', '--out', HOSTILE)],
  ['a file that is not JSON', ['count', 'bare.json']],
  ['a file that begins with escapes', ['count', 'start.json']],
  ['a cell', bound('--centres', 'cell.csv')],
  ['a type of NumPy', bound('--centres', 'type.npy')],
  ['a column title', ['bound', 'net.json', '--centres', 'title.csv', '--radius-column', HOSTILE]],
  [
    'the titles of the columns',
    ['bound', 'net.json', '--centres', 'titles.csv', '--radius-column', 'r'],
  ],
];

describe('what a message quotes', () => {
  it.each(calls)('is escaped and short: %s', async (_, words) => {
    const titles = `x,y,${LINE}\n0,0,1\n`;
    const { code, error } = await run(words, { ...files, 'titles.csv': titles });
    expect(code).toBe(2);
    expect(error).toMatch(/^reluscope: [^\n]*\n$/);
    expect(error.slice(0, -1)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(error.length).toBeLessThan(400);
    expect(error).not.toContain('x'.repeat(41));
  });

  it('keeps the end of a path, by which a file is known', async () => {
    const { error } = await run(['count', `${'folder/'.repeat(300)}net-17.json`]);
    expect(error).toMatch(/^reluscope: …\S{20,30}\/net-17\.json: cannot be read/);
  });

  it('is unchanged where everything in it is visible', () => {
    expect(excerpt('größe “a” \\ 漢字 👩')).toBe('größe “a” \\ 漢字 👩');
    expect(printable('a\u202eb\u{e0001}\ud800')).toBe('a\\u202eb\\u{e0001}\\ud800');
    expect(excerpt('y'.repeat(41))).toBe(`${'y'.repeat(40)}…`);
    expect(excerpt('y'.repeat(40))).toBe('y'.repeat(40));
  });

  it('is escaped and short in the notices of a link, too', () => {
    const value = encodeURIComponent(HOSTILE);
    const keys = ['net', 'view', 'pick', 'phases', 'seed', 'data', 'lr', 'v', 'field', value];
    const { problems } = readLink(keys.map((key) => `${key}=${value}`).join('&'));
    expect(problems.length).toBeGreaterThanOrEqual(8);
    for (const problem of problems) {
      expect(problem).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(problem).not.toContain('x'.repeat(41));
    }
  });
});
