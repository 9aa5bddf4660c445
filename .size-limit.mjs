// What the built page may weigh, compressed. Run after a build; chunks are found by what imports them.
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'dist/assets/';
const files = readdirSync(FOLDER);

/** @param {string} name without its hash */
const fileOf = (name) => {
  const found = files.find((file) => new RegExp(`^${name}-[\\w-]{8}\\.\\w+$`).test(file));
  if (!found) throw new Error(`the build has no ${name}`);
  return found;
};

/**
 * Chunks and all that they import at once, without what is there already.
 * @param {readonly string[]} names
 * @param {readonly string[]} present
 */
function load(names, present = []) {
  /** @type {Set<string>} */
  const seen = new Set();
  /** @param {string} file */
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(FOLDER + file, 'utf8');
    for (const [, imported] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      visit(imported);
  };
  for (const name of names) visit(fileOf(name));
  return [...seen].filter((file) => !present.includes(file));
}

const first = load(['app', 'training.worker', 'geometry.worker', 'compute.worker']);
const soon = load(['Inspector', 'ChartsPanel', 'Scenes', 'MapEdge'], first);
const there = [...first, ...soon];

/**
 * @param {string} name
 * @param {readonly string[]} parts
 * @param {string} limit
 */
const row = (name, parts, limit) => ({
  name,
  path: parts.map((file) => FOLDER + file),
  limit,
  gzip: true,
});

/**
 * @param {string} what
 * @param {string} chunk
 * @param {string} limit
 */
const asked = (what, chunk, limit) => row(`when asked for: ${what}`, load([chunk], there), limit);

export default [
  row(
    'first load: page, styles, and the workers that every visit starts',
    [...first, ...files.filter((file) => file.endsWith('.css'))],
    '230 kB',
  ),
  row('after the first paint: inspector, charts, scenes, edge of the map', soon, '30 kB'),
  asked('how C came about', 'HowC', '9 kB'),
  asked('what stands around the map in a presentation', 'Presentation', '4 kB'),
  asked('the card of a word, all explanations, the placing of popovers', 'TermCard', '18 kB'),
  asked('the tour, placed as the cards are', 'Tour', '12 kB'),
  asked('the rest of the legend, placed as the cards are', 'LegendMore', '10 kB'),
  row(
    'later: workers for large views and large batches, and WebGPU where there is an adapter',
    load(['piece.worker', 'simd.worker', 'runner'], there),
    '35 kB',
  ),
];
