import { describe, expect, it } from 'vitest';
import { ownData, suggestChoice } from '../../../src/data/ownData.ts';
import { readTable, type Table } from '../../../src/data/table.ts';
import { InputError } from '../../../src/errors.ts';
import { textOf } from '../../../src/fileStart.ts';
import { cpuMs } from '../../support/cpuTime.ts';

const columnsOf = ({ columns }: Table) =>
  columns.map((column) => [
    column.name,
    column.kind === 'empty' ? [] : Array.from<string | number>(column.values),
  ]);

/** What a page or a script does with a text. */
const dataOf = (text: string) => {
  const table = readTable(text);
  return ownData(table, suggestChoice(table));
};

const fifty = (row: number) =>
  Array.from({ length: 50 }, (_, i) => `${row + i / 4}`.replace('.', ','));

describe('a table as spreadsheets and scripts write it', () => {
  const xyl = (values: (string | number)[][], names = ['x', 'y', 'label']) =>
    names.map((name, i) => [name, values.map((row) => row[i])]);
  const two = xyl([
    [0.5, 1.5, 'a'],
    [-1, 2, 'b'],
  ]);
  it.each<[what: string, text: string, columns: unknown]>([
    ['commas', 'x,y,label\n0.5,1.5,a\n-1,2,b\n', two],
    [
      'German Excel: semicolons, decimal commas, CR LF',
      'x;y;label\r\n0,5;1,5;a\r\n-1;2;b\r\n',
      two,
    ],
    ['a byte order mark and tabs', '\uFEFFx\ty\tlabel\n0.5\t1.5\ta\n-1\t2\tb', two],
    ['bars', 'x|y|label\n0.5|1.5|a\n-1|2|b\n', two],
    ['spaces, any number of them', '  x y   label\n0.5  1.5 a\n -1 2 b\n', two],
    ['old line ends', 'x,y,label\r0.5,1.5,a\r-1,2,b\r', two],
    ['everything in quotes', '"x","y","label"\n"0.5","1.5","a"\n"-1","2","b"\n', two],
    ['decimal commas in quotes', 'x,y,label\n"0,5","1,5",a\n-1,2,b\n', two],
    ['empty lines, and lines of separators', '\n\nx,y,label\n\n0.5,1.5,a\n,,\n-1,2,b\n\n\n', two],
    ['separators behind the last column', 'x;y;label;\n0,5;1,5;a;\n-1;2;b;\n', two],
    [
      'two rows that have such, and a title row that has none',
      'x,y,label\n.5,1.5,a,,\n-1,2,b\n',
      two,
    ],
    ['the line for Excel', 'sep=;\nx;y;label\n0,5;1,5;a\n-1;2;b', two],
    ['comments before the titles', '# made by hand\n# in 2026\nx,y,label\n0.5,1.5,a\n-1,2,b', two],
    ['spaces around cells', 'x , y , label\n 0.5 , 1.5 , a \n-1,2,b', two],
    [
      'no titles',
      '0.5,1.5,a\n-1,2,b\n',
      xyl(
        [
          [0.5, 1.5, 'a'],
          [-1, 2, 'b'],
        ],
        ['column 1', 'column 2', 'column 3'],
      ),
    ],
    [
      'quotes, separators and line ends within cells',
      'x,y,"the ""label""\nof a row"\n1,2,"a, ""b""\r\nc"\n3,4,d\n',
      xyl(
        [
          [1, 2, 'a, "b"\nc'],
          [3, 4, 'd'],
        ],
        ['x', 'y', 'the "label"\nof a row'],
      ),
    ],
    [
      'numbers in every form',
      'x;y;label\n1e-3;+2;a\n.5;-1.E2;b\n',
      xyl([
        [0.001, 2, 'a'],
        [0.5, -100, 'b'],
      ]),
    ],
    [
      'labels that look like much else',
      'x,y,label\n1,2,2026-01-05\n3,4,N/A\n5,6,–\n',
      xyl([
        [1, 2, '2026-01-05'],
        [3, 4, 'N/A'],
        [5, 6, '–'],
      ]),
    ],
    [
      'an index that pandas writes, and a column without anything',
      ',x,,label\n0,0.5,,a\n1,1.5,,b\n2,1,,a\n',
      [
        ['column 1', [0, 1, 2]],
        ['x', [0.5, 1.5, 1]],
        ['column 3', []],
        ['label', ['a', 'b', 'a']],
      ],
    ],
    [
      'fifty columns',
      [0, 1, 2].map((row) => fifty(row).join(';')).join('\n'),
      fifty(0).map((_, i) => [`column ${i + 1}`, [0, 1, 2].map((row) => row + i / 4)]),
    ],
  ])('is read: %s', (_, text, columns) => {
    expect(columnsOf(readTable(text))).toEqual(columns);
  });

  it.each<[what: string, text: string, says: RegExp]>([
    ['nothing', '', /^holds no rows$/],
    ['only empty lines', '\uFEFF\n \r\n\n', /^holds no rows$/],
    ['only titles', 'x,y,label\n', /^holds titles but no rows$/],
    [
      'only text',
      'a,b\nc,d\ne,f\n',
      /no column of numbers.*column 1 \("a"\) holds text: "c" in line 2/,
    ],
    ['one column', '1\n2\n3\n', /one column of numbers, but two are needed/],
    ['no labels', 'x,y\n0.5,1\n2.5,2\n', /none to learn from/],
    ['a row too long', 'x,y,label\n1,2,a\n1,2,3,b\n', /^line 3 has 4 columns, but line 1 has 3$/],
    ['a row too short', 'x,y,label\n1,2,a\n3,b\n', /^line 3 has 2 columns, but line 1 has 3$/],
    ['a missing number', 'x,y,label\n1,2,a\n,2,b\n', /^line 3, column 1 \("x"\) is empty$/],
    ['NA', 'x,y,label\n1,2,a\n3,4,b\n5,NA,a', /^line 4, column 2 \("y"\) holds no number: "NA"$/],
    [
      'a word among numbers',
      'x,y,l\n1,2,a\n3,4,b\nfive,6,a',
      /^line 4, column 1 \("x"\): "five" is/,
    ],
    [
      'a sum below',
      'x,y,l\n1,2,a\n3,4,b\nTotal,6,\n',
      /^line 4, column 1 \("x"\): "Total" is not a/,
    ],
    ['a missing label', 'x,y,label\n1,2,a\n3,4,\n5,6,b', /^line 3, column 3 \("label"\) is empty$/],
    [
      'an error for a label',
      'x;y;l\n1;2;a\n3;4;#N/A\n',
      /^line 3, column 3 \("l"\) holds the error "#N/,
    ],
    [
      'thin spaces in numbers',
      'x;y;l\n1\u2009234;2;a\n3;4;b\n5;6;a',
      /"1.*234" is not a number: write/,
    ],
    [
      'apostrophes in numbers',
      "x,y,l\n1'234,2,a\n3,4,b\n5,6,a",
      /"1'234" is not a number: write it/,
    ],
    [
      'groups by commas',
      'x,y,l\n"1,234",2,a\n3,4,b\n5,6,a',
      /"1,234" may be a number in groups or/,
    ],
    [
      'groups and a decimal comma',
      'x;y;l\n1.234,5;2;a\n3;4;b\n5;6;a',
      /"1\.234,5" is not a number: w/,
    ],
    [
      'both kinds of decimals',
      'x;y;l\n1,5;2;a\n2.5;4;b\n',
      /line 3, .*"2\.5" has a decimal point, but/,
    ],
    [
      'decimals by column',
      'x;y;l\n1,5;2.5;a\n3;4;b\n',
      /decimal comma in line 2, column "x", but a/,
    ],
    ['a number beyond all', 'x,y,l\n1e999,2,a\n3,4,b\n', /"1e999" is not a finite number/],
    ['a quote that never ends', 'x,y,l\n1,2,"a\n3,4,b\n', /^line 2: the quotes do not match$/],
    ['a quote in a cell', 'x,y,l\n1,2,5" pipe\n3,4,b\n', /^line 2: the quotes do not match$/],
    ['one class', 'x,y,l\n1,2,a\n3,4,a\n', /column 3 \("l"\) does not hold two to 5 classes/],
    [
      'six classes',
      `x,y,l\n${[...'abcdef'].map((c) => `1,2,${c}`).join('\n')}`,
      /two to 5 classes/,
    ],
    ['300 columns', '1,'.repeat(300).concat('1'), /^has 301 columns; at most 256 are read$/],
  ])('is refused in one sentence: %s', (_, text, says) => {
    const read = () => dataOf(text);
    expect(read).toThrow(InputError);
    expect(read).toThrow(says);
  });

  it('of 10⁵ rows is read in less than a second', () => {
    const rows = Array.from(
      { length: 1e5 },
      (_, i) => `${i / 8};${-i / 4};${'abc'[i % 3]};note ${i}`,
    );
    const text = `x;y;label;note\r\n${rows.join('\r\n').replaceAll('.', ',')}\r\n`;
    const start = cpuMs();
    const table = readTable(text);
    const ms = cpuMs() - start;
    expect(table.rows).toBe(1e5);
    expect(columnsOf(table)[1][1].at(-1)).toBe(-99_999 / 4);
    expect(table.lines[99_999]).toBe(100_001);
    expect(ms).toBeLessThan(1000);
    expect(suggestChoice(table)).toEqual({ x: 0, y: 1, label: 2, task: 'classes' });
  });

  it('takes time in proportion to its text, whatever it holds', () => {
    for (const text of [
      `1,"${'""'.repeat(4e5)}\n`,
      `x,y\n${'1,"\n'.repeat(2e5)}`,
      `1,${' '.repeat(8e5)}x\n`,
      `${'1'.repeat(8e5)}x,2`,
      '\n'.repeat(8e5),
      `1,2\n${',\n'.repeat(2e5)}`,
      `${'1 '.repeat(8e5)}`,
      '"'.repeat(8e5),
    ]) {
      const start = cpuMs();
      try {
        dataOf(text);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
      expect(cpuMs() - start).toBeLessThan(2000);
    }
  });
});

describe('the bytes of a table', () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  it('may be UTF-8, UTF-16 with its mark, or what Excel writes in Western Europe', () => {
    const text = 'x;Größe\n';
    const wide = new Uint8Array(2 * text.length + 2);
    [0xfeff, ...Array.from(text, (c) => c.charCodeAt(0))].forEach((unit, i) => {
      wide.set([unit & 255, unit >> 8], 2 * i);
    });
    const narrow = Uint8Array.from(text, (c) => c.charCodeAt(0));
    for (const bytes of [encode(text), encode(`\uFEFF${text}`), wide, narrow])
      expect(textOf(bytes)).toBe(text);
  });

  it('of other files are refused by what these are', () => {
    expect(() => textOf(encode('PK\u0003\u0004\u0000'))).toThrow(/is a ZIP archive/);
    expect(() => textOf(new Uint8Array(9))).toThrow(/holds zero bytes/);
  });
});
