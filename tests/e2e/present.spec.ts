import type { Page } from '@playwright/test';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, pressControl, test, unfold } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

const TWO = 'net=2-8-8-1&seed=3&pick=0.2,0.1,0.25;-0.4,0.3,0.2;0.5,-0.5,0.1';
const headline = (page: Page) => page.getByTestId('presented');
const circle = (page: Page) => page.getByRole('group', { name: 'Circles' });
const scene = (page: Page) => page.getByRole('group', { name: 'Scenes' });
const step = (page: Page) => page.getByTestId('presented-step');
const settingsOf = (page: Page) => readLink(new URL(page.url()).hash).settings;

/** The numbers of the inspector, in the words of a presentation. */
async function inspectorSays(page: Page): Promise<string> {
  const text = (await page.getByTestId('headline').textContent()) ?? '';
  return text.replace('activation ', '');
}

const SIZES = [
  { width: 1280, height: 720, px: 40 },
  { width: 1920, height: 1080, px: 40 },
  { width: 844, height: 390, px: 20 },
] as const;

for (const theme of ['light', 'projector'])
  test(`Before an audience the map takes 70 % of the window, under a large headline, ${theme}`, async ({
    page,
  }) => {
    await openApp(page, `?present=1#${TWO}&theme=${theme}`);
    await expect(headline(page)).toContainText('meet this circle');
    for (const { width, height, px } of SIZES) {
      await page.setViewportSize({ width, height });
      const map = () => page.getByTestId('map').boundingBox();
      await expect.poll(async () => (await map())?.width).toBe(width);
      const box = await map();
      expect((box?.height ?? 0) / height).toBeGreaterThanOrEqual(0.7);
      const size = await headline(page).evaluate((h) =>
        Number.parseFloat(getComputedStyle(h).fontSize),
      );
      expect(size).toBeGreaterThanOrEqual(px);
      // All of the sentence is in the window, above the map.
      const text = await headline(page).boundingBox();
      expect((text?.y ?? -1) + (text?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0);
      expect(text?.y).toBeGreaterThanOrEqual(0);
    }
  });

test('A presentation by keyboard: P, arrows, Page keys, Space, Escape; and nothing is lost', async ({
  page,
}) => {
  await unfold(page);
  await openApp(page, `#${TWO}&theme=dark&view=0.1,0.1,0.9`);
  await expect(page.getByTestId('exact-count')).toBeVisible();
  const before = settingsOf(page);
  const first = await inspectorSays(page);
  // Not while a field has the focus.
  await page.getByRole('textbox').or(page.getByRole('spinbutton')).first().focus();
  await page.keyboard.press('p');
  await expect(headline(page)).toHaveCount(0);
  await page.keyboard.press('Escape');

  const present = page.getByRole('button', { name: 'Present' });
  await present.focus();
  await page.keyboard.press('p');
  await expect(headline(page)).toBeFocused();
  await expect(headline(page)).toHaveText(first);
  for (const name of ['Set-up', 'Inspector'])
    await expect(page.getByLabel(name, { exact: true })).toBeHidden();
  await expect(circle(page)).toContainText('Circle 1 of 3');
  await page.keyboard.press('ArrowRight');
  await expect(circle(page)).toContainText('Circle 2 of 3');
  await expect(page.locator('[data-circle="2"]')).toHaveAttribute('aria-pressed', 'true');
  // Also where the map has the focus, whose circles and regions the arrows move otherwise.
  await page.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await expect(circle(page)).toContainText('Circle 3 of 3');
  await page.locator('[data-circle="3"]').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(circle(page)).toContainText('Circle 2 of 3');
  await expect(page.getByTestId('circle-said')).toContainText('Circle 2: C');
  await page.keyboard.press('ArrowLeft');
  await expect(circle(page)).toContainText('Circle 1 of 3');

  // The list of shortcuts opens here as well, and Escape closes what was opened last.
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(headline(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(headline(page)).toHaveCount(0);
  await expect(present).toBeFocused();
  expect(settingsOf(page)).toEqual(before);

  await page.keyboard.press('p');
  await page.keyboard.press('Space');
  await expect(step(page)).toContainText('Playing');
  await page.keyboard.press('Space');
  await expect(step(page)).toContainText('Paused');
  await page.keyboard.press('PageDown');
  await expect(scene(page)).toContainText('Scene 1 of');
  await expect(page.getByTestId('scene-said')).toContainText('Learn a circle. 33 regions meet');
  // One circle: the arrows go through the scenes.
  await expect(circle(page)).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(scene(page)).toContainText('Scene 2 of');
  await expect(headline(page)).toContainText('20 regions meet this circle');
  await page.keyboard.press('PageUp');
  await expect(scene(page)).toContainText('Scene 1 of');
  await page.keyboard.press('p');
  await expect(headline(page)).toHaveCount(0);
});

test('A presentation by mouse: the button, steps, a circle that is dragged, and the way out', async ({
  page,
}) => {
  await openApp(page, `#${TWO}`);
  await expect(page.getByTestId('exact-count')).toBeVisible();
  // A tour that is under way ends, and does not come back.
  await page.getByRole('button', { name: 'Tour', exact: true }).click();
  const tour = page.getByRole('dialog', { name: 'The map' });
  await expect(tour).toBeVisible();
  await page.getByRole('button', { name: 'Present' }).click();
  await expect(tour).toHaveCount(0);
  await pressControl(page, 'Next circle');
  await expect(circle(page)).toContainText('Circle 2 of 3');
  // A press on a button does not take the keyboard: Space plays.
  await page.keyboard.press('Space');
  await expect(step(page)).toContainText('Playing');
  await pressControl(page, 'Pause');
  await expect(step(page)).toContainText('Paused');
  const said = await headline(page).textContent();
  const rim = await page.locator('[data-circle="2"] [data-part="handle"]').boundingBox();
  if (!rim) throw new Error('the circle has no handle');
  await page.mouse.move(rim.x + rim.width / 2, rim.y + rim.height / 2);
  await page.mouse.down();
  await page.mouse.move(rim.x + 120, rim.y + 120, { steps: 4 });
  await page.mouse.up();
  await expect(headline(page)).not.toHaveText(said ?? '');
  // The controls fade, and come back with the pointer.
  const leave = page.getByRole('button', { name: 'Leave' });
  await expect(leave).toHaveCSS('opacity', '0', { timeout: 6000 });
  await page.mouse.move(300, 300);
  await expect(leave).toHaveCSS('opacity', '1');
  await leave.click();
  await expect(headline(page)).toHaveCount(0);
  await expect(page.getByTestId('headline')).toBeVisible();
  await expect(tour).toHaveCount(0);
  expect(await inspectorSays(page)).not.toBe(said);
});

test('Full screen is left without leaving the presentation, and a refusal is said', async ({
  page,
}) => {
  await openApp(page, `?present=1#${TWO}`);
  await expect(circle(page)).toBeVisible();
  const full = () => page.evaluate(() => document.fullscreenElement !== null);
  await page.keyboard.press('f');
  await expect.poll(full).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(full).toBe(false);
  await expect(headline(page)).toBeVisible();
  await page.evaluate(() => {
    HTMLElement.prototype.requestFullscreen = () => Promise.reject(new TypeError('not now'));
  });
  await pressControl(page, 'Full screen');
  await expect(page.getByTestId('notice')).toContainText('did not allow full screen');
  await expect(headline(page)).toBeVisible();
  // A moment after full screen has ended, Escape leaves; the address then opens the page.
  await page.waitForTimeout(600);
  await page.keyboard.press('Escape');
  await expect(headline(page)).toHaveCount(0);
  await expect.poll(() => new URL(page.url()).search).toBe('');
});

test('A presentation by touch on a phone: a first tap only brings the controls', async ({
  phone: page,
}) => {
  await openApp(page, `#${TWO}`);
  await page.getByRole('button', { name: 'Present' }).tap();
  await expect(headline(page)).toBeVisible();
  const next = page.getByRole('button', { name: 'Next circle' });
  const box = await next.boundingBox();
  if (!box) throw new Error('there is no next circle');
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  await expect(next).toHaveCSS('opacity', '0', { timeout: 6000 });
  await page.touchscreen.tap(box.x + 20, box.y + 20);
  await expect(next).toHaveCSS('opacity', '1');
  await expect(circle(page)).toContainText('Circle 1 of 3');
  await next.tap();
  await expect(circle(page)).toContainText('Circle 2 of 3');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Leave' }).tap();
  await expect(headline(page)).toHaveCount(0);
});

for (const { name, theme, forced } of [
  { name: 'light', theme: 'light', forced: 'none' },
  { name: 'dark', theme: 'dark', forced: 'none' },
  { name: 'forced colours', theme: 'light', forced: 'active' },
] as const)
  test(`axe finds nothing in a presentation: ${name}`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: forced });
    await openApp(page, `?present=1#${TWO}&theme=${theme}`);
    await expect(headline(page)).toContainText('meet this circle');
    expect(await axeFaults(page)).toEqual([]);
  });

test('A link that asks for a presentation in other words is told what it may say', async ({
  page,
}) => {
  await openApp(page, '?present=yes');
  await expect(page.getByTestId('notice')).toContainText('“present” is 1 or 0, not “yes”');
  await expect(headline(page)).toHaveCount(0);
});
