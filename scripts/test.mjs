// A check: all of it, a tier or single stages. Only Node's own modules may be imported before the install check.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { softwareVulkan } from './lib/chromium.mjs';
import { freePort } from './lib/free-port.mjs';
import { getChromium } from './lib/get-chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { runStage } from './lib/run-stage.mjs';
import { chooseStages } from './lib/stages.mjs';
import { closingLine, total } from './lib/summary.mjs';

requireNode();
const stages = chooseStages(process.argv.slice(2));
if (typeof stages === 'string') {
  console.error(stages);
  process.exit(2);
}
ensureInstalled();

/** @returns {Promise<Record<string, string>>} environment variables for the stages with a browser */
async function browserEnvironment() {
  try {
    const chromium = await getChromium();
    console.log(`Chromium: ${chromium}`);
    return {
      CHROMIUM_PATH: chromium,
      E2E_PORT: String(await freePort()),
      ...softwareVulkan(chromium, process.env),
    };
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
}

// Checked before the first stage, so that a missing browser is not reported only after minutes of tests.
const browser = stages.some((stage) => stage.browser) ? await browserEnvironment() : {};
const reports = mkdtempSync(join(tmpdir(), 'reluscope-test-'));
const began = performance.now();
const tallies = [];
let failed = null;
for (const stage of stages) {
  const { ok, tally } = runStage(stage, reports, stage.browser ? browser : {});
  tallies.push(tally);
  if (ok) continue;
  failed = stage.name;
  break;
}
rmSync(reports, { recursive: true, force: true });

const seconds = Math.round((performance.now() - began) / 1000);
console.log(
  failed === null
    ? `\nAll ${stages.length} stages passed in ${seconds} s.`
    : `\nStopped: the stage "${failed}" failed. "npm test -- ${failed}" runs it alone.`,
);
console.log(closingLine(total(tallies)));
process.exitCode = failed === null ? 0 : 1;
