import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANE } from './run.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A copy of the package away from the repository, so that nothing it needs is found by accident. */
const built = mkdtempSync(join(tmpdir(), 'reluscope-cli-'));
const bare = mkdtempSync(join(tmpdir(), 'reluscope-cli-'));

const node = (folder: string, words: string[]) =>
  spawnSync(process.execPath, [join(folder, 'bin', 'reluscope.js'), ...words], {
    encoding: 'utf8',
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
