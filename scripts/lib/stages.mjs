import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tallyPlaywright, tallyVitest } from './summary.mjs';
import { toolPath } from './tool.mjs';

/**
 * One step of the whole check. `commands` run one after another with Node; `report`, when there is one, reads what
 * the test runner left behind.
 * @typedef {{
 *   name: string,
 *   what: string,
 *   browser?: boolean,
 *   built?: boolean,
 *   commands: (reports: string) => string[][],
 *   env?: (reports: string) => Record<string, string | undefined>,
 *   report?: (reports: string) => import('./summary.mjs').Tally,
 * }} Stage
 */

/** @param {string} path */
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * @param {string} name
 * @param {string} what
 * @param {boolean} browser whether the stage needs a Chromium on the machine
 * @returns {Stage}
 */
function vitest(name, what, browser) {
  const file = (/** @type {string} */ reports) => join(reports, `${name}.json`);
  return {
    name,
    what,
    browser,
    commands: (reports) => [
      [
        toolPath('vitest'),
        'run',
        '--project',
        name,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file(reports)}`,
      ],
    ],
    report: (reports) => tallyVitest(json(file(reports))),
  };
}

/** @type {readonly Stage[]} in the order they run: the fast and informative ones first */
const STAGES = [
  {
    name: 'types',
    what: 'TypeScript',
    commands: () => [[toolPath('typescript', 'tsc'), '-p', '.']],
  },
  {
    name: 'lint',
    what: 'Biome: lint and format',
    commands: () => [
      [
        toolPath('@biomejs/biome', 'biome'),
        'ci',
        '.',
        ...(process.stdout.isTTY ? [] : ['--colors=off']),
      ],
    ],
  },
  {
    name: 'knip',
    what: 'unused files, exports and packages',
    commands: () => [[toolPath('knip')]],
  },
  vitest('unit', 'unit and property tests', false),
  vitest('gpu', 'WGSL kernels on a software adapter', true),
  {
    name: 'build',
    what: 'the site and the headless companion',
    commands: () => [
      [toolPath('vite'), 'build', '--logLevel', 'warn'],
      [toolPath('vite'), 'build', '--config', 'cli/vite.config.ts', '--logLevel', 'warn'],
    ],
  },
  { name: 'size', what: 'bundle budget', built: true, commands: () => [[toolPath('size-limit')]] },
  {
    name: 'e2e',
    what: 'browser tests, with WebGPU and without',
    browser: true,
    built: true,
    commands: () => [[toolPath('@playwright/test', 'playwright'), 'test', '--reporter=list,json']],
    // Playwright keeps log files plain by itself, and its workers warn about every NO_COLOR.
    env: (reports) => ({
      PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'e2e.json'),
      NO_COLOR: undefined,
    }),
    report: (reports) => tallyPlaywright(json(join(reports, 'e2e.json'))),
  },
];

/**
 * The stages with the given names and the build that they need, in their fixed order; all when no name is given.
 * @param {string[]} names
 * @returns {readonly Stage[] | string} or a sentence for the user
 */
export function chooseStages(names) {
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    const known = STAGES.map((stage) => stage.name).join(', ');
    return `There is no stage "${unknown}". The stages are: ${known}.`;
  }
  if (names.length === 0) return STAGES;
  const build = STAGES.some((stage) => stage.built && names.includes(stage.name));
  return STAGES.filter(({ name }) => names.includes(name) || (build && name === 'build'));
}
