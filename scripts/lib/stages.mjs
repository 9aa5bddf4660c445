import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tallyPlaywright, tallyVitest } from './summary.mjs';
import { toolPath } from './tool.mjs';

/**
 * One step of a check. `commands` run one after another with Node; `report`, when there is one, reads what the test
 * runner left behind.
 * @typedef {{
 *   name: string,
 *   what: string,
 *   tiers: readonly Tier[],
 *   browser?: boolean,
 *   built?: boolean,
 *   commands: (reports: string) => string[][],
 *   env?: (reports: string) => Record<string, string | undefined>,
 *   report?: (reports: string) => import('./summary.mjs').Tally,
 * }} Stage
 *
 * `usual`: all that can break, without naming a tier; `quick`: what to run after every change; `long`: what takes
 * minutes and guards little.
 * @typedef {'quick' | 'usual' | 'long'} Tier
 */

/** @param {string} path */
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * @param {string} name of the stage, and of the project in vitest.config.ts
 * @param {string} what
 * @param {readonly Tier[]} tiers
 * @param {boolean} [browser] whether the stage needs a Chromium on the machine
 * @returns {Stage}
 */
function vitest(name, what, tiers, browser = false) {
  const file = (/** @type {string} */ reports) => join(reports, `${name}.json`);
  return {
    name,
    what,
    tiers,
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

/**
 * @param {string} name
 * @param {string} what
 * @param {Tier} tier
 * @param {readonly string[]} projects of playwright.config.ts
 * @returns {Stage}
 */
function playwright(name, what, tier, projects) {
  const file = (/** @type {string} */ reports) => join(reports, `${name}.json`);
  return {
    name,
    what,
    tiers: [tier],
    browser: true,
    built: true,
    commands: () => [
      [
        toolPath('@playwright/test', 'playwright'),
        'test',
        '--reporter=list,json',
        ...projects.map((project) => `--project=${project}`),
      ],
    ],
    // Playwright keeps log files plain by itself, and its workers warn about every NO_COLOR.
    env: (reports) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: file(reports), NO_COLOR: undefined }),
    report: (reports) => tallyPlaywright(json(file(reports))),
  };
}

/** @type {readonly Stage[]} in the order they run: the fast and informative ones first */
const STAGES = [
  {
    name: 'types',
    what: 'TypeScript',
    tiers: ['quick', 'usual'],
    commands: () => [[toolPath('typescript', 'tsc'), '-p', '.']],
  },
  {
    name: 'lint',
    what: 'Biome: lint and format',
    tiers: ['quick', 'usual'],
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
    tiers: ['usual'],
    commands: () => [[toolPath('knip')]],
  },
  vitest('unit', 'unit tests', ['quick', 'usual']),
  vitest('property', 'property tests on random networks', ['usual']),
  vitest('trials', 'the property tests with a count cut, in full', ['long']),
  vitest('gpu', 'WGSL kernels on a software adapter', ['usual'], true),
  {
    name: 'build',
    what: 'the site and the headless companion',
    tiers: ['usual'],
    commands: () => [
      [toolPath('vite'), 'build', '--logLevel', 'warn'],
      [toolPath('vite'), 'build', '--config', 'cli/vite.config.ts', '--logLevel', 'warn'],
    ],
  },
  {
    name: 'size',
    what: 'bundle budget',
    tiers: ['usual'],
    built: true,
    commands: () => [[toolPath('size-limit')]],
  },
  playwright('e2e', 'browser tests', 'usual', ['cpu', 'webgpu']),
  playwright('e2e-long', 'browser tests that take long, and the others again with WebGPU', 'long', [
    'cpu-long',
    'webgpu-long',
  ]),
];

/** @type {readonly Tier[]} */
const TIERS = ['quick', 'usual', 'long'];

/**
 * The stages with the given names, those of the named tiers, and the build that they need, in their fixed order; those
 * of the usual tier when no name is given.
 * @param {string[]} names
 * @returns {readonly Stage[] | string} or a sentence for the user
 */
export function chooseStages(names) {
  const tiers = names.filter((name) => TIERS.some((tier) => tier === name));
  const unknown = names.find(
    (name) => !tiers.includes(name) && !STAGES.some((stage) => stage.name === name),
  );
  if (unknown !== undefined) {
    const known = STAGES.map((stage) => stage.name).join(', ');
    return `There is no stage "${unknown}". The stages are: ${known}. The tiers are: ${TIERS.join(', ')}.`;
  }
  const asked = names.length === 0 ? ['usual'] : tiers;
  const chosen = STAGES.filter(
    (stage) => names.includes(stage.name) || stage.tiers.some((tier) => asked.includes(tier)),
  );
  const build = chosen.some((stage) => stage.built);
  return STAGES.filter((stage) => chosen.includes(stage) || (build && stage.name === 'build'));
}
