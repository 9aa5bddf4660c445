import { type StdioPipe, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyFile } from './npyFile.ts';
import { PLANE, run } from './run.ts';

/** An interrupted command has minutes of work left, or waits for ever. The machine may be busy with other tests. */
const PROMPT_MS = 10_000;

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A copy of the package away from the repository, so that nothing it needs is found by accident. */
const built = mkdtempSync(join(tmpdir(), 'reluscope-cli-'));
const bare = mkdtempSync(join(tmpdir(), 'reluscope-cli-'));

const node = (folder: string, words: string[]) =>
  spawnSync(process.execPath, [join(folder, 'bin', 'reluscope.js'), ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });

beforeAll(async () => {
  for (const folder of [built, bare]) {
    mkdirSync(join(folder, 'bin'));
    cpSync(join(root, 'cli/package.json'), join(folder, 'package.json'));
    cpSync(join(root, 'cli/bin/reluscope.js'), join(folder, 'bin/reluscope.js'));
  }
  await build({
    root,
    configFile: join(root, 'cli/vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: join(built, 'dist') },
  });
});

afterAll(() => {
  for (const folder of [built, bare]) rmSync(folder, { recursive: true });
});

describe('the built command', () => {
  it('is one file, and the licences of what is in it', () => {
    expect(readdirSync(join(built, 'dist')).sort()).toEqual(['licences.txt', 'main.js']);
  });

  it('prints its answer on standard output', () => {
    const { status, stdout, stderr } = node(built, [
      'disc',
      PLANE,
      '--at',
      '.375,.5',
      '--r',
      '.625',
    ]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: '{"activationRegions":3,"linearRegions":3}\n',
      stderr: '',
    });
  });

  it('prints one line on standard error, and exits with 2, for a file that is not there', () => {
    const { status, stdout, stderr } = node(built, ['count', 'nowhere.json']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'reluscope: nowhere.json: cannot be read (no such file or directory)\n',
    });
  });
});

describe('the built command at long work', () => {
  // Far more regions than a test would wait for.
  const layer = (inputs: number, outputs: number) => ({
    W: Array.from({ length: outputs }, (_, j) =>
      Array.from({ length: inputs }, (_, i) => Math.sin(1 + 7 * j + 13 * i * j + 3 * i)),
    ),
    b: Array.from({ length: outputs }, (_, j) => Math.cos(1 + 5 * j)),
  });

  it.each([
    ['count --max-regions 100000000', 'SIGINT'],
    ['disc --at 0,0 --r 1 --max-regions 100000000', 'SIGTERM'],
    ['line --from -1,-1 --to 1,1', 'SIGINT'],
    ['line --from -1,-1 --to 1,1', 'SIGTERM'],
  ] as const)(
    'says how far it is, and ends at once and without an answer when it is interrupted: %s, %s',
    async (line, told) => {
      const file = join(built, 'large.json');
      writeFileSync(
        file,
        JSON.stringify({
          layers: [layer(2, 900), layer(900, 900), layer(900, 900), layer(900, 1)],
        }),
      );
      const command = join(built, 'bin', 'reluscope.js');
      const [verb, ...words] = line.split(' ');
      const child = spawn(process.execPath, [command, verb, file, ...words]);
      let out = '';
      let error = '';
      let asked = 0;
      child.stdout.on('data', (data) => {
        out += data;
      });
      child.stderr.on('data', (data) => {
        if (error === '') {
          asked = performance.now();
          child.kill(told);
        }
        error += data;
      });
      const [code, signal] = await once(child, 'close');
      expect(performance.now() - asked).toBeLessThan(PROMPT_MS);
      // A shell shows 130 and 143.
      expect({ code, signal, out }).toEqual({ code: null, signal: told, out: '' });
      expect(error).toMatch(/^(reluscope: \d+ regions so far[^\n]*\n)+$/);
    },
  );
});

describe('the built command on a full disk', () => {
  it.skipIf(!existsSync('/dev/full'))('fails and says so, where it once said nothing', () => {
    const full = openSync('/dev/full', 'w');
    const words = [join(built, 'bin', 'reluscope.js'), 'count', PLANE];
    const { status, stderr } = spawnSync(process.execPath, words, {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect([status, stderr]).toEqual([
      1,
      'reluscope: standard output: cannot be written (ENOSPC)\n',
    ]);
  });
});

describe('the built command with SIMD', () => {
  it('gives the same table on all cores as on one', async () => {
    const centres = join(built, 'points.npy');
    const rows = Array.from({ length: 60_000 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    writeFileSync(centres, npyFile(rows, [rows.length, 2], {}));
    const net = PLANE.replace('02_cross', 'nets/2-64-64-64-1');
    const words = ['bound', net, '--centres', centres, '--radius', '.1', '--compute', 'simd'];
    const shared = node(built, [...words, '--progress']);
    const threads = availableParallelism();
    if (threads > 1) expect(shared.stderr).toContain(`(WebAssembly SIMD, ${threads} threads)`);
    expect(shared.stdout === (await run(words)).out).toBe(true);
  });
});

/** Far more centres than a test would wait for: zeros that take no room on the disk. */
function endlessCentres(): string {
  const COUNT = 10_000_000;
  const centres = join(built, 'zeros.npy');
  const header = npyFile([], [COUNT, 2], {});
  writeFileSync(centres, header);
  truncateSync(centres, header.length + 16 * COUNT);
  return centres;
}

/** A new folder beside the built command. */
const newFolder = () => mkdtempSync(join(built, 'out-'));

/** `bound --centres` as a process, with what it says on standard error. */
function startBound(centres: string, more: string[], out: StdioPipe | number = 'pipe') {
  const command = join(built, 'bin', 'reluscope.js');
  const words = ['bound', PLANE, '--centres', centres, '--radius', '1', '--compute', 'reference'];
  const child = spawn(process.execPath, [command, ...words, '--progress', ...more], {
    stdio: ['ignore', out, 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (data) => {
    said += data;
  });
  return { child, said: () => said, closed: once(child, 'close') };
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe.skipIf(process.platform === 'win32')('the built command, told to stop', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'by %s in a batch exits with %i at once, and the file of yesterday stands',
    async (signal, code) => {
      const folder = newFolder();
      const out = join(folder, 'out.csv');
      writeFileSync(out, 'yesterday');
      const { child, said, closed } = startBound(endlessCentres(), ['--out', out]);
      await until(() => / centres so far/.test(said()));
      const asked = performance.now();
      child.kill(signal);
      expect(await closed).toEqual([code, null]);
      expect(performance.now() - asked).toBeLessThan(PROMPT_MS);
      expect(said()).toMatch(
        /\nreluscope: stopped after \d+ of the 10000000 centres in \S*zeros\.npy: \S*out\.csv is not written\n$/,
      );
      expect(readdirSync(folder)).toEqual(['out.csv']);
      expect(readFileSync(out, 'utf8')).toBe('yesterday');
    },
  );

  it('keeps the rows so far where it is told to', async () => {
    const out = join(newFolder(), 'out.csv');
    const { child, said, closed } = startBound(endlessCentres(), ['--out', out, '--keep-partial']);
    await until(() => / centres so far/.test(said()));
    child.kill('SIGTERM');
    expect(await closed).toEqual([143, null]);
    const held = /: \S*out\.csv\.partial holds the first (\d+) rows\n$/.exec(said())?.[1];
    const lines = readFileSync(`${out}.partial`, 'utf8').trimEnd().split('\n');
    expect(lines.length - 1).toBe(Number(held));
    expect(lines.at(-1)).toBe(`${Number(held) - 1},2,2,4,2`);
  });

  it.each(['centres', 'reader', 'table'] as const)(
    'ends at once also where a pipe waits for ever: %s',
    async (what) => {
      const pipe = join(newFolder(), 'pipe');
      spawnSync('mkfifo', [pipe]);
      // Who opens both ends waits for nobody.
      const ends = what === 'table' ? undefined : openSync(pipe, 'r+');
      if (what === 'centres') writeSync(ends as number, '0,0\n');
      const { child, closed } =
        what === 'centres'
          ? startBound(pipe, [])
          : what === 'reader'
            ? startBound(endlessCentres(), [], ends)
            : startBound(endlessCentres(), ['--out', pipe, '--format', 'csv']);
      // It is working when its table begins; the others end by the signal from their first moment on.
      if (what === 'reader') readSync(ends as number, Buffer.alloc(1));
      await new Promise((resolve) => setTimeout(resolve, 600));
      const asked = performance.now();
      child.kill('SIGTERM');
      // Where Node would wait for the pipe to exit, by the signal itself, which a shell shows as 143, too.
      expect(await closed).toEqual(what === 'reader' ? [143, null] : [null, 'SIGTERM']);
      expect(performance.now() - asked).toBeLessThan(PROMPT_MS);
      if (ends !== undefined) closeSync(ends);
    },
  );
});

describe.skipIf(process.platform === 'win32')('the built command on a disk that fills', () => {
  // A limit on the size of files does what a full disk does: it takes a part of a write, and refuses the next.
  const limited = (words: string) =>
    spawnSync(
      'bash',
      [
        '-c',
        `ulimit -f 1000; exec "${process.execPath}" "${join(built, 'bin', 'reluscope.js')}" bound "${PLANE}" ` +
          `--centres "${endlessCentres()}" --radius 1 --compute reference ${words}`,
      ],
      { encoding: 'utf8' },
    );

  it.each(['csv', 'json'])('leaves the table of yesterday, and no other: %s', (format) => {
    const folder = newFolder();
    const out = join(folder, `out.${format}`);
    writeFileSync(out, 'yesterday');
    const { status, stderr } = limited(`--out "${out}"`);
    expect(stderr).toMatch(/^reluscope: \S*out\.\w+: cannot be written \(file too large\)\n$/);
    expect(status).toBe(2);
    expect(readdirSync(folder)).toEqual([`out.${format}`]);
    expect(readFileSync(out, 'utf8')).toBe('yesterday');
  });

  it('keeps rows that are complete where it is told to', () => {
    const folder = newFolder();
    const out = join(folder, 'out.csv');
    const { stderr } = limited(`--out "${out}" --keep-partial`);
    const held = /\(file too large\); \S*out\.csv\.partial holds the first (\d+) rows\n$/.exec(
      stderr,
    );
    const lines = readFileSync(`${out}.partial`, 'utf8').trimEnd().split('\n');
    expect(lines.length - 1).toBe(Number(held?.[1]));
    expect(lines.at(-1)).toBe(`${Number(held?.[1]) - 1},2,2,4,2`);
    expect(readdirSync(folder)).toEqual(['out.csv.partial']);
  });
});

describe.skipIf(process.platform === 'win32')('the streams of the built command', () => {
  const shell = (line: string) => {
    const folder = newFolder();
    const bound = `"${process.execPath}" "${join(built, 'bin', 'reluscope.js')}" bound "${PLANE}" --compute reference --radius 1`;
    writeFileSync(join(folder, 'points.csv'), '0,0\n');
    const { status, stderr } = spawnSync('bash', ['-c', `cd "${folder}"; ${line}`], {
      encoding: 'utf8',
      env: { ...process.env, BOUND: bound },
    });
    const text = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { status, stderr, text, names: readdirSync(folder) };
  };
  const TABLE = 'index,C_0,C,zaslavsky,log2_zaslavsky\n0,2,2,4,2\n';

  it('append to what a shell appends to, by whatever name', () => {
    const { stderr, text } = shell(
      'echo before > all; for out in /dev/stdout /dev/fd/1 /proc/self/fd/1; do' +
        ' eval $BOUND --centres points.csv --out $out --format csv >> all; done',
    );
    expect(stderr).toBe('');
    expect(text('all')).toBe(`before\n${TABLE}${TABLE}${TABLE}`);
  });

  it('are no file that is read', () => {
    const { status, stderr, text } = shell('eval $BOUND --centres points.csv >> points.csv');
    expect(stderr).toBe('reluscope: standard output is the file points.csv that is read\n');
    expect(status).toBe(2);
    expect(text('points.csv')).toBe('0,0\n');
  });

  it('may be without a reader', () => {
    const { stderr, text, names } = shell(
      'eval $BOUND --centres points.csv --progress --out b.csv 2>&1 >/dev/null | true;' +
        ' eval $BOUND --centres points.csv | true; echo $PIPESTATUS > code',
    );
    expect(stderr).toBe('');
    expect(text('b.csv')).toBe(TABLE);
    expect(text('code')).toBe('0\n');
    expect(names.sort()).toEqual(['b.csv', 'code', 'points.csv']);
  });
});

describe('the command before it is built', () => {
  it('says what to do', () => {
    const { status, stdout, stderr } = node(bare, ['--help']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'reluscope: not built yet: run npm run build first\n',
    });
  });
});
