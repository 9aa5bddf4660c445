import type { Page } from '@playwright/test';
import { scenes } from '../../app/scenes/registry.ts';
import { expect, openApp, pressControl, test } from './support/app.ts';

const OWN = 'steps=400&pick=0.5,0.1,0.3;-0.3,0.2,0.2;0.1,0,0.25';
const scene = (page: Page) => page.getByRole('group', { name: 'Scenes' });
const circle = (page: Page) => page.getByRole('group', { name: 'Circles' });
const hash = (page: Page) => new URL(page.url()).hash;

test('Scenes stepped through in a presentation do not throw away the network and circles from before', async ({
  page,
}) => {
  await openApp(page, `#${OWN}`);
  await expect(page.getByTestId('exact-count')).toBeVisible();
  await page.keyboard.press('p');
  await expect(scene(page)).toContainText('Your own network');
  await page.keyboard.press('ArrowRight');
  await expect(circle(page)).toContainText('Circle 2 of 3');
  const said = await page.getByTestId('presented').textContent();
  for (const down of [1, 2]) {
    for (let i = 1; i <= down; i++) {
      await page.keyboard.press('PageDown');
      await expect(scene(page)).toContainText(`Scene ${i} of`);
    }
    await expect.poll(() => hash(page)).not.toContain(';');
    for (let i = 0; i < down; i++) await page.keyboard.press('PageUp');
    await expect(scene(page)).toContainText('Your own network');
    await expect.poll(() => hash(page)).toBe(`#${OWN}`);
    await expect(page.locator('[data-circle]')).toHaveCount(3);
    await expect(circle(page)).toContainText('Circle 2 of 3');
    await expect(page.getByTestId('presented')).toHaveText(said ?? '');
  }
  // The button in the bar leads the same way.
  await pressControl(page, 'Next scene');
  await expect(scene(page)).toContainText('Scene 1 of');
  await pressControl(page, 'Previous scene');
  await expect.poll(() => hash(page)).toBe(`#${OWN}`);
});

test('Every scene of a presentation has a name of its own and its line on the stage', async ({
  page,
}) => {
  await openApp(page, `?present=1#steps=0`);
  await expect(page.getByTestId('presented')).toBeFocused();
  const names: (string | null)[] = [];
  const views = scenes.flatMap((one) => one.views);
  const map = await page.getByTestId('map').boundingBox();
  for (const { line } of views) {
    await page.keyboard.press('PageDown');
    const said = page.getByTestId('presented-line');
    await expect(said).toHaveText(line);
    const box = await said.boundingBox();
    const size = await said.evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize));
    expect(size).toBeGreaterThanOrEqual(20);
    // One line, and the map keeps its size.
    expect(box?.height).toBeLessThan(2 * size);
    const now = await page.getByTestId('map').boundingBox();
    expect(Math.abs((now?.height ?? 0) - (map?.height ?? 0))).toBeLessThan(0.5);
    names.push((await scene(page).locator('p').textContent())?.split(': ')[1] ?? null);
  }
  expect(new Set(names).size).toBe(views.length);
});

test('The symbols of the legend grow with its words in a presentation', async ({ page }) => {
  await openApp(page, '#steps=0');
  const shares = () =>
    page
      .getByTestId('map-legend')
      .locator('li')
      .evaluateAll((entries) =>
        entries.map((li) => {
          const { height } = li.querySelector('svg')!.getBoundingClientRect();
          return Math.round((10 * height) / Number.parseFloat(getComputedStyle(li).fontSize));
        }),
      );
  await page.setViewportSize({ width: 1920, height: 1080 });
  // The legend comes after the first picture.
  await expect.poll(async () => (await shares()).length).toBeGreaterThan(3);
  const normal = await shares();
  await page.keyboard.press('p');
  await expect(page.getByTestId('presented')).toBeVisible();
  await expect.poll(shares).toEqual(normal);
});
