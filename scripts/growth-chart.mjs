// Draws docs/images/growth.svg from the table "As the network grows" of docs/performance.md, so that picture and
// table cannot differ. Run it after pasting new figures from `npm run bench -- growth`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scaleLog } from 'd3';
import { root } from './lib/install.mjs';

const PAPER = '#fbfbf9';
const INK = '#1c1d1f';
const MUTED = '#666a70';
const HAIRLINE = '#e2e2dd';
const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 40;
const TOP = 56;
const BOTTOM = 52;

/** One row per network; the first table after the heading. */
function rows() {
  const text = readFileSync(join(root, 'docs', 'performance.md'), 'utf8');
  const section = text.split('## As the network grows')[1];
  if (section === undefined) throw new Error('docs/performance.md has no section on growth');
  const lines = section.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const cells = (/** @type {string} */ line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const titles = cells(lines[first]);
  const column = (/** @type {string[]} */ row, /** @type {string} */ title) => {
    const at = titles.indexOf(title);
    if (at < 0) throw new Error(`the table on growth has no column "${title}"`);
    return row[at];
  };
  const number = (/** @type {string[]} */ row, /** @type {string} */ title) => {
    const value = Number(column(row, title).replaceAll(',', ''));
    if (!(value > 0)) throw new Error(`"${title}" of ${row[0]} is no number above 0`);
    return value;
  };
  const found = [];
  for (const line of lines.slice(first + 2)) {
    if (!line.startsWith('|')) break;
    const row = cells(line);
    const network = column(row, 'network');
    found.push({
      network,
      hidden: network.split('-').length - 2,
      regions: number(row, 'regions'),
      cost: number(row, 'µs per region'),
      writing: number(row, 'writing alone, µs per region'),
    });
  }
  return found;
}

const table = rows();
const values = table.flatMap(({ cost, writing }) => [cost, writing]);
const regions = table.map((row) => row.regions);
/** Whole decades around the data. */
const decades = (/** @type {number[]} */ all) => [
  10 ** Math.floor(Math.log10(Math.min(...all))),
  10 ** Math.ceil(Math.log10(Math.max(...all))),
];
const x = scaleLog(decades(regions), [LEFT, WIDTH - RIGHT]);
const y = scaleLog(decades(values), [HEIGHT - BOTTOM, TOP]);
const ticks = (/** @type {number[]} */ [from, to]) =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i);

const text = (
  /** @type {number} */ px,
  /** @type {number} */ py,
  /** @type {string} */ content,
  anchor = 'start',
  colour = MUTED,
) =>
  `<text x="${px.toFixed(1)}" y="${py.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${content}</text>`;

const circle = (/** @type {number} */ px, /** @type {number} */ py, /** @type {string} */ fill) =>
  `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="4.5" ${fill}/>`;
const square = (/** @type {number} */ px, /** @type {number} */ py, /** @type {string} */ fill) =>
  `<rect x="${(px - 4.2).toFixed(1)}" y="${(py - 4.2).toFixed(1)}" width="8.4" height="8.4" ${fill}/>`;

const SERIES = [
  { hidden: 2, name: 'two hidden layers', colour: '#0072B2', marker: circle },
  { hidden: 3, name: 'three hidden layers', colour: '#D55E00', marker: square },
];

const parts = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" style="font-variant-numeric: tabular-nums">`,
  '<title>Microseconds per region as the network grows, beside the time that writing the result alone takes</title>',
  `<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>`,
];
for (const v of ticks(y.domain())) {
  parts.push(
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(v).toFixed(1)}" y2="${y(v).toFixed(1)}" stroke="${HAIRLINE}"/>`,
    text(LEFT - 8, y(v) + 4, String(Number(v.toPrecision(1))), 'end'),
  );
}
for (const v of ticks(x.domain()))
  parts.push(text(x(v), HEIGHT - BOTTOM + 20, v.toLocaleString('en-US'), 'middle'));
parts.push(
  text(LEFT - 40, TOP - 36, 'µs per region, one thread', 'start', INK),
  text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, 'regions in [−1, 1]²', 'middle', INK),
);
SERIES.forEach(({ hidden, name, colour, marker }, i) => {
  const points = table.filter((row) => row.hidden === hidden).sort((p, q) => p.regions - q.regions);
  const path = (/** @type {(row: typeof points[0]) => number} */ value) =>
    points
      .map((row, k) => `${k ? 'L' : 'M'}${x(row.regions).toFixed(1)} ${y(value(row)).toFixed(1)}`)
      .join('');
  parts.push(
    `<path d="${path((row) => row.cost)}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    `<path d="${path((row) => row.writing)}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-dasharray="4 4"/>`,
  );
  for (const row of points) {
    parts.push(
      marker(x(row.regions), y(row.cost), `fill="${colour}"`),
      marker(
        x(row.regions),
        y(row.writing),
        `fill="${PAPER}" stroke="${colour}" stroke-width="1.5"`,
      ),
      text(x(row.regions), y(row.cost) + (hidden === 2 ? 20 : -11), row.network, 'middle'),
    );
  }
  const left = WIDTH - RIGHT - 300 + 150 * i;
  parts.push(marker(left, TOP - 40, `fill="${colour}"`), text(left + 10, TOP - 36, name));
});
parts.push(
  `<line x1="${WIDTH - RIGHT - 306}" x2="${WIDTH - RIGHT - 282}" y1="${TOP - 20}" y2="${TOP - 20}" stroke="${MUTED}" stroke-width="1.5" stroke-dasharray="4 4"/>`,
  text(WIDTH - RIGHT - 274, TOP - 16, 'lower bound: writing the result alone'),
  '</svg>',
);
writeFileSync(join(root, 'docs', 'images', 'growth.svg'), `${parts.join('\n')}\n`);
