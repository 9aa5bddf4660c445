import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Paths of the repository in backticks; those with a placeholder, such as NAME or *, stand for many, and dist is built. */
function pathsIn(text: string): string[] {
  const paths = text.matchAll(
    /`((?:app|src|cli|shaders|simd|scripts|tests|docs|public)\/[\w./-]*)`/g,
  );
  return [...paths].map(([, path]) => path).filter((path) => !/NAME|dist\//.test(path));
}

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

/** Links of a page to files that are not there, or to headings that these do not have. */
function brokenLinks(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link);
  return links.filter((link) => {
    const [file, anchor] = link.split('#');
    const path = file === '' ? join(root, page) : resolve(root, dirname(page), file);
    if (!existsSync(path)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(path, 'utf8')).includes(anchor);
  });
}

describe.each(pages)('the page %s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');

  it('names only files that are there', () => {
    expect(pathsIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(pathsIn('`src/NAME.ts`, `src/steps.ts`, `app/history.ts`')).toEqual([
      'src/steps.ts',
      'app/history.ts',
    ]);
  });

  it('links only to pages and headings that are there', () => {
    expect(brokenLinks(page, text)).toEqual([]);
    expect(brokenLinks('README.md', '[a](docs/none.md) [b](README.md#none)')).toHaveLength(2);
  });
});

it('starts every page of docs with a paragraph that sums it up', () => {
  for (const page of pages.filter((name) => name.startsWith('docs/'))) {
    const [heading, summary] = readFileSync(join(root, page), 'utf8').split('\n\n');
    expect(heading, page).toMatch(/^# [^\n]+$/);
    expect(summary.length, page).toBeGreaterThan(200);
    expect(summary, page).toMatch(/^[A-Z`A-Za-z]/);
  }
});
