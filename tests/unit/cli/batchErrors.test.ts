import { describe, expect, it } from 'vitest';
import { npyFile } from './npyFile.ts';
import { run } from './run.ts';

const files: Record<string, string | Uint8Array> = {
  'net.json': JSON.stringify({
    layers: [
      { W: [[1, 0]], b: [0] },
      { W: [[1]], b: [0] },
    ],
  }),
  'huge.json': JSON.stringify({
    layers: [
      { W: [[1e100, 0]], b: [0] },
      { W: [[1e100]], b: [0] },
      { W: [[1]], b: [0] },
    ],
  }),
  'good.csv': '0,0\n1,1\n2,2\n',
  'empty.csv': '\n\n',
  'word.csv': 'x,y\n0,0\n0,wide\n',
  'hole.csv': '0,0\n0,\n',
  'nan.csv': 'nan,inf\n0,0\n',
  'far.csv': '1e999,0\n',
  'half.csv': '1,y\n0,0\n',
  'ragged.csv': '0,0\n1,1,1\n',
  'three.csv': 'x,y,z\n0,0,0\n',
  'quotes.csv': '0,0\n"1,1\n',
  'titled.csv': 'x,y,r\n0,0,1\n0,0,0\n',
  'growing.csv': `0,0\n1,1\n1e150,0\n`,
  'two.csv': '1\n2\n',
  'four.csv': '1\n2\n3\n4\n',
  'minus.csv': 'r\n1\n-1\n2\n',
  'nan.npy': npyFile(
    [
      [0, 0],
      [0, Number.NaN],
    ],
    [2, 2],
    {},
  ),
  'cube.npy': npyFile([[0, 0]], [1, 1, 2], {}),
  'short.npy': npyFile([[0, 0]], [3, 2], {}),
  'shortf.npy': npyFile([[0, 0]], [3, 2], { fortran: true }),
  'complex.npy': npyFile([], [0, 2], { type: '<c16' }),
  'future.npy': npyFile([[0, 0]], [1, 2], { version: 4 }),
  'cut.npy': npyFile([[0, 0]], [1, 2], {}).subarray(0, 40),
  'two.npy': npyFile([[1, 2]], [2], {}),
  'good.npy': npyFile(
    [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
    [3, 2],
    {},
  ),
};

/** What follows `bound` → what the one line on standard error must speak of. */
const wrong: [line: string, says: RegExp][] = [
  ['net.json --centres good.csv', /--centres needs --radius, --radii or --radius-column/],
  ['net.json --centres good.csv --radius 0', /--radius must be greater than 0/],
  ['net.json --centres good.csv --radius 1 --radii two.csv', /--radius and --radii do not go/],
  ['net.json --centres good.csv --radius 1 --at 0,0', /--at does not go with --centres/],
  ['net.json --centres good.csv --r 1', /--r does not go with --centres/],
  ['net.json --centres good.csv --radius 1 --variant printed', /--variant does not go/],
  ['net.json --centres good.csv --radius 1 --samples 0', /--samples must be a whole number, at l/],
  ['net.json --centres good.csv --radius 1 --seed 2', /--seed goes with --samples/],
  ['net.json --at 0,0 --r 1', /--compute goes with --centres/],
  ['net.json --centres good.csv --radius 1 --compute gpu', /--compute must be one of auto, webgpu/],
  ['net.json --centres good.csv --radius 1 --format xml', /--format must be one of csv, json/],
  ['net.json --centres good.csv --radius 1 --out b.txt', /b.txt: the extension names no format/],
  ['net.json --centres good.csv --radius 1 --out good.csv', /--out is the file good.csv that is/],
  ['net.json --centres good.csv --radius 1 --progress=no', /--progress takes no value/],
  ['net.json --centres gone.csv --radius 1', /gone.csv: cannot be read \(no such file/],
  ['net.json --centres / --radius 1', /\/: cannot be read \(illegal operation on a directory\)/],
  ['net.json --centres good.csv --radii gone.csv', /gone.csv: cannot be read \(no such file/],
  ['net.json --centres empty.csv --radius 1', /empty.csv: holds no numbers/],
  ['net.json --centres word.csv --radius 1', /word.csv: line 3, column 2: "wide" is not a number/],
  ['net.json --centres hole.csv --radius 1', /hole.csv: line 2, column 2: "" is not a number/],
  ['net.json --centres nan.csv --radius 1', /nan.csv: line 1, column 1: "nan" is not a finite/],
  ['net.json --centres far.csv --radius 1', /far.csv: line 1, column 1: "1e999" is not a finite/],
  ['net.json --centres half.csv --radius 1', /half.csv: line 1, column 2: "y" is not a number/],
  ['net.json --centres ragged.csv --radius 1', /ragged.csv: line 2 has 3 columns, but the first/],
  ['net.json --centres three.csv --radius 1', /three.csv: has 3 columns, but needs 2 \(2 inputs\)/],
  ['net.json --centres quotes.csv --radius 1', /quotes.csv: line 2: the quotes do not match/],
  ['net.json --centres good.csv --radius-column 3', /good.csv: has 2 columns, but needs 3/],
  ['net.json --centres titled.csv --radius-column rr', /no column "rr", its columns are x, y, r/],
  ['net.json --centres titled.csv --radius-column 4', /titled.csv: has no column "4"/],
  ['net.json --centres titled.csv --radius-column r', /titled.csv: line 3: the radius must be gr/],
  [
    'net.json --centres good.csv --radii minus.csv',
    /minus.csv: line 3: the radius must be greater/,
  ],
  ['net.json --centres good.csv --radii two.csv', /two.csv: holds fewer radii than there are cen/],
  ['net.json --centres good.csv --radii four.csv', /four.csv: holds more radii than there are ce/],
  ['net.json --centres good.npy --radii two.npy', /two.npy: holds 2 radii for the 3 centres of/],
  ['net.json --centres good.csv --radii three.csv', /three.csv: has 3 columns, but needs 1 \(one/],
  ['net.json --centres nan.npy --radius 1', /nan.npy: row 2, column 2 is not a finite number/],
  ['net.json --centres cube.npy --radius 1', /cube.npy: holds an array of 3 axes/],
  ['net.json --centres two.npy --radii cube.npy', /cube.npy: holds an array of 3 axes/],
  ['net.json --centres short.npy --radius 1', /short.npy: ends after 1 of the 3 rows/],
  ['net.json --centres shortf.npy --radius 1', /shortf.npy: ends before the array is complete/],
  ['net.json --centres complex.npy --radius 1', /complex.npy: holds elements of the type <c16/],
  ['net.json --centres future.npy --radius 1', /future.npy: is of version 4 of the .npy format/],
  ['net.json --centres cut.npy --radius 1', /cut.npy: ends within the header/],
  ['huge.json --centres growing.csv --radius 1', /growing.csv: line 3: the numbers in layer 2/],
];

describe('a wrong file of centres or radii, or a wrong option beside it', () => {
  it.each(wrong)('gives one line and exit code 2: bound %s', async (line, says) => {
    const compute = line.includes('--compute') ? '' : ' --compute reference';
    const { code, error } = await run(`bound ${line}${compute}`.split(' '), files);
    expect(error).toMatch(says);
    expect(error).toMatch(/^reluscope: [^\n]*\n$/);
    expect(error).not.toMatch(/internal error|undefined/);
    expect(code).toBe(2);
  });

  it('leaves no file behind when nothing could be read', async () => {
    const { written } = await run(
      'bound net.json --compute reference --centres three.csv --radius 1 --out b.csv'.split(' '),
      files,
    );
    expect(written).toEqual({});
  });
});
