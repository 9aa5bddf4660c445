import { describe, expect, it } from 'vitest';
import { npyFile } from './npyFile.ts';
import { type Files, run } from './run.ts';

const NET = {
  layers: [
    { W: [[1, 0]], b: [0] },
    { W: [[1]], b: [0] },
  ],
};

/** Bytes of a text as a Windows shell writes it to a file: UTF-16 with a byte order mark. */
function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, little);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + 2 * i, text.charCodeAt(i), little);
  return bytes;
}

/** A ZIP archive whose first file has this name, as far as anybody reads it. */
const zip = (name: string) =>
  new TextEncoder().encode(`PK\u0003\u0004${'\u0014'.repeat(26)}${name}${'x'.repeat(60)}`);

const bound = (files: Files, words = '--radius 1') =>
  run(`bound net.json --compute reference --centres c ${words}`.split(' '), {
    'net.json': JSON.stringify(NET),
    ...files,
  });

// The crease is x = 0: with radius 1 it cuts the ball around the second point only.
const TABLE = 'index,C_0,C,zaslavsky,log2_zaslavsky\n0,0,0,1,0\n1,1,1,2,1\n';

const readable: [what: string, file: string | Uint8Array][] = [
  [
    "what np.savetxt writes if nothing else is said: spaces, '%.18e'",
    '1.500000000000000000e+00 0.000000000000000000e+00\n-5.000000000000000000e-01 2.500000000000000000e-01\n',
  ],
  ['its header, a comment in front', '# made by a script\n# x y\n1.5 0\n# half way\n-0.5 .25\n'],
  ['a header that holds numbers', '# 2 3\n1.5 0\n-0.5 .25\n'],
  ['columns padded with spaces', '   1.5   0.00  \n  -0.5   0.25\n'],
  ['spaces and tabs together', ' 1.5 \t 0\n-0.5\t  0.25\n'],
  ['tabs', 'x\ty\n1.5\t0\n-0.5\t0.25\n'],
  ['tabs and decimal commas', 'x\ty\r\n1,5\t0\r\n-0,5\t0,25\r\n'],
  ['tabs that only pad, after commas', '1.5,\t0\n-0.5,\t0.25\n'],
  ['semicolons and decimal points', 'x;y\n1.5;0\n-0.5;0.25\n'],
  ['semicolons and decimal commas', '1,5;0\n-0,5;,25\n'],
  ['semicolons below titles with commas', 'x, in m;y, in m\n1.5;0\n-0.5;0.25\n'],
  ['quoted decimal commas', '"1,5","0"\n"-0,5","0,25"\n'],
  ['what tells Excel the separator', 'sep=;\r\nx;y\r\n1,5;0\r\n-0,5;0,25\r\n'],
  ['quoted cells between spaces', '"1.5" "0"\n-0.5 "0.25"\n'],
  ['UTF-8 with a byte order mark', '\ufeff1.5,0\n-0.5,0.25\n'],
  ['UTF-16, little-endian', utf16('x,y\r\n1.5,0\r\n-0.5,0.25\r\n', true)],
  ['UTF-16, big-endian', utf16('1.5;0\n-0.5;0.25\n', false)],
  ...['<f2', '>f2', '>f4', '>f8'].map((type): [string, Uint8Array] => [
    `NumPy's ${type}`,
    npyFile(
      [
        [1.5, 0],
        [-0.5, 0.25],
      ],
      [2, 2],
      { type },
    ),
  ]),
  [
    "NumPy's f2 in Fortran order",
    npyFile(
      [
        [1.5, 0],
        [-0.5, 0.25],
      ],
      [2, 2],
      { type: '<f2', fortran: true },
    ),
  ],
];

const unreadable: [what: string, file: string | Uint8Array, says: RegExp][] = [
  ['an archive of NumPy', zip('arr_0.npy'), /c: is an archive of NumPy \(\.npz\): save one array/],
  ['an Excel workbook', zip('[Content_Types].xml'), /is an Excel workbook: save it as CSV/],
  ['an old Excel workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0), /is an Excel workbook/],
  ['a file of PyTorch', zip('archive/data.pkl'), /is a file of PyTorch: write its state_dict/],
  ['another archive', zip('points.csv'), /is a ZIP archive: unpack it/],
  ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), /is compressed \(gzip\): unpack it/],
  ['a pickle', Uint8Array.of(0x80, 4, 0x95), /is a Python pickle/],
  ['binary data', new Uint8Array(100), /holds zero bytes: binary data/],
  ['UTF-16 without a mark', utf16('0,0\n', true).subarray(2), /UTF-16 without a byte order mark/],
  [
    'decimal points and commas in one file',
    '0,5;1\n0.5;1\n',
    /line 2, column 1: "0\.5" has a decimal point, but "0,5" in line 1 a decimal comma/,
  ],
  [
    'thousands in groups',
    '0;0\n1,234,567;0\n',
    /"1,234,567" is not a number: write it without groups/,
  ],
  [
    'decimal commas between spaces, which may be columns as well',
    '0,5 1,5\n',
    /has 3 columns, but needs 2 \(2 inputs\)/,
  ],
  [
    'points that are written x,y x,y',
    '1,2\n3,4 5\n',
    /line 2, column 2: "4 5" is not a number: commas separate the columns of this line, so write/,
  ],
  ['a comment that goes on with numbers', '0 0\n1 2 # far\n', /line 2 has 4 columns/],
  [
    'thousands in groups that could be decimal commas',
    'x,y\n"1,234","2"\n',
    /line 2, column 1: "1,234" may be a number in groups or one with a decimal comma/,
  ],
  ['a first row without a number in it', 'NA,NA\n0,1\n', /line 1, column 1: "NA" is not a number/],
  ['a first row in dollars', '$1.5,$0\n', /line 1, column 1: "\$1\.5" is not a number/],
  ['a first row in other digits', '１,２\n0,1\n', /line 1, column 1: "１" is not a number/],
  [
    'an error of a spreadsheet where a comment might begin',
    '0;1\n#N/A;0,5\n#DIV/0!;1\n',
    /line 2, column 1: "#N\/A" is not a number/,
  ],
  ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x30, 0, 0, 0), /is UTF-32: save it as UTF-8/],
  ['complex numbers', '(1+2j) (3+4j)\n', /line 1, column 1: "\(1\+2j\)" is not a number/],
  ['a minus sign that is none', '−1,2\n', /line 1, column 1: "−1" is not a number/],
  ['only a comment', '#\n\n', /holds no numbers/],
  [
    'titles of another number',
    'x;y;z\n1;2\n',
    /line 2 has 2 columns, but the titles in line 1 are 3/,
  ],
  ['an array of NumPy and another', twoArrays(), /c: continues after its array/],
  ['numbers of 128 bits', npyFile([], [0, 2], { type: '<f16' }), /elements of the type <f16; real/],
];

function twoArrays(): Uint8Array {
  const one = npyFile([[1, 2]], [1, 2], {});
  return Uint8Array.from([...one, ...one]);
}

describe('files of everyday tools', () => {
  it.each(readable)('are read as centres: %s', async (_, file) => {
    const { out, error } = await bound({ c: file });
    expect(error).toBe('');
    // NumPy's table holds "1 0" where commas have to.
    expect(out).toBe(TABLE);
  });

  it.each(unreadable)('are refused by what they are: %s', async (_, file, says) => {
    const { code, error } = await bound({ c: file });
    expect(error).toMatch(says);
    expect(error).toMatch(/^reluscope: [^\n]*\n$/);
    expect(code).toBe(2);
  });

  it('have titles in a comment, as np.savetxt writes them', async () => {
    const c = '# x y r\n1.5 0 1\n-0.5 .25 1\n';
    expect((await bound({ c }, '--radius-column r')).out).toBe(TABLE);
    expect(
      (await bound({ c: '#x\ty\tmy radius\n1.5\t0\t1\n-0.5\t.25\t1' }, '--radius-column 3')).out,
    ).toBe(TABLE);
  });

  it('must tell which of several columns with one title holds the radii', async () => {
    const c = 'r,x,r\n1.5,0,1\n-0.5,.25,1\n';
    expect((await bound({ c }, '--radius-column r')).error).toMatch(
      /has several columns "r": give/,
    );
    expect((await bound({ c }, '--radius-column 3')).out).toBe(TABLE);
  });

  it('hold every number of 16 bits as NumPy means it', async () => {
    // Bits → value: the smallest, the largest below normal, the smallest normal, 1/3, the largest.
    const known: [number, number][] = [
      [0x0001, 2 ** -24],
      [0x03ff, 1023 * 2 ** -24],
      [0x0400, 2 ** -14],
      [0x3555, 0.333251953125],
      [0x7bff, 65504],
    ];
    for (const [bits, radius] of known) {
      const file = npyFile([[0]], [1], { type: '<f2' });
      new DataView(file.buffer).setUint16(file.length - 2, bits, true);
      // The crease is as far away as the radius: one step less, and the ball does not reach it.
      const at = (x: number) => bound({ c: `${x} 0`, r: file }, '--radii r');
      expect((await at(radius)).out).toMatch(/\n0,1,/);
      expect((await at(radius * (1 + 2 ** -12))).out).toMatch(/\n0,0,/);
    }
    const file = npyFile([[0]], [1], { type: '<f2' });
    for (const bits of [0x7c00, 0xfc00, 0x7e00]) {
      new DataView(file.buffer).setUint16(file.length - 2, bits, true);
      expect((await bound({ c: '0 0', r: file }, '--radii r')).error).toMatch(
        /not a finite number/,
      );
    }
  });

  it.each([true, false])('may be a network in UTF-16, little-endian: %s', async (little) => {
    const file = utf16(`${JSON.stringify(NET)}\r\n`, little);
    const { code, out } = await run(['count', 'net.json'], { 'net.json': file });
    expect([code, JSON.parse(out).activationRegions]).toEqual([0, 2]);
  });

  it('are refused by what they are as networks, too', async () => {
    for (const [file, says] of [
      [
        zip('archive/data.pkl'),
        /net: is a file of PyTorch: write its state_dict as \.safetensors, or as JSON/,
      ],
      [zip('arr_0.npy'), /net: is an archive of NumPy/],
      [npyFile([[1]], [1], {}), /net: is a \.npy file of NumPy/],
      [Uint8Array.of(0x89, 0x48, 0x44, 0x46), /net: is an HDF5 file/],
      [
        new TextEncoder().encode(`\u0040${'\0'.repeat(7)}{"0.weight":{"dtype":"F32"}}`),
        /net: ends within the header of the safetensors format/,
      ],
      [new Uint8Array(8), /net: holds zero bytes/],
    ] as const)
      expect((await run(['count', 'net'], { net: file })).error).toMatch(says);
  });
});
