import type { Page } from '@playwright/test';
import { expect, openApp, settled, test } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

/** How much of the map is painted, in [0, 1]. */
const painted = (): number => {
  const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="map"] canvas');
  if (!canvas?.width) return 0;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count++;
  return count / (data.length / 4);
};

test('a view that takes long shows its first polygons while the rest is computed', async ({
  page,
}) => {
  // Eight layers in a wide view: seconds of work.
  await page.goto('./#net=2-64-64-64-64-64-64-64-64-1&view=0,0,4');
  await expect(page.getByTestId(/^counts/)).toContainText('so far');
  await expect.poll(() => page.evaluate(painted)).toBeGreaterThan(0.9);
  expect(await page.locator('[data-testid="counts"]').count()).toBe(0);
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  const regions = Number(await page.locator('[data-testid="counts"]').getAttribute('data-regions'));
  expect(regions).toBeGreaterThan(50_000);
});

test('a new network takes over at once from one whose regions are still being counted', async ({
  page,
}) => {
  await openApp(page, '#net=2-4-1');
  await page.evaluate(() => {
    location.hash = '#net=2-64-64-64-64-64-64-64-64-1&view=0,0,4';
  });
  await expect(page.getByTestId(/^counts/)).toContainText('so far');
  await page.evaluate(() => {
    location.hash = '#net=2-3-1';
  });
  await expect(page.locator('[data-testid="counts"]')).toContainText(/^[1-7] activation regions/);
});

const LONG = '#net=2-64-64-64-64-64-64-64-64-1&view=0,0,4';
/** Minutes of work: no machine ends it while a test looks on. */
const LONGER = '#net=2-256-256-256-256-256-256-256-256-1&view=0,0,4';
const stop = (page: Page) => page.getByRole('button', { name: 'Stop', exact: true });
const goOn = (page: Page) => page.getByRole('button', { name: 'Resume', exact: true });
const soFar = async (page: Page): Promise<number> =>
  Number(
    (await page.getByTestId(/^counts/).innerText())
      .match(/[\d\s,]+/g)
      ?.join('')
      .replace(/\D/g, ''),
  );

/** Number of regions of the picture, when it is done. */
async function drawnRegions(page: Page): Promise<string | null> {
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
  return page.locator('[data-testid="counts"]').getAttribute('data-regions');
}

const mapBox = (page: Page) => page.getByTestId('map').boundingBox();

/**
 * Opens an address whose picture is still being drawn, at the moment from which on that can be stopped.
 * @returns where the map was before that
 */
async function openSlow(page: Page, address: string) {
  // Two seconds are over at once, so that a quick machine is not done before.
  await page.clock.install();
  await page.goto(`./${address}`);
  await expect(page.getByTestId(/^counts/)).toContainText('so far');
  const box = await mapBox(page);
  await page.clock.fastForward(2000);
  return box;
}

test('a picture that takes long can be stopped: what is there stays, and is called unfinished', async ({
  page,
}) => {
  const box = await openSlow(page, LONGER);
  await expect.poll(() => page.evaluate(painted)).toBeGreaterThan(0.9);
  // A map that changed its size would be redrawn again and again.
  await expect(stop(page)).toBeVisible();
  expect(await mapBox(page)).toEqual(box);
  await stop(page).press('Enter');
  await expect(page.getByTestId(/^counts/)).toContainText('Unfinished: at least');
  // The same button, with the keyboard on it.
  await expect(goOn(page)).toBeFocused();
  expect(await mapBox(page)).toEqual(box);
  // What was on its way when it was stopped may still come, and then nothing.
  const stopped = await settled(page, () => soFar(page));
  expect(await page.evaluate(painted)).toBeGreaterThan(0.9);
  await goOn(page).press('Enter');
  await expect(page.getByTestId(/^counts/)).toContainText('so far');
  await expect.poll(() => soFar(page)).toBeGreaterThan(stopped);
});

// The next test has the same with a step in between.
test('a picture that was stopped and gone on with has the regions of one that was not', {
  tag: '@long',
}, async ({ page }) => {
  await openSlow(page, LONG);
  await stop(page).click();
  await page.waitForTimeout(300);
  await goOn(page).click();
  const gone = await drawnRegions(page);
  await page.goto('about:blank');
  await page.goto(`./${LONG}`);
  expect(await drawnRegions(page)).toBe(gone);
});

test('going on with a picture that was stopped draws the network that has learned since', async ({
  page,
}) => {
  await openSlow(page, LONG);
  await stop(page).click();
  await expect(goOn(page)).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByTestId('readout')).toContainText('Step 1,');
  await goOn(page).click();
  const gone = await drawnRegions(page);
  await page.goto('about:blank');
  await page.goto(`./${LONG}&steps=1`);
  expect(await drawnRegions(page)).toBe(gone);
});

test('another network takes over from a picture that is stopped, and so does the next large one', async ({
  page,
}) => {
  await openSlow(page, LONGER);
  await stop(page).press('Enter');
  await expect(goOn(page)).toBeFocused();
  await page.evaluate(() => {
    location.hash = '#net=2-3-1';
  });
  const counts = page.locator('[data-testid="counts"]');
  await expect(counts).toContainText(/^[1-7] activation regions/);
  await expect(goOn(page)).toHaveCount(0);
  // The button is gone: the keyboard is on the map, not lost.
  await expect(page.getByRole('application')).toBeFocused();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, LONG);
  await expect(counts).toContainText(/^\d{2,3}\D\d{3} activation regions.*in view/, {
    timeout: 60_000,
  });
});

test('the map keeps its size while the line under it says how far the next picture is', async ({
  page,
}) => {
  // A low and narrow window: the line is longer than the map's column is wide.
  await page.setViewportSize({ width: 768, height: 600 });
  await page.goto(`./${LONG}`);
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
  const box = await mapBox(page);
  await page.getByRole('button', { name: 'New weights' }).click();
  await expect(page.getByTestId(/^counts/)).toContainText('so far');
  expect(await mapBox(page)).toEqual(box);
});
