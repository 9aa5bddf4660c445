import type { Page } from '@playwright/test';
import { scenes } from '../../app/scenes/registry.ts';
import { expect, openApp, test } from './support/app.ts';

const SIZES = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 360, height: 640 },
  { width: 1024, height: 768 },
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
];

const caption = (page: Page) => page.getByTestId('caption');

/** What lies under one of the boxes of `over`: the chosen circle with its numbers, the buttons of the map, and `also`. */
const covered = (page: Page, over: string, also = '') =>
  page.evaluate(
    ([above, more]) => {
      const below = '[data-circle][aria-pressed="true"], [data-testid="map-tools"] > *';
      const boxes = [...document.querySelectorAll(above)].map((e) => e.getBoundingClientRect());
      return [...document.querySelectorAll(more ? `${below}, ${more}` : below)]
        .filter((e) => {
          const r = e.getBoundingClientRect();
          return boxes.some(
            (b) => b.left < r.right && r.left < b.right && b.top < r.bottom && r.top < b.bottom,
          );
        })
        .map((e) => e.getAttribute('aria-label') ?? e.textContent);
    },
    [over, also],
  );

async function expectFree(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const at = `${name} at ${size.width} × ${size.height}`;
    await expect(caption(page), at).toBeInViewport();
    await expect.poll(() => covered(page, '[data-testid="caption"]'), at).toEqual([]);
  }
}

for (const theme of ['light', 'projector'])
  test(`The line of a scene covers neither its circle, the number on it nor the map’s buttons: ${theme}`, async ({
    page,
  }) => {
    // The welcome is longer than any line, and offers the tour on a phone as well.
    await openApp(page, `?theme=${theme}`);
    await expect(page.locator('[data-part="count"]')).toBeVisible();
    await expectFree(page, 'the welcome');
    await page.setViewportSize(SIZES[0]);
    await expect(caption(page).getByRole('button', { name: 'Take the tour' })).toBeVisible();
    await caption(page).getByRole('button', { name: 'Close' }).click();
    await expect(caption(page)).toHaveCount(0);
    for (const { title, views } of scenes)
      for (const { hash, facts, line } of views) {
        await page.goto(`./?theme=${theme}#${hash}`);
        await expect(caption(page)).toContainText(line);
        if (facts.regions !== undefined)
          await expect(page.locator('[data-part="count"]')).toHaveText(String(facts.regions));
        await expectFree(page, title);
      }
  });

test('The scene of a dead network says so once, in its line, and another dead network in a notice', async ({
  page,
}) => {
  const { hash, line } = scenes.find(({ key }) => key === 'dead')!.views[0];
  await openApp(page, `#${hash}`);
  await expect(page.getByTestId('readout')).toContainText('dead');
  await expect(caption(page)).toContainText(line);
  await expect(page.getByTestId('notice')).toHaveCount(0);
  await openApp(page, `?other#${hash.replace('lr=1', 'lr=1.1')}`);
  await expect(page.getByTestId('notice')).toContainText('The network died');
});

test('On a phone a notice covers neither the bar, the buttons of map and transport nor the map', async ({
  page,
}) => {
  await page.setViewportSize(SIZES[0]);
  await openApp(page, '#opt=sgd&lr=10&net=2-64-64-64-1&speed=max');
  await page.getByRole('button', { name: 'Play' }).click();
  const notice = page.getByTestId('notice');
  await expect(notice).toContainText('diverged', { timeout: 60_000 });
  const rest =
    'header button, header h1, [data-testid="map"], [data-testid="transport"] button:not([data-term])';
  expect(await covered(page, '[data-testid="notice"]', rest)).toEqual([]);
  await expect(notice).toBeInViewport({ ratio: 1 });
  // Before an audience it covers no controls either.
  await page.keyboard.press('p');
  await expect(page.getByTestId('presented')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible();
  const controls = '[data-testid="presented"], footer button';
  expect(await covered(page, '[data-testid="notice"]', controls)).toEqual([]);
  await page.keyboard.press('Escape');
  // It stays in sight while the sheet is read.
  await page.mouse.move(200, 700);
  await page.mouse.wheel(0, 400);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(200);
  await expect(notice).toBeInViewport({ ratio: 1 });
});
