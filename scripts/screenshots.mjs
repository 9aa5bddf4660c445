// Regenerates the pictures of the documentation from the running app. Only Node's own modules before the install check.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CPU_FLAGS } from './lib/browser-flags.mjs';
import { ensureInstalled, root } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { openServedApp } from './lib/served-app.mjs';

const STATE = '#data=spiral&net=2-16-16-1&steps=2000&pick=0.2,0.1,0.25';

/** File name → query and size of the window. */
const PICTURES = {
  light: { query: '?theme=light', width: 1440, height: 900 },
  dark: { query: '?theme=dark', width: 1440, height: 900 },
  phone: { query: '?theme=light', width: 390, height: 844 },
  embed: { query: '?theme=light&embed=1', width: 480, height: 270 },
};

requireNode();
ensureInstalled();

// The CPU backend computes the same field to the last pixel that matters, and looks the same on every machine.
const app = await openServedApp(CPU_FLAGS);
const folder = join(root, 'docs', 'images');
mkdirSync(folder, { recursive: true });
try {
  for (const [name, { query, width, height }] of Object.entries(PICTURES)) {
    const page = await app.browser.newPage({
      viewport: { width, height },
      deviceScaleFactor: 1.5,
      reducedMotion: 'reduce',
    });
    await page.goto(app.address + query + STATE);
    await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    await page.close();
    console.log(path);
  }
} finally {
  await app.close();
}
