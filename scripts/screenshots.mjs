// Regenerates the pictures of the documentation and of the scenes from the running app. Only Node's own modules before the
// install check.
import { mkdirSync, writeFileSync } from 'node:fs';
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
  present: { query: '?theme=projector&present=1', width: 1280, height: 720 },
};

/** A scene is drawn at this size, and kept at twice the size at which the page shows it. */
const DRAWN = { width: 420, height: 294 };
const SHOWN = { width: 120, height: 84 };
const QUALITY = 0.6;
const BARE = `
  [data-testid="embed-bar"], [data-testid="embed-notice"], [data-testid="map"] :is(text, rect) { display: none }
`;

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} address
 */
async function open(page, address) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
}

/** @param {Awaited<ReturnType<typeof openServedApp>>} app */
async function pictureDocs(app) {
  const folder = join(root, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  for (const [name, { query, width, height }] of Object.entries(PICTURES)) {
    const page = await app.browser.newPage({
      viewport: { width, height },
      deviceScaleFactor: 1.5,
      reducedMotion: 'reduce',
    });
    await open(page, app.address + query + STATE);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    await page.close();
    console.log(path);
  }
}

/**
 * A PNG as a smaller WebP, written by the browser.
 * @param {import('@playwright/test').Page} page
 * @param {Buffer} png
 * @returns {Promise<Buffer>}
 */
async function webp(page, png) {
  const url = await page.evaluate(
    async ({ source, width, height, quality }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (!context) throw new Error('this browser has no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, width, height);
      return canvas.toDataURL('image/webp', quality);
    },
    {
      source: `data:image/png;base64,${png.toString('base64')}`,
      width: 2 * SHOWN.width,
      height: 2 * SHOWN.height,
      quality: QUALITY,
    },
  );
  return Buffer.from(url.split(',')[1], 'base64');
}

/** @param {Awaited<ReturnType<typeof openServedApp>>} app */
async function pictureScenes(app) {
  const { createServer } = await import('vite');
  const vite = await createServer({ root, appType: 'custom', server: { middlewareMode: true } });
  const { scenes } = await vite.ssrLoadModule('/app/scenes/registry.ts');
  await vite.close();
  const folder = join(root, 'public', 'scenes');
  mkdirSync(folder, { recursive: true });
  const page = await app.browser.newPage({
    viewport: DRAWN,
    deviceScaleFactor: (2 * SHOWN.width) / DRAWN.width,
    reducedMotion: 'reduce',
    // For the style below.
    bypassCSP: true,
  });
  const blank = await app.browser.newPage();
  for (const { key, pictured, views } of scenes)
    for (const theme of ['light', 'dark']) {
      const steps = pictured === undefined ? '' : `&steps=${pictured}`;
      await open(page, `${app.address}?embed=1&theme=${theme}#${views[0].hash}${steps}`);
      const png = await page.screenshot({ animations: 'disabled', style: BARE });
      const picture = await webp(blank, png);
      const path = join(folder, `${key}-${theme}.webp`);
      writeFileSync(path, picture);
      console.log(`${path}, ${(picture.length / 1024).toFixed(1)} kB`);
    }
}

requireNode();
ensureInstalled();

// The CPU backend computes the same field to the last pixel that matters, and looks the same on every machine.
const app = await openServedApp(CPU_FLAGS);
try {
  const only = process.argv[2];
  if (only !== 'scenes') await pictureDocs(app);
  if (only !== 'docs') await pictureScenes(app);
} finally {
  await app.close();
}
