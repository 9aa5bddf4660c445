import { freePort } from './free-port.mjs';
import { getChromium } from './get-chromium.mjs';
import { root } from './install.mjs';

/**
 * Builds the site, serves it on a free port and opens a browser beside it.
 * @param {string[]} flags for Chromium
 * @returns {Promise<{ address: string, browser: import('@playwright/test').Browser, close: () => Promise<void> }>}
 */
export async function openServedApp(flags) {
  const { build, preview } = await import('vite');
  const { chromium } = await import('@playwright/test');
  const executablePath = await getChromium();
  await build({ root, logLevel: 'warn' });
  const port = await freePort();
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port, strictPort: true },
  });
  const browser = await chromium.launch({
    executablePath,
    args: flags,
  });
  return {
    address: `http://127.0.0.1:${port}/`,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
