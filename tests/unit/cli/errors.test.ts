import { describe, expect, it } from 'vitest';
import { PLANE, run } from './run.ts';

const relu = (layers: unknown) => JSON.stringify({ layers, activation: 'relu' });
const small = relu([
  { W: [[1, 0]], b: [0] },
  { W: [[1]], b: [0] },
]);
const files: Record<string, string> = {
  'small.json': small,
  'text.json': 'not\n{"json": at all',
  'python.json': '{"layers": [\n  {"W": [[1, 0]],\n   "b": [0, NaN]}\n]}',
  'comma.json': '{"layers":\n[{"W":[[1]],"b":[0],}]}',
  'infinite.json': '{"layers":[{"W":[[1,-Infinity]]}]}',
  'twice.json': '{"layers":[]}\n{"layers":[]}\n',
  'empty.json': '',
  'list.json': '[1, 2]',
  'null.json': 'null',
  'hollow.json': '{"layers": []}',
  'ragged.json': relu([{ W: [[1, 0], [1]], b: [0, 0] }]),
  'short.json': relu([{ W: [[1, 0]], b: [] }]),
  'chain.json': relu([
    { W: [[1, 0]], b: [0] },
    { W: [[1, 2]], b: [0] },
  ]),
  'words.json': relu([{ W: [['a', 0]], b: [0] }]),
  'huge.json': '{"layers":[{"W":[[1e999,0]],"b":[0]},{"W":[[1]],"b":[0]}]}',
  'tanh.json': '{"layers":[{"W":[[1,0]],"b":[0]}],"activation":"tanh"}',
  'slope.json': '{"layers":[{"W":[[1,0]],"b":[0]}],"activation":"leaky-relu","negativeSlope":2}',
  'three.json': relu([
    { W: [[1, 0, 2]], b: [0] },
    { W: [[1]], b: [0] },
  ]),
  'overflow.json': relu([
    { W: [[1e200, 1e200]], b: [0] },
    { W: [[1e200]], b: [1] },
    { W: [[1]], b: [0] },
  ]),
};

/** Command line → what the one line on standard error must speak of. */
const wrong: [line: string, says: RegExp][] = [
  ['', /give a verb: count, bound/],
  ['paint small.json', /unknown verb "paint": choose one of count/],
  ['--verbose', /unknown verb/],
  ['count', /count needs a network file/],
  ['count small.json other.json', /unexpected argument "other.json"/],
  ['count missing.json', /missing.json: cannot be read \(no such file or directory\)/],
  ['count /', /\/: cannot be read \(illegal operation on a directory\)/],
  ['count text.json', /text.json: is not JSON \(line 1, column 2: Unexpected token 'o'\)/],
  ['count python.json', /python.json: is not JSON \(line 3, column 13: "NaN" is not a finite/],
  ['count infinite.json', /is not JSON \(line 1, column \d+: "-Infinity" is not a finite number\)/],
  ['count twice.json', /\(line 2, column 1: Unexpected non-whitespace character after JSON\)/],
  ['count three.json --box -1,1', /network with 2 inputs, but the network has 3/],
  [
    'count comma.json',
    /comma.json: is not JSON \(line 2, column 21: Expected double-quoted property/,
  ],
  ['count empty.json', /empty.json: is not JSON/],
  ['count list.json', /list.json: .*one JSON object/],
  ['count null.json', /one JSON object/],
  ['count hollow.json', /hollow.json: .*"layers"/],
  ['count ragged.json', /ragged.json: layer 1: row 2/],
  ['count short.json', /short.json: layer 1: "b"/],
  ['count chain.json', /chain.json: layer 2 takes 2 inputs/],
  ['count words.json', /words.json: layer 1: row 1/],
  ['count huge.json', /huge.json: layer 1: row 1 .*finite/],
  ['count tanh.json', /tanh.json: "activation"/],
  ['count slope.json', /slope.json: "negativeSlope"/],
  ['count small.json --colour red', /unknown option --colour/],
  ['count small.json -b 1', /unknown option -b/],
  ['count small.json --at 0,0', /unknown option --at/],
  ['count small.json --box', /--box needs a value/],
  ['count small.json --box=', /--box needs a value/],
  ['count small.json --box --max-regions 5', /--box needs a value/],
  ['count small.json --box 0,1,0,1 --box 0,2,0,2', /--box is given twice/],
  ['count small.json --box 0,1,0', /--box needs 4 numbers.*has 3/],
  ['count small.json --box 1,0,0,1', /--box is empty/],
  ['count small.json --box 0,1,1,1', /--box is empty/],
  ['count small.json --box 0,1,0,wide', /--box: "wide" is not a number/],
  ['count small.json --box 0,1,0,', /--box: "" is not a number/],
  ['count small.json --box 0,1,0,1e999', /--box: 1e999 is too large/],
  ['count small.json --box 0,1,0,NaN', /"NaN" is not a number/],
  ['count small.json --box 0,1,0,Infinity', /"Infinity" is not a number/],
  ['count small.json --box 0,1,0,0x10', /"0x10" is not a number/],
  ['count small.json --max-regions 0', /--max-regions must be a whole number/],
  ['count small.json --max-regions 1.5', /--max-regions must be a whole number/],
  ['count small.json --max-regions 1', /more than 1 activation region/],
  ['count three.json', /2 inputs, but the network has 3/],
  ['bound small.json --r 1', /--at is missing/],
  ['bound small.json --at 0,0', /--r is missing/],
  ['bound small.json --at 0,0 --r 0', /--r must be greater than 0/],
  ['bound small.json --at 0,0 --r -1', /--r must be greater than 0/],
  ['bound small.json --at 0,0 --r 1,2', /--r needs 1 number, but has 2/],
  ['bound small.json --at 0,0 --r 1e999', /--r: 1e999 is too large/],
  ['bound small.json --at 0 --r 1', /--at needs 2 coordinates.*has 1/],
  ['bound three.json --at 0,0 --r 1', /--at needs 3 coordinates.*has 2/],
  ['bound small.json --at 0,0 --r 1 --variant loose', /--variant must be one of guarded, printed/],
  ['bound small.json --at 0,0 --r 1 --samples 0', /--samples must be a whole number, at least 1/],
  ['bound small.json --at 0,0 --r 1 --seed 2', /--seed goes with --samples/],
  ['disc small.json --at 0,0', /--r is missing/],
  ['disc small.json --at 0,0,0 --r 1', /--at needs 2 coordinates/],
  [
    'disc small.json --at 0,0 --r 1 --max-regions 1',
    /the square around the disc holds more than 1 activation region:/,
  ],
  ['disc three.json --at 0,0,0 --r 1', /2 inputs, but the network has 3/],
  ['line small.json --from 0,0', /--to is missing/],
  ['line small.json --to 0,0', /--from is missing/],
  ['line small.json --from 0,0 --to 1', /--to needs 2 coordinates/],
  ['line small.json --from 0,1 --to 0,1', /segment/],
  ['distance small.json', /--at is missing/],
  ['distance small.json --at 1,2,3', /--at needs 2 coordinates/],
  ['distance small.json --at 1,2 --direction 1', /--direction needs 2 coordinates/],
  ['distance small.json --at 1,2 --direction 0,0', /direction must not be 0/],
  ['count small.json --quiet=yes', /--quiet takes no value/],
  ['count small.json --quiet --quiet', /--quiet is given twice/],
  ['count small.json --quiet yes', /unexpected argument "yes"/],
  ['stats small.json --top 0', /--top must be a whole number/],
  ['stats three.json', /2 inputs, but the network has 3/],
  ['region small.json', /--at is missing/],
  ['region small.json --at 2,0', /2,0 lies outside the box/],
  ['region small.json --at 0.5,0.5 --box 1,2,1,2', /0.5,0.5 lies outside the box/],
  ['region three.json --at 0,0', /2 inputs, but the network has 3/],
  ['region overflow.json --at 0.5,0.5', /leaves the range of 64-bit numbers/],
  ['region overflow.json --at -0.5,-0.5', /leaves the range of 64-bit numbers/],
];

describe('wrong input', () => {
  it.each(wrong)('gives one line and exit code 2: reluscope %s', async (line, says) => {
    const words = line === '' ? [] : line.split(' ');
    const { code, out, error } = await run(words, files);
    expect(error).toMatch(says);
    expect(error).toMatch(/^reluscope: [^\n]*\n$/);
    expect(error).not.toMatch(/internal error|NaN value|undefined|\bat .*:\d+:\d+/);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it.each([
    'count overflow.json',
    'bound overflow.json --at 1e150,1 --r 1',
    'disc overflow.json --at 0,0 --r 1',
    'line overflow.json --from -1,-1 --to 1,1.5',
    'distance overflow.json --at 0.5,0.5',
    'region overflow.json --at 0.5,0.5',
    'bound small.json --at 1e308,1e308 --r 1e308',
    'distance small.json --at 1e308,1e308',
    'count small.json --box -1e308,1e308,-1e308,1e308',
    'disc small.json --at 1e308,0 --r 1e308',
    'line small.json --from -1e308,0 --to 1e308,0',
  ])(
    'near the end of the number range is either answered in numbers or refused: %s',
    async (line) => {
      const { code, out, error } = await run(line.split(' '), files);
      if (code === 0) {
        expect(error).toBe('');
        // Nothing but "no crease" is null.
        if (!line.startsWith('distance')) expect(out).not.toMatch(/null/);
        expect(out).not.toMatch(/NaN|Infinity/);
        return;
      }
      expect(error).toMatch(/^reluscope: [^\n]*\n$/);
      expect([code, out]).toEqual([2, '']);
    },
  );

  it('reads a value that begins with a minus sign, and one attached with =', async () => {
    for (const words of [
      ['region', PLANE, '--at', '-0.5,-0.25'],
      ['region', PLANE, '--at=-0.5,-0.25'],
      ['region', '--at', '-.5, -2.5e-1', PLANE, '--box', '-1,1,-1,1'],
      ['region', '--box=-1,1,-1,1', '--at=-5e-1,-0.25', PLANE],
    ])
      expect(JSON.parse((await run(words)).out).pattern).toEqual([[0, 0]]);
  });

  it('accepts a file with a byte order mark', async () => {
    expect((await run(['count', 'bom.json'], { 'bom.json': `\uFEFF${small}` })).code).toBe(0);
  });
});
