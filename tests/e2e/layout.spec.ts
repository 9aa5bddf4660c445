import AxeBuilder from '@axe-core/playwright';
import { expect, openApp, test } from './support/app.ts';

const SIZES = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'tablet', width: 900, height: 1100 },
  { name: 'phone', width: 390, height: 844 },
  { name: 'narrow phone', width: 360, height: 740 },
];

for (const { name, width, height } of SIZES)
  test(`Nothing scrolls sideways on a ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openApp(page, '#pick=0.2,0.1,0.25');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await expect(page.locator('.map')).toBeInViewport();
  });

test('Before a projector the rail folds away, and the map has the room', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openApp(page, '#theme=projector');
  await expect(page.getByRole('heading', { name: 'Network' })).toBeHidden();
  const box = await page.locator('.map').boundingBox();
  expect(box?.width).toBeGreaterThan(620);
  await page.getByRole('button', { name: 'Set-up' }).first().click();
  await expect(page.getByRole('heading', { name: 'Network' })).toBeVisible();
});

test('On a phone of 360 pixels the buttons of the transport stand in one row', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openApp(page);
  const tops = await page
    .locator('.transport .buttons button')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
  expect(tops).toHaveLength(5);
  expect(new Set(tops).size).toBe(1);
});

for (const theme of ['light', 'dark'])
  test(`axe finds nothing serious in the ${theme} theme`, async ({ page }) => {
    await openApp(page, `#theme=${theme}&pick=0.2,0.1,0.25;-0.4,0.3,0.2`);
    await expect(page.getByTestId('bound-C')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)).toEqual([]);
  });

test('On a phone a tap sets a circle and the sheets show inspector, set-up and charts', async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await openApp(page);
  await page
    .locator('.map svg')
    .first()
    .tap({ position: { x: 200, y: 180 } });
  await expect(page.locator('g.circle')).toHaveCount(1);
  await expect(page.getByTestId('bound-C')).toBeVisible();
  await page.getByRole('button', { name: 'Set-up' }).last().click();
  await expect(page.getByRole('heading', { name: 'Network' })).toBeVisible();
  await page.getByRole('button', { name: 'Charts' }).click();
  await expect(page.locator('.charts-panel')).toBeVisible();
  await context.close();
});

test('An embed shows the map and a play button, starts paused and fits 480 × 270', async ({
  page,
}) => {
  await page.setViewportSize({ width: 480, height: 270 });
  await openApp(page, '?embed=1#net=2-8-8-1&data=spiral');
  await expect(page.getByRole('button')).toHaveCount(1);
  const text = page.locator('.embed-bar p');
  const before = await text.textContent();
  await page.waitForTimeout(400);
  expect(await text.textContent()).toBe(before);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => text.textContent()).not.toBe(before);
  await page.getByRole('button', { name: 'Pause' }).click();
});
