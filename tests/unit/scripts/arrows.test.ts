import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

/** What a line of code has in a file of the project, and the rule that the linter says it breaks. */
interface Planted {
  readonly file: string;
  readonly code: string;
  readonly rule: string | null;
}

/** The rules of imports and globals that the project's linter says the files break, file by file. */
function lint(files: readonly Planted[]): (string | null)[] {
  const folder = mkdtempSync(join(tmpdir(), 'reluscope-arrows-'));
  try {
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }),
    );
    files.forEach(({ file, code }, i) => {
      const path = join(folder, file.replace('planted', `planted${i}x`));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${code}\n`);
    });
    const { stdout } = spawnSync(
      process.execPath,
      [biome, 'lint', '--reporter=github', '--max-diagnostics=none'],
      { cwd: folder, encoding: 'utf8' },
    );
    const said = stdout.split('\n');
    return files.map((_, i) => {
      const line = said.find((one) => one.includes(`planted${i}x`) && one.includes('noRestricted'));
      return line?.match(/noRestricted\w+/)?.[0] ?? null;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const importing = (file: string, from: string, refused = true): Planted => ({
  file,
  code: `import { thing } from '${from}';\nexport const other = thing;`,
  rule: refused ? 'noRestrictedImports' : null,
});
const touching = (file: string, global: string): Planted => ({
  file,
  code: `export const thing = ${global};`,
  rule: 'noRestrictedGlobals',
});

/** Arrows that run up, and some that run down. */
const planted: readonly Planted[] = [
  importing('src/planted.ts', '../app/session/session.ts'),
  importing('src/regions/planted.ts', '../../app/format.ts'),
  touching('src/planted.ts', 'window.name'),
  importing('app/session/planted.ts', '../map/scene.ts'),
  importing('app/session/planted.ts', '../panels/inspector/found.ts'),
  importing('app/session/planted.ts', '../charts/charts.ts'),
  importing('app/session/planted.ts', '../pages/address.ts'),
  importing('app/session/planted.ts', '../workers/supervised.ts'),
  importing('app/session/planted.ts', '../useSession.ts'),
  importing('app/session/planted.ts', 'react'),
  touching('app/session/planted.ts', 'document.title'),
  touching('app/session/planted.ts', 'location.hash'),
  touching('app/session/planted.ts', 'navigator.onLine'),
  importing('app/map/planted.ts', '../pages/address.ts'),
  importing('app/panels/rail/planted.ts', '../../pages/App.tsx'),
  importing('app/panels/rail/planted.ts', '../../workers/watched.ts'),
  importing('app/charts/planted.ts', '../workers/watched.ts'),
  importing('app/explain/planted.ts', '../pages/address.ts'),
  importing('app/scenes/planted.ts', '../pages/address.ts'),
  importing('app/planted.ts', './map/scene.ts'),
  importing('app/workers/planted.ts', '../session/state.ts'),
  importing('app/workers/planted.ts', '../format.ts'),
  importing('app/workers/planted.ts', 'zustand/vanilla'),
  importing('cli/src/planted.ts', '../../app/format.ts'),
  importing('app/session/planted.ts', '../../src/steps.ts', false),
  importing('app/session/planted.ts', '../format.ts', false),
  importing('app/session/planted.ts', './workers.ts', false),
  importing('app/session/planted.ts', 'zustand/vanilla', false),
  importing('app/map/planted.ts', '../session/state.ts', false),
  importing('app/map/planted.ts', '../useSession.ts', false),
  importing('app/pages/planted.ts', '../map/scene.ts', false),
  importing('app/pages/planted.ts', '../workers/supervised.ts', false),
  importing('app/workers/planted.ts', '../../src/steps.ts', false),
  importing('app/workers/planted.ts', './watched.ts', false),
];

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join(folder, path));

describe('the arrows between folders', () => {
  it('run down: the linter refuses those that run up, and only those', () => {
    const found = lint(planted);
    expect(planted.map((one, i) => ({ ...one, rule: found[i] }))).toEqual(planted);
  });

  it('come back to no file that they started from', () => {
    const imported = /(?:from|import)\s*\(?'(\.[^'?]+)/g;
    const graph = new Map(
      ['app', 'src', 'cli/src']
        .flatMap(sources)
        .map((file) => [
          file,
          [...readFileSync(join(root, file), 'utf8').matchAll(imported)].map(([, path]) =>
            join(dirname(file), path),
          ),
        ]),
    );
    const finished = new Set<string>();
    const circles: string[] = [];
    const follow = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
      if (way.includes(file) || finished.has(file)) return;
      for (const next of graph.get(file) ?? []) follow(next, [...way, file]);
      finished.add(file);
    };
    for (const file of graph.keys()) follow(file, []);
    expect(graph.size).toBeGreaterThan(250);
    expect(circles).toEqual([]);
  });
});

describe('what belongs to a session', () => {
  it('is no variable of a module, except where a module is the entry of a worker', () => {
    const shared = sources('app')
      .filter((file) => !file.endsWith('.worker.ts'))
      .flatMap((file) =>
        readFileSync(join(root, file), 'utf8')
          .split('\n')
          .filter((line) => /^(export )?(let|var) /.test(line))
          .map((line) => `${file}: ${line}`),
      );
    expect(shared).toEqual([]);
  });
});
