import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium, startsAsChromium } from './chromium.mjs';

const HOW_TO_GET_ONE =
  'No Chromium found. Install Chromium or Chrome, or run "npx playwright install chromium", or set CHROMIUM_PATH.';

/** Playwright is loaded late: it may have been installed a moment ago. */
async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

/** Debian and its derivatives as root: most likely a fresh container, where installing a package is fine. */
function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs Debian's package; a sentence for the user when that fails, else null. */
function installWithApt() {
  console.log('No Chromium found; installing the package "chromium" with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const done = spawnSync('apt-get', ['-q', ...args], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (done.status !== 0) return `"apt-get ${args.join(' ')}" failed, see above.`;
  }
  return null;
}

/** The path of a Chromium that starts. Throws an Error whose message is for the user if there is none. */
export async function getChromium() {
  const own = await playwrightsOwn();
  const host = {
    env: process.env,
    platform: process.platform,
    works: startsAsChromium,
    bundled: () => own,
  };
  const found = findChromium(host);
  if (found !== null) return found;
  if (!mayInstall()) throw new Error(HOW_TO_GET_ONE);
  const trouble = installWithApt();
  const installed = findChromium(host);
  if (installed === null) throw new Error([trouble, HOW_TO_GET_ONE].filter(Boolean).join(' '));
  return installed;
}
