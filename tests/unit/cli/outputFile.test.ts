import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeIo } from '../../../cli/src/io.ts';
import { excerpt } from '../../../src/errors.ts';
import { run } from './run.ts';

const NET = '{"layers":[{"W":[[1,0],[0,1]],"b":[0,0]},{"W":[[1,1]],"b":[0]}],"activation":"relu"}';
const POINTS = '0.5,0.5\n0,0\n-1,2\n';
const HEAD = 'index,C_0,C,zaslavsky,log2_zaslavsky\n';
const TABLE = `${HEAD}0,0,0,1,0\n1,2,2,4,2\n2,0,0,1,0\n`;

let folder: string;
const at = (name: string) => join(folder, name);
/** As a message names it. */
const shown = (name: string) => excerpt(at(name), 'end');
const text = (name: string) => readFileSync(at(name), 'utf8');

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'reluscope-out-')));
  writeFileSync(at('net.json'), NET);
  writeFileSync(at('points.csv'), POINTS);
  writeFileSync(at('radii.csv'), '.1\n.1\n.1\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs `bound --centres` on the disk. */
const bound = (out: string, words = '--radius .1', centres = at('points.csv')) =>
  run(
    ['bound', at('net.json'), '--compute', 'reference', '--centres', centres, '--out', out].concat(
      words === '' ? [] : words.split(' '),
    ),
    {},
    { create: nodeIo.create },
  );

/** Every file of the folder with what it holds. */
const snapshot = () =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => statSync(at(name)).isFile())
      .map((name) => [name, text(name)]),
  );

describe('--out that names a file that is read', () => {
  const alias: Record<string, (of: string) => string> = {
    'by its name': (of) => at(of),
    'by a relative path': (of) => relative(process.cwd(), at(of)),
    'by a way around': (of) => `${folder}/../${folder.split('/').at(-1)}/./${of}`,
    'by a symbolic link': (of) => {
      symlinkSync(of, at('soft.csv'));
      return at('soft.csv');
    },
    'by a link to its folder': (of) => {
      symlinkSync('.', at('here'));
      return at(`here/${of}`);
    },
    'by a hard link': (of) => {
      linkSync(at(of), at('hard.csv'));
      return at('hard.csv');
    },
  };
  const inputs = ['net.json', 'points.csv', 'radii.csv'];
  const pairs = inputs.flatMap((of) => Object.keys(alias).map((how) => [of, how] as const));

  it.each(pairs)('is refused, and the file stays as it was: %s %s', async (of, how) => {
    const out = alias[how](of);
    const before = snapshot();
    const { code, error } = await bound(out, `--radii ${at('radii.csv')} --format csv`);
    expect(error).toBe(`reluscope: --out is the file ${shown(of)} that is read\n`);
    expect(code).toBe(2);
    expect(snapshot()).toEqual(before);
  });

  it('is refused where the part would be kept, too', async () => {
    writeFileSync(at('b.csv.partial'), POINTS);
    const before = snapshot();
    const centres = at('b.csv.partial');
    const { code, error } = await bound(at('b.csv'), '--radius .1 --keep-partial', centres);
    const name = shown('b.csv.partial');
    expect(error).toBe(`reluscope: --keep-partial: ${name} is the file ${name} that is read\n`);
    expect(code).toBe(2);
    expect(snapshot()).toEqual(before);
  });
});

describe('a table that is written to a file', () => {
  it('takes the place of the one before, with its permissions, and leaves nothing else', async () => {
    writeFileSync(at('b.csv'), 'yesterday');
    chmodSync(at('b.csv'), 0o640);
    const names = readdirSync(folder);
    expect((await bound(at('b.csv'))).error).toBe('');
    expect(text('b.csv')).toBe(TABLE);
    expect(statSync(at('b.csv')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(names);
  });

  it('has the permissions that any new file has', async () => {
    writeFileSync(at('any'), '');
    await bound(at('b.csv'));
    expect(statSync(at('b.csv')).mode).toBe(statSync(at('any')).mode);
  });

  it.each([
    ['that leads to a file', true],
    ['that leads nowhere yet', false],
  ])('goes through a symbolic link %s', async (_, exists) => {
    mkdirSync(at('far'));
    if (exists) writeFileSync(at('far/real.csv'), 'yesterday');
    symlinkSync('far/real.csv', at('first.csv'));
    symlinkSync('first.csv', at('b.csv'));
    expect((await bound(at('b.csv'))).error).toBe('');
    expect(lstatSync(at('b.csv')).isSymbolicLink()).toBe(true);
    expect(text('far/real.csv')).toBe(TABLE);
  });

  it('is whole when two commands write it at once', async () => {
    const both = await Promise.all([bound(at('b.csv')), bound(at('b.csv'))]);
    expect(both.map(({ error }) => error)).toEqual(['', '']);
    expect(text('b.csv')).toBe(TABLE);
    expect(readdirSync(folder).filter((name) => name.includes('reluscope'))).toEqual([]);
  });

  it.skipIf(!existsSync('/dev/null'))('may go to a device', async () => {
    const { code, error } = await bound('/dev/null', '--radius .1 --format csv');
    expect([code, error]).toEqual([0, '']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    const kept = await bound('/dev/null', '--radius .1 --format csv --keep-partial');
    expect([kept.code, kept.error]).toEqual([
      2,
      'reluscope: --keep-partial needs a file, which /dev/null is not: it is a stream\n',
    ]);
  });

  it.each([
    ['a folder', 'folder.csv', /folder\.csv: cannot be written \(it is a directory\)/],
    ['a folder to come', 'new.csv/', /new\.csv\/: cannot be written \(it is a directory\)/],
    ['in no folder', 'none/b.csv', /none\/b\.csv: cannot be written \(no such file or directory\)/],
    ['in a file', 'net.json/b.csv', /b\.csv: cannot be written \(not a directory\)/],
    ['a circle of links', 'circle.csv', /circle\.csv: cannot be written \(too many symbolic links/],
    ['too long', `${'b'.repeat(300)}.csv`, /cannot be written \(name too long\)/],
  ])('is refused in a sentence where there can be no file: %s', async (_, name, says) => {
    mkdirSync(at('folder.csv'));
    symlinkSync('circle.csv', at('circle.csv'));
    const names = readdirSync(folder);
    const { code, error } = await bound(`${folder}/${name}`, '--radius .1 --format csv');
    expect(error).toMatch(says);
    expect(error).toMatch(/^reluscope: [^\n]*\n$/);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(names);
  });

  // An administrator may write everywhere.
  it.skipIf(process.getuid?.() === 0)('is refused where nothing may be written', async () => {
    writeFileSync(at('b.csv'), 'yesterday');
    chmodSync(at('b.csv'), 0o444);
    expect((await bound(at('b.csv'))).error).toMatch(/b\.csv: cannot be written \(permission/);
    chmodSync(at('b.csv'), 0o644);
    chmodSync(folder, 0o555);
    const { error } = await bound(at('b.csv'));
    chmodSync(folder, 0o755);
    expect(error).toMatch(/b\.csv: cannot be written \(no other file can be made beside it: permi/);
    expect(text('b.csv')).toBe('yesterday');
  });
});

describe('a table that breaks off', () => {
  /** The first row of the second piece, and of the third. */
  const long = (bad: number) => {
    const rows = Array.from({ length: bad }, (_, i) => `${i},${-i}\n`);
    rows[bad - 1] = '1,wide\n';
    writeFileSync(at('long.csv'), rows.join(''));
    return at('long.csv');
  };
  const BAD = 150_001;

  it.each(['b.csv', 'b.json'])('leaves no %s that looks complete', async (name) => {
    const before = { ...snapshot(), 'long.csv': readFileSync(long(BAD), 'utf8') };
    const { code, error } = await bound(at(name), '--radius .1', at('long.csv'));
    expect(error).toMatch(/long\.csv: line 150001, column 2: "wide" is not a number\n$/);
    expect(code).toBe(2);
    expect(snapshot()).toEqual(before);
  });

  it('leaves the table of yesterday as it was, however early it breaks off', async () => {
    writeFileSync(at('b.csv'), 'yesterday');
    writeFileSync(at('short.csv'), '0,0\n0,wide\n');
    const before = snapshot();
    expect((await bound(at('b.csv'), '--radius .1', at('short.csv'))).code).toBe(2);
    expect(snapshot()).toEqual(before);
  });

  it.each(['b.csv', 'b.json'])('keeps the rows in %s.partial where it is told to', async (name) => {
    writeFileSync(at(name), 'yesterday');
    const { code, error } = await bound(at(name), '--radius .1 --keep-partial', long(BAD));
    expect(code).toBe(2);
    const held = /"wide" is not a number; (.*) holds the first (\d+) rows\n$/.exec(error);
    expect(held?.[1]).toBe(shown(`${name}.partial`));
    const content = text(`${name}.partial`);
    const rows = name.endsWith('csv') ? content.split('\n').length - 2 : JSON.parse(`${content}]`);
    expect(rows.length ?? rows).toBe(Number(held?.[2]));
    expect(Number(held?.[2])).toBeGreaterThan(100_000);
    expect(text(name)).toBe('yesterday');
    if (name.endsWith('json')) expect(() => JSON.parse(content)).toThrow();
  });

  it('keeps no part without a row, and does not lose one that was kept before', async () => {
    writeFileSync(at('b.csv.partial'), 'the day before');
    writeFileSync(at('short.csv'), '0,0\n0,wide\n');
    const { error } = await bound(at('b.csv'), '--radius .1 --keep-partial', at('short.csv'));
    expect(error).toMatch(/"wide" is not a number; there is no whole row to keep\n$/);
    expect(text('b.csv.partial')).toBe('the day before');
    expect(existsSync(at('b.csv'))).toBe(false);
  });

  it('keeps the part beside the file that a link leads to', async () => {
    mkdirSync(at('far'));
    symlinkSync('far/real.csv', at('b.csv'));
    const { error } = await bound(at('b.csv'), '--radius .1 --keep-partial', long(70_000));
    expect(error).toContain(`${shown('far/real.csv.partial')} holds the first 65536 rows`);
    expect(readdirSync(at('far'))).toEqual(['real.csv.partial']);
  });

  it('does not close the JSON that is on standard output already', async () => {
    const words = ['bound', at('net.json'), '--centres', long(BAD), '--radius', '.1'];
    const { code, out } = await run([...words, '--format', 'json', '--compute', 'reference']);
    expect(code).toBe(2);
    expect(() => JSON.parse(out)).toThrow();
    expect(JSON.parse(`${out}]`).length).toBeGreaterThan(100_000);
  });

  it('says what --keep-partial needs', async () => {
    const words = ['bound', at('net.json'), '--centres', at('points.csv'), '--radius', '.1'];
    expect((await run([...words, '--keep-partial'])).error).toBe(
      'reluscope: --keep-partial goes with --out\n',
    );
    mkdirSync(at('b.csv.partial'));
    expect((await bound(at('b.csv'), '--radius .1 --keep-partial')).error).toMatch(
      /b\.csv\.partial is in the way and is not a file\n$/,
    );
  });
});
