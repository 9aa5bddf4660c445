import type { Page } from '@playwright/test';
import { SHORTCUTS, type ShortcutId } from '../../app/shortcuts.tsx';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, test } from './support/app.ts';

const settings = (page: Page) => readLink(new URL(page.url()).hash).settings;
const readout = (page: Page) => page.getByTestId('readout');
const chosen = (page: Page) =>
  page.locator('[data-circle][aria-pressed="true"]').getAttribute('data-circle');
const shortcuts = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });

/** What each shortcut is seen to do on a page that was opened with two circles, one of them chosen. */
const SEEN: Record<ShortcutId, (page: Page, press: () => Promise<void>) => Promise<void>> = {
  async play(page, press) {
    await press();
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await press();
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
    await expect(readout(page)).not.toContainText('Step 0,');
  },
  async reset(page, press) {
    await press();
    await expect(readout(page)).toContainText('Step 0,');
  },
  async step(page, press) {
    await press();
    await expect(readout(page)).toContainText('Step 1,');
  },
  async epoch(page, press) {
    await press();
    await expect(readout(page)).toContainText('epoch 1.0');
  },
  async weights(page, press) {
    const { seed } = settings(page);
    await press();
    await expect.poll(() => settings(page).seed).toBe(seed + 1);
  },
  async zoomIn(page, press) {
    await press();
    await expect.poll(() => settings(page).view.half).toBeCloseTo(0.8);
  },
  async zoomOut(page, press) {
    await press();
    await expect.poll(() => settings(page).view.half).toBeCloseTo(1.2);
    await press();
    await expect.poll(() => settings(page).view.half).toBeCloseTo(1.8);
  },
  async wholeView(page, press) {
    await press();
    await expect.poll(() => settings(page).view.half).toBe(1.2);
  },
  async circle(page, press) {
    await press();
    expect(await chosen(page)).toBe('1');
    await page.keyboard.press('2');
    await expect.poll(() => chosen(page)).toBe('2');
    // There is no third one.
    await page.keyboard.press('3');
    expect(await chosen(page)).toBe('2');
  },
  async remove(page, press) {
    await press();
    await expect(page.locator('[data-circle]')).toHaveCount(1);
    await expect.poll(() => settings(page).pick[0][0]).toBe(0.1);
  },
  async help(page, press) {
    await press();
    await expect(shortcuts(page)).toBeVisible();
    // Nothing else listens while it is open.
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Close' }).press('Enter');
    await expect(shortcuts(page)).toBeHidden();
    await expect(page.locator('[data-circle]')).toHaveCount(1);
  },
  async close(page, press) {
    const help = page.getByRole('button', { name: 'Keyboard shortcuts' });
    await page.getByRole('application').press('ArrowRight');
    await expect(page.getByTestId('map').getByRole('status')).toContainText('Region of area');
    await help.press('Enter');
    await expect(shortcuts(page)).toBeVisible();
    // The list was opened last: the mark stays until the next press.
    await press();
    await expect(shortcuts(page)).toBeHidden();
    await expect(help).toBeFocused();
    await expect(page.getByTestId('map').getByRole('status')).toContainText('Region of area');
    await press();
    await expect(page.getByTestId('map').getByRole('status')).toHaveText('');
  },
};

test('The list of shortcuts names every one there is, and each does what it says', async ({
  page,
}) => {
  await openApp(page, '#net=2-4-1&pick=0.1,0,0.25;-0.4,0.3,0.2');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  const rows = shortcuts(page).locator('dl > div');
  const listed = await rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((part) => part.textContent)),
  );
  expect(listed.sort()).toEqual(SHORTCUTS.map(({ shown, what }) => [shown, what]).sort());
  await page.keyboard.press('Escape');

  await page.getByRole('application').focus();
  for (const id of Object.keys(SEEN) as ShortcutId[])
    await test.step(id, async () => {
      const [key] = SHORTCUTS.find((shortcut) => shortcut.id === id)?.keys ?? [];
      await SEEN[id](page, () => page.keyboard.press(key ?? ''));
    });
});

test('Keys of a field, with a modifier, or for the focused button are no shortcuts', async ({
  page,
}) => {
  await openApp(page, '#net=2-4-1&pick=0.1,0,0.25');
  const start = page.url();
  const field = page.getByRole('complementary').getByRole('textbox').first();
  await field.focus();
  for (const key of ['n', 's', '0', 'Delete', '?', ' ', 'Escape']) await page.keyboard.press(key);
  await page.getByRole('combobox').first().focus();
  for (const key of ['n', 's', '+']) await page.keyboard.press(key);
  await page.getByRole('application').focus();
  for (const key of ['Control+s', 'Alt+n', 'Shift+N', 'Control+Delete'])
    await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).focus();
  await page.keyboard.press(' ');
  await expect(shortcuts(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(readout(page)).toContainText('Step 0,');
  await expect(page.locator('[data-circle]')).toHaveCount(1);
  expect(page.url()).toBe(start);
});
