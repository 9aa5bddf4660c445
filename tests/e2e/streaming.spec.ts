import { expect, openApp, test } from './support/app.ts';

/** How much of the map is painted, in [0, 1]. */
const painted = (): number => {
  const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
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
  await expect(page.locator('.counts')).toContainText('so far');
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
  await expect(page.locator('.counts')).toContainText('so far');
  await page.evaluate(() => {
    location.hash = '#net=2-3-1';
  });
  await expect(page.locator('[data-testid="counts"]')).toContainText(/^[1-7] activation regions/);
});
