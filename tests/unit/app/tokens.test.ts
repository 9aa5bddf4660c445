import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const app = fileURLToPath(new URL('../../../app', import.meta.url));

/** Names of custom properties that a style sheet or a component sets, but none reads; `--x-${i}` reads all `--x-…`. */
function unread(sources: readonly string[]): string[] {
  const text = sources.join('\n');
  const declared = text.matchAll(/(?<![\w-])(--[\w-]+)'?:/g);
  const read = new Set([...text.matchAll(/(--[\w-]+)(?!['\w-]*:)(\$\{)?/g)].map(([all]) => all));
  return [...new Set([...declared].map(([, name]) => name))].filter(
    (name) => !read.has(name) && !read.has(`${name.replace(/[^-]+$/, '')}\${`),
  );
}

it('has no custom property in the styles that nothing uses', () => {
  const sources = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(css|tsx?)$/.test(name))
    .map((name) => readFileSync(join(app, name), 'utf8'));
  expect(unread(sources)).toEqual([]);
  expect(unread([...sources, ':root {\n  --planted: 1px;\n}'])).toEqual(['--planted']);
});
