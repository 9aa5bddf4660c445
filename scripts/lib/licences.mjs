import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Name of the file beside the built code; the page links to it. */
const FILE = 'licences.txt';
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
/** Vite's own licence file also contains the licences of what Vite bundles; none of that is in a page built by it. */
const BUNDLED_BY_VITE = /\n# Licenses of bundled dependencies\n[\s\S]*/;
const RULE = '='.repeat(40);

/**
 * @typedef {import('vite').Rolldown.OutputBundle} OutputBundle
 * @typedef {{ title: string, text: string }} Notice
 */

/**
 * Plugins that put a file with the licences of everything in a bundle beside it: one for the bundle, one for its
 * workers. Vite's own `build.license` misses what only a worker uses and the code of the bundler itself.
 * A package without a licence text makes the build fail, with a sentence that names it.
 * @returns {{ bundle: import('vite').Plugin, workers: import('vite').Plugin }}
 */
export function licences() {
  /** @type {Set<string>} */
  const modules = new Set();
  const collect = (/** @type {OutputBundle} */ bundle) => {
    for (const output of Object.values(bundle))
      if (output.type === 'chunk') for (const id of output.moduleIds) modules.add(id);
  };
  let root = '';
  return {
    // Workers are bundled while the page's modules are read: before the page's bundle is complete.
    workers: {
      name: 'reluscope:licences-of-workers',
      generateBundle: (_options, bundle) => collect(bundle),
    },
    bundle: {
      name: 'reluscope:licences',
      configResolved(config) {
        root = config.root;
      },
      generateBundle(_options, bundle) {
        collect(bundle);
        const folders = new Set([...modules].map((id) => packageFolder(root, id)));
        folders.delete(root);
        const others = [...folders].map(readNotice);
        others.sort((a, b) => (a.title < b.title ? -1 : 1));
        const own = { ...readNotice(root), title: 'ReLUscope' };
        const source = [own, ...others]
          .map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}\n`)
          .join('\n');
        // The byte order mark: a host that names no encoding must not spoil the names of authors.
        this.emitFile({ type: 'asset', fileName: FILE, source: `\uFEFF${source}` });
      },
    },
  };
}

/**
 * The folder of the package that a module belongs to; the root for the program's own modules.
 * @param {string} root
 * @param {string} id a file, or a module that the bundler writes itself: NUL, the name of its package, a path
 */
function packageFolder(root, id) {
  if (id.startsWith('\0')) {
    const name = /^\0((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? '';
    const folder = join(root, 'node_modules', name);
    if (name !== '' && existsSync(join(folder, 'package.json'))) return folder;
    throw new Error(`The module ${JSON.stringify(id)} is bundled, and its package is not known.`);
  }
  const file = id.split('?')[0];
  if (!file.includes('/node_modules/')) return root;
  for (let folder = dirname(file); folder.includes('/node_modules/'); folder = dirname(folder)) {
    // Some packages have further files of this name inside, which only state the type of their modules.
    if (readJson(join(folder, 'package.json'))?.name !== undefined) return folder;
  }
  throw new Error(`The module ${file} is bundled, and no package.json above it has a name.`);
}

/** @param {string} path @returns {Record<string, string> | null} */
const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);

/** @param {string} folder of a package @returns {Notice} */
function readNotice(folder) {
  const { name, version, license } = readJson(join(folder, 'package.json')) ?? {};
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  if (files.length === 0)
    throw new Error(`The package ${name} is bundled, and it has no file with its licence.`);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    title: `${name} ${version}${license === undefined ? '' : ` (${license})`}`,
    text: texts.map((text) => text.replace(BUNDLED_BY_VITE, '').trim()).join('\n\n'),
  };
}
