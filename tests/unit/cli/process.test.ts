import { spawn, spawnSync } from 'node:child_process';
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
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyFile } from './npyFile.ts';
import { PLANE, run } from './run.ts';

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
  it('is one file', () => {
    expect(readdirSync(join(built, 'dist'))).toEqual(['main.js']);
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
  it('says how far it is, and ends at once and without an answer when it is interrupted', async () => {
    // Far more regions than a test would wait for.
    const layer = (inputs: number, outputs: number) => ({
      W: Array.from({ length: outputs }, (_, j) =>
        Array.from({ length: inputs }, (_, i) => Math.sin(1 + 7 * j + 13 * i * j + 3 * i)),
      ),
      b: Array.from({ length: outputs }, (_, j) => Math.cos(1 + 5 * j)),
    });
    const file = join(built, 'large.json');
    writeFileSync(
      file,
      JSON.stringify({ layers: [layer(2, 900), layer(900, 900), layer(900, 900), layer(900, 1)] }),
    );
    const command = join(built, 'bin', 'reluscope.js');
    const words = ['count', file, '--max-regions', '100000000'];
    const child = spawn(process.execPath, [command, ...words]);
    let out = '';
    let error = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      if (error === '') child.kill('SIGINT');
      error += data;
    });
    const [code, signal] = await once(child, 'close');
    expect({ code, signal, out }).toEqual({ code: null, signal: 'SIGINT', out: '' });
    expect(error).toMatch(/^(reluscope: \d+ regions so far, \d+ % done\n)+$/);
  });
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

describe('the built command, interrupted in the middle of a file of centres', () => {
  it('says what it has written and exits with 130', async () => {
    const COUNT = 10_000_000;
    const centres = join(built, 'zeros.npy');
    const out = join(built, 'out.csv');
    const header = npyFile([], [COUNT, 2], {});
    writeFileSync(centres, header);
    // Zeros that take no room on the disk.
    truncateSync(centres, header.length + 16 * COUNT);
    const command = join(built, 'bin', 'reluscope.js');
    const words = ['bound', PLANE, '--centres', centres, '--radius', '1', '--out', out];
    const child = spawn(process.execPath, [command, ...words, '--compute', 'reference']);
    let error = '';
    child.stderr.on('data', (data) => {
      error += data;
    });
    const closed = once(child, 'close');
    while (child.exitCode === null && !(existsSync(out) && statSync(out).size > 0))
      await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    const [, held] =
      /^reluscope: stopped: \S*out\.csv holds the first (\d+) of the 10000000 centres in \S*zeros\.npy\n$/.exec(
        error,
      ) ?? [];
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines.length - 1).toBe(Number(held));
    expect(lines.at(-1)).toBe(`${Number(held) - 1},2,2,4,2`);
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
