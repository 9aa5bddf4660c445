// Measures the engine in Node and the page in Chromium; prints one table per section. `npm run bench -- regions page`
// runs just those; `-- soak 30` trains in the page for half an hour, and runs only when it is named. Nothing but Node's own
// modules may be imported before the install check.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { benchOptions } from './lib/bench-options.mjs';
import { buildBench } from './lib/build-bench.mjs';
import { softwareVulkan } from './lib/chromium.mjs';
import { getChromium } from './lib/get-chromium.mjs';
import { ensureInstalled, root } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
const choice = benchOptions(process.argv.slice(2));
if (typeof choice === 'string') {
  console.error(choice);
  process.exit(2);
}
ensureInstalled();

const outDir = await buildBench('reluscope-bench', {
  main: 'tests/bench/main.ts',
  table: 'tests/bench/table.ts',
  pieceWorker: 'tests/bench/pieceWorker.ts',
});
const built = (/** @type {string} */ name) => join(outDir, `${name}.js`);
const { table } = await import(pathToFileURL(built('table')).href);

const { engine, page, soakMinutes } = choice;
let ok = true;
if (engine !== null) {
  // A process of its own: the Vulkan loader reads its environment once, at the start.
  const vulkan = softwareVulkan(await getChromium(), process.env);
  const { status } = spawnSync(process.execPath, [built('main'), ...engine], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...vulkan },
  });
  ok = status === 0;
}
if (ok && page) {
  const { pageBench, panBench } = await import('./bench-browser.mjs');
  console.log('\nFrames of the page while it trains 2-16-16-1 with regions on\n');
  console.log(table(await pageBench()));
  console.log('\nFrames of the page while its map is dragged\n');
  console.log(table(await panBench()));
}
if (ok && soakMinutes !== null) {
  const { soakBench } = await import('./bench-soak.mjs');
  ok = await soakBench(soakMinutes, table);
}
rmSync(outDir, { recursive: true, force: true });
process.exitCode = ok ? 0 : 1;
