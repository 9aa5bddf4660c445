import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/install.mjs';
import { licences } from '../../../scripts/lib/licences.mjs';
import { SIMD_MODULES } from '../../../scripts/lib/simd.mjs';

type File = Rolldown.OutputAsset | Rolldown.OutputChunk;

/** What a configuration builds, in memory, with a source map for every script: workers' too. */
async function built(config: InlineConfig): Promise<readonly File[]> {
  const result = await build({
    logLevel: 'silent',
    ...config,
    build: { ...config.build, write: false, sourcemap: true },
  });
  if (!('output' in result)) throw new Error('one output was expected');
  return result.output;
}

const textOf = (file: File): string =>
  file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8');

/** The packages whose code is in a bundle, as its source maps know them. */
function packagesOf(files: readonly File[]): string[] {
  const sources = files
    .filter(({ fileName }) => fileName.endsWith('.map'))
    .flatMap((file) => JSON.parse(textOf(file)).sources as string[]);
  const names = sources.map((s) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/[^?]*$/.exec(s)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

function noticesOf(files: readonly File[]): string {
  const found = files.find(({ fileName }) => fileName === 'licences.txt');
  if (!found) throw new Error('there are no notices beside the bundle');
  return textOf(found);
}

const licenceOf = (name: string) =>
  readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim();

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A page whose worker alone uses a package. */
function fixture(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'licences-'));
  folders.push(folder);
  const all = {
    'package.json': '{ "name": "page", "version": "1.0.0" }',
    LICENSE: 'Terms of the page',
    'index.html': '<script type="module" src="./page.js"></script>',
    'page.js': "import Worker from './one.js?worker';\nnew Worker();",
    'one.js': "import { told } from 'only-in-a-worker/inner/tell.js';\npostMessage(told);",
    'node_modules/only-in-a-worker/package.json':
      '{ "name": "only-in-a-worker", "version": "2.3.4", "license": "ISC" }',
    'node_modules/only-in-a-worker/inner/package.json': '{ "type": "module" }',
    'node_modules/only-in-a-worker/inner/tell.js': "export const told = 'told';",
    'node_modules/vite/package.json': '{ "name": "vite", "version": "8.0.0" }',
    'node_modules/vite/LICENSE.md': 'Terms of Vite\n\n# Licenses of bundled dependencies\nMany.',
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function buildFixture(files: Record<string, string>) {
  const notices = licences();
  return built({
    root: fixture(files),
    configFile: false,
    plugins: [notices.bundle],
    worker: { format: 'es', plugins: () => [notices.workers] },
  });
}

describe('the notices of what is built', () => {
  it('name every package in the page and its workers, each with its text', async () => {
    const files = await built({ root });
    const packages = packagesOf(files);
    expect(packages).toEqual(expect.arrayContaining(['d3-zoom', 'pure-rand', 'react', 'zustand']));
    const notices = noticesOf(files);
    for (const name of packages) {
      expect(notices).toContain(`\n${name} `);
      expect(notices).toContain(licenceOf(name));
    }
    expect(notices).toContain(readFileSync(join(root, 'LICENSE'), 'utf8').trim());
  });

  it('name every package in the command line, each with its text', async () => {
    const files = await built({ root, configFile: join(root, 'cli/vite.config.ts') });
    const packages = packagesOf(files);
    expect(packages).toContain('pure-rand');
    for (const name of packages) expect(noticesOf(files)).toContain(licenceOf(name));
  });

  it('name a package that only a worker uses, and the code of the bundler itself', async () => {
    const notices = noticesOf(
      await buildFixture({
        'node_modules/only-in-a-worker/NOTICE': 'Made by Linus Unnebäck',
        'node_modules/only-in-a-worker/LICENSE': 'Terms of the package',
      }),
    );
    expect(notices).toContain('only-in-a-worker 2.3.4 (ISC)');
    expect(notices).toContain('Terms of the package\n\nMade by Linus Unnebäck');
    expect(notices).toContain('Terms of the page');
    // Vite adds a script of its own to such a page.
    expect(notices).toContain('Terms of Vite');
    expect(notices).not.toContain('bundled dependencies');
  });

  it('are refused for a package without a licence text', async () => {
    await expect(buildFixture({})).rejects.toThrow(
      'The package only-in-a-worker is bundled, and it has no file with its licence.',
    );
  });

  it('need not name AssemblyScript: no function of its library is in the kernels', async () => {
    for (const { entries } of SIMD_MODULES) {
      let text = '';
      const options = ['--textFile', 'kernels.wat', '--optimizeLevel', '0', '--debug'];
      await compile(
        [...entries, ...options, '--enable', 'simd', '--runtime', 'stub', '--baseDir', root],
        {
          writeFile: (_name, contents) => {
            text += contents;
          },
        },
      );
      expect(text).toContain('(func $simd/');
      expect(text).not.toContain('(func $~lib/');
    }
  });
});
