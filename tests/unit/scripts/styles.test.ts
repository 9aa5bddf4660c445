import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import config from '../../../vite.config.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Path from the root of the project → text. */
type Files = Readonly<Record<string, string>>;

interface Rule {
  /** With the conditions of the at-rules around it in front. */
  readonly selector: string;
  readonly conditions: string;
  readonly declarations: readonly (readonly [name: string, value: string])[];
}

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '');

/** The rules of a style sheet, those inside of at-rules as well. */
function rulesOf(css: string, conditions = ''): Rule[] {
  const rules: Rule[] = [];
  const text = withoutComments(css);
  for (let at = 0, open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
    const prelude = text.slice(at, open).trim();
    let close = open + 1;
    for (let depth = 1; depth > 0; close++) {
      if (close >= text.length) throw new Error(`“${prelude}” is not closed`);
      if (text[close] === '{') depth++;
      if (text[close] === '}') depth--;
    }
    const body = text.slice(open + 1, close - 1);
    at = close;
    if (prelude.startsWith('@')) rules.push(...rulesOf(body, `${conditions} ${prelude}`));
    else
      rules.push({
        selector: prelude,
        conditions,
        declarations: body
          .split(';')
          .filter((one) => one.includes(':'))
          .map((one) => [one.slice(0, one.indexOf(':')).trim(), one.slice(one.indexOf(':') + 1)]),
      });
  }
  return rules;
}

const isModule = (path: string): boolean => path.endsWith('.module.css');
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1]);
const classesOf = (css: string): string[] =>
  rulesOf(css).flatMap(({ selector }) => matches(selector, /\.([a-z][\w-]*)/gi));

/** What is not where the style sheets of the project have it: one sentence for each fault. */
function faultsOf(files: Files): string[] {
  const faults = new Set<string>();
  const sheets = Object.entries(files).filter(([path]) => path.endsWith('.css'));
  const code = Object.entries(files).filter(([path]) => /\.tsx?$/.test(path));

  for (const [path, css] of sheets)
    for (const { selector, conditions, declarations } of rulesOf(css)) {
      const classes = matches(selector, /\.([a-z][\w-]*)/gi);
      if (!isModule(path) && classes.length > 0)
        faults.add(`${path}: the class ${classes[0]} is everybody’s`);
      if (selector.includes(':global')) faults.add(`${path}: ${selector} is everybody’s`);
      if (conditions.includes('prefers-color-scheme'))
        faults.add(`${path}: ${selector} asks for a colour scheme; light-dark() follows it`);
      const dark = /data-theme=["']?(light|dark|auto)/.test(selector);
      for (const [name, value] of declarations) {
        if (dark && name !== 'color-scheme')
          faults.add(`${path}: ${name} is set for one colour scheme; light-dark() has both`);
        const colours = matches(value, /(#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\()/gi);
        if (colours.length > 0 && !path.endsWith('/tokens.css'))
          faults.add(`${path}: ${selector} has the colour ${colours[0]} of its own`);
      }
    }

  const defined = new Map<string, string>();
  for (const [path, css] of sheets)
    for (const { declarations } of rulesOf(css))
      for (const [name] of declarations) if (name.startsWith('--')) defined.set(name, path);
  for (const [path, text] of code)
    for (const name of [
      ...matches(text, /['"`](--[\w-]+)['"`]\]?:/g),
      ...matches(text, /setProperty\(['"](--[\w-]+)/g),
    ])
      defined.set(name, path);
  const read = new Map<string, string>();
  for (const [path, text] of [...sheets, ...code])
    for (const name of matches(
      path.endsWith('.css') ? withoutComments(text) : text,
      /(?:var\(\s*|getPropertyValue\(['"])(--[\w-]+)/g,
    ))
      read.set(name, path);
  for (const [name, path] of defined)
    if (!read.has(name)) faults.add(`${path}: nobody reads ${name}`);
  for (const [name, path] of read)
    if (!defined.has(name)) faults.add(`${path}: there is no ${name}`);

  const used = new Map(
    sheets.filter(([path]) => isModule(path)).map(([path]) => [path, new Set()]),
  );
  for (const [path, text] of code)
    for (const [, name, from] of text.matchAll(/^import (\w+) from '(.+\.module\.css)';$/gm)) {
      const sheet = join(path, '..', from);
      const has = new Set(classesOf(files[sheet] ?? ''));
      for (const key of matches(
        text.replace(/^import .*$/gm, ''),
        new RegExp(`\\b${name}\\.(\\w+)`, 'g'),
      )) {
        used.get(sheet)?.add(key);
        if (!has.has(key)) faults.add(`${path}: ${from} has no class ${key}`);
      }
    }
  for (const [path, keys] of used)
    for (const key of classesOf(files[path]))
      if (!keys.has(key)) faults.add(`${path}: nobody has the class ${key}`);

  for (const [path, text] of code)
    for (const key of matches(
      text,
      /\.(?:closest|matches|querySelector(?:All)?)(?:<\w+>)?\(['"`][^'"`]*\.([a-z][\w-]*)/gi,
    ))
      faults.add(`${path}: it looks for the class ${key}, which the build renames`);

  const tokens = withoutComments(files['app/styles/tokens.css'] ?? '');
  for (const [path, text] of [
    ...code,
    ...Object.entries(files).filter(([p]) => p.endsWith('.html')),
  ])
    for (const colour of matches(text, /["'](#[\da-f]{6})["']/gi))
      if (!tokens.includes(colour)) faults.add(`${path}: ${colour} is the colour of no token`);
  return [...faults];
}

describe('the style sheets', () => {
  let files: Files;
  beforeAll(() => {
    const paths = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(css|tsx?)$/.test(path))
      .map((path) => join('app', path));
    files = Object.fromEntries(
      [...paths, 'index.html'].map((path) => [path, readFileSync(join(root, path), 'utf8')]),
    );
  });

  it('keep every class at home, every colour in one place, and nothing that nobody uses', () => {
    expect(Object.keys(files).filter(isModule).length).toBeGreaterThan(10);
    expect(faultsOf(files)).toEqual([]);
  });

  it('have classes of which no two meet on the page', () => {
    const scoped = config.css?.modules;
    if (!scoped || typeof scoped.generateScopedName !== 'function') throw new Error('no names');
    const name = scoped.generateScopedName;
    const seen = new Map<string, string>();
    for (const path of Object.keys(files).filter(isModule))
      for (const key of new Set(classesOf(files[path]))) {
        const one = name(key, join(root, path), files[path]);
        expect(`${one} of ${seen.get(one) ?? path}`).toBe(`${one} of ${path}`);
        seen.set(one, path);
      }
    const modules = Object.keys(files)
      .filter(isModule)
      .map((path) => basename(path));
    expect(new Set(modules).size).toBe(modules.length);
  });

  it.each<{ planted: Files; fault: string }>([
    {
      planted: { 'app/a.css': '.circle { r: 2px }' },
      fault: 'app/a.css: the class circle is everybody’s',
    },
    {
      planted: { 'app/a.css': '@media print { ul > li.note:hover { margin: 0 } }' },
      fault: 'app/a.css: the class note is everybody’s',
    },
    {
      planted: { 'app/a.module.css': ':global(.note) { margin: 0 }' },
      fault: 'app/a.module.css: :global(.note) is everybody’s',
    },
    {
      planted: { 'app/a.css': '@media (prefers-color-scheme: dark) { p { margin: 0 } }' },
      fault: 'app/a.css: p asks for a colour scheme; light-dark() follows it',
    },
    {
      planted: {
        'app/styles/tokens.css': ':root { --ink: #111 } [data-theme="dark"] { --ink: #eee }',
      },
      fault: 'app/styles/tokens.css: --ink is set for one colour scheme; light-dark() has both',
    },
    {
      planted: { 'app/a.module.css': '.a { color: #1c1d1f }' },
      fault: 'app/a.module.css: .a has the colour #1c1d1f of its own',
    },
    {
      planted: { 'app/a.css': 'p { --gone: 1px; margin: var(--there); --there: 2px }' },
      fault: 'app/a.css: nobody reads --gone',
    },
    {
      planted: { 'app/a.tsx': "<p style={{ '--fill': 2 }} />" },
      fault: 'app/a.tsx: nobody reads --fill',
    },
    {
      planted: { 'app/a.css': 'p { margin: var(--spcae-1) }' },
      fault: 'app/a.css: there is no --spcae-1',
    },
    { planted: { 'app/a.ts': "colour('var(--inc)')" }, fault: 'app/a.ts: there is no --inc' },
    {
      planted: {
        'app/a.module.css': '.head { margin: 0 }',
        'app/a.tsx': "import styles from './a.module.css';\n<p className={styles.haed} />",
      },
      fault: 'app/a.tsx: ./a.module.css has no class haed',
    },
    {
      planted: { 'app/a.module.css': '.head { margin: 0 }' },
      fault: 'app/a.module.css: nobody has the class head',
    },
    {
      planted: { 'app/styles/tokens.css': 'p { color: #fbfbf9 }', 'app/a.ts': "rgb('#fbfbf8')" },
      fault: 'app/a.ts: #fbfbf8 is the colour of no token',
    },
    {
      planted: { 'app/a.ts': "target.closest('g.circle')" },
      fault: 'app/a.ts: it looks for the class circle, which the build renames',
    },
  ])('would not pass with $fault', ({ planted, fault }) => {
    expect(faultsOf(planted)).toContain(fault);
  });
});
