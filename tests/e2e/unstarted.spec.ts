import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
// Not the watchful `test` of support/app.ts: here the page's console complains, and should.
import { expect, type FrameLocator, type Page, type Route, test } from '@playwright/test';

const told = (where: Page | FrameLocator) => where.getByText('ReLUscope has not started');
// Playwright finds no text within <noscript>.
const off = (where: Page | FrameLocator) => where.locator('noscript p');
/** It comes after two seconds; how long a browser takes to draw it is the machine's affair. */
const SOON = { timeout: 10_000 };

/** Opens a page with the app in a frame; a sandbox makes the frame a stranger even on one site. */
async function openFramed(page: Page, sandbox: string): Promise<FrameLocator> {
  await page.route('**/host', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe src="./?embed=1" ${sandbox} width="480" height="270"></iframe>`,
    }),
  );
  await page.goto('./host', { waitUntil: 'commit' });
  return page.frameLocator('iframe');
}

test('Opened as a file the page says what it needs, with its styles', async ({ page }) => {
  await page.goto(pathToFileURL(resolve('dist/index.html')).href);
  await expect(told(page)).toBeVisible(SOON);
  await expect(page.getByText('Opened as a file? Serve its folder')).toBeVisible();
  const width = () => page.locator('#unstarted').evaluate((e) => getComputedStyle(e).maxWidth);
  await expect.poll(width, SOON).not.toBe('none');
});

test('A sandboxed frame without an origin says which words it lacks', async ({ page }) => {
  const frame = await openFramed(page, 'sandbox="allow-scripts"');
  await expect(told(frame)).toBeVisible(SOON);
  await expect(frame.getByText('In a sandboxed frame? It needs')).toBeVisible();
  const inside = frame.locator('#unstarted');
  // The words may be there before their styles.
  await expect
    .poll(() => inside.evaluate((e) => getComputedStyle(e).maxWidth), SOON)
    .not.toBe('none');
  // The whole of it fits into the smallest frame.
  expect(await inside.evaluate((e) => e.getBoundingClientRect().bottom)).toBeLessThanOrEqual(270);
});

test('A page whose script is missing, refused, unreachable or too new says so', async ({
  context,
}) => {
  const answers: ((route: Route) => Promise<void>)[] = [
    (route) => route.fulfill({ status: 404 }),
    (route) => route.fulfill({ status: 500 }),
    (route) => route.abort(),
    (route) => route.fulfill({ contentType: 'text/javascript', body: 'let newer = ' }),
  ];
  const pages = answers.map(async (answer) => {
    const page = await context.newPage();
    await page.route('**/assets/app-*.js', answer);
    await page.goto('./');
    await expect(told(page)).toBeVisible(SOON);
    await expect(page.getByText('could not be loaded or run')).toBeVisible();
  });
  await Promise.all(pages);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('The page says that JavaScript is off, and no other reason', async ({ page }) => {
    await page.goto('./');
    await expect(off(page)).toBeVisible(SOON);
    await expect(page.getByText('could not be loaded or run')).toBeHidden();
  });
});

test('A frame that allows no scripts says that they are off', async ({ page }) => {
  const frame = await openFramed(page, 'sandbox');
  await expect(off(frame)).toBeVisible(SOON);
});

/**
 * Whether any frame that the page drew while it started showed the message: within the two seconds that it waits for the
 * app, or beside it. An app that takes longer to start, on a machine that has much else to do, is told of rightly.
 */
async function seenWhileStarting(page: Page, address: string): Promise<boolean> {
  await page.addInitScript(() => {
    const look = () => {
      const message = document.querySelector('#unstarted');
      const app = document.querySelector('[data-ready]');
      const early = performance.now() < 2000 || app !== null;
      if (early && message?.checkVisibility({ visibilityProperty: true })) {
        document.documentElement.dataset.unstarted = 'seen';
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address);
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached', timeout: 30_000 });
  await expect(page.locator('#unstarted')).toHaveCount(0);
  return (await page.locator('html').getAttribute('data-unstarted')) === 'seen';
}

for (const address of ['./', './?embed=1']) {
  test(`Nobody sees the message where the app starts: ${address}`, async ({ page, context }) => {
    // A slow line: the page and its styles are there well before the script.
    await context.route('**/assets/app-*.js', async (route) => {
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    });
    expect(await seenWhileStarting(page, address)).toBe(false);
  });
}
