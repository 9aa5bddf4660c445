import type { Page } from '@playwright/test';
import { superscript } from '../../app/format.ts';
import { SHORTCUTS, type ShortcutId } from '../../app/shortcuts.tsx';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, test, unfold } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

const settings = (page: Page) => readLink(new URL(page.url()).hash).settings;
const readout = (page: Page) => page.getByTestId('readout');
const chosen = (page: Page) =>
  page.locator('[data-circle][aria-pressed="true"]').getAttribute('data-circle');
const shortcuts = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const scene = (page: Page) => page.getByRole('group', { name: 'Scenes' });

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
  async add(page, press) {
    await press();
    await expect(page.locator('[data-circle]')).toHaveCount(3);
    await expect.poll(() => settings(page).pick.at(-1)?.slice(0, 2)).toEqual([0, 0]);
    await page.keyboard.press('Delete');
    await expect(page.locator('[data-circle]')).toHaveCount(2);
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
  async present(page, press) {
    await press();
    await expect(page.getByTestId('presented')).toBeVisible();
    await press();
    await expect(page.getByTestId('presented')).toHaveCount(0);
    await press();
  },
  async nextScene(page, press) {
    await press();
    await expect(scene(page)).toContainText('Scene 1 of');
  },
  async next(page, press) {
    // The first scene has one circle.
    await press();
    await expect(scene(page)).toContainText('Scene 2 of');
  },
  async previous(page, press) {
    await press();
    await expect(scene(page)).toContainText('Scene 1 of');
  },
  async previousScene(page, press) {
    await page.keyboard.press('PageDown');
    await expect(scene(page)).toContainText('Scene 2 of');
    await press();
    await expect(scene(page)).toContainText('Scene 1 of');
  },
  async fullScreen(page, press) {
    const full = () => page.evaluate(() => document.fullscreenElement !== null);
    await press();
    await expect.poll(full).toBe(true);
    await press();
    await expect.poll(full).toBe(false);
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
  expect(await axeFaults(page, 'dialog')).toEqual([]);
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
  await unfold(page);
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

const LINE = {
  Data: 'Circle, 300 points',
  Network: '2–8–8–1',
  Training: 'Adam, 0.01',
  Picture: 'Regions',
};
const rail = (page: Page) => page.getByRole('region', { name: 'Set-up' });
const group = (page: Page, title: string) => rail(page).locator('summary', { hasText: title });

test('A folded group says what is set, opens by mouse, keyboard and touch, and stays as it was left', async ({
  page,
  browser,
}) => {
  await openApp(page);
  for (const [title, line] of Object.entries(LINE))
    await expect(group(page, title).first()).toHaveText(`${title}${line}`);
  await expect(group(page, 'Computing')).toHaveText('ComputingCPU, SIMD');
  await expect(rail(page).getByRole('textbox')).toHaveCount(0);

  await group(page, 'Data').first().click();
  await page.getByRole('combobox', { name: 'Data' }).selectOption('spiral');
  await expect(group(page, 'Data').first()).toHaveText('DataSpiral, 300 points');
  // What is set less often is one level down.
  await expect(page.getByRole('textbox', { name: 'Data seed' })).toBeHidden();
  await group(page, 'More under Data').press('Enter');
  await expect(page.getByRole('textbox', { name: 'Data seed' })).toBeVisible();
  await group(page, 'Training').first().press('Enter');
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.5');
  await page.getByRole('textbox', { name: 'Learning rate' }).press('Enter');
  await expect(group(page, 'Training').first()).toHaveText('TrainingAdam, 0.5');
  await group(page, 'Training').first().press(' ');
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toBeHidden();
  // Folding is no matter of training: the space bar did one thing.
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Data seed' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toBeHidden();

  const context = await browser.newContext({ hasTouch: true });
  const tablet = await context.newPage();
  await openApp(tablet);
  await group(tablet, 'Network').first().tap();
  await expect(tablet.getByRole('textbox', { name: 'Layer 1' })).toBeVisible();
  await tablet.getByRole('button', { name: 'Keyboard shortcuts' }).tap();
  await shortcuts(tablet).getByRole('button', { name: 'Close' }).tap();
  await expect(shortcuts(tablet)).toBeHidden();
  await context.close();
});

test('The bound stands in one place of the inspector, and the reason for it beside it', async ({
  page,
}) => {
  await page.addInitScript(() => {
    for (const part of ['neurons', 'region'])
      window.localStorage.setItem(`reluscope.inspector.${part}`, 'false');
  });
  await openApp(page, '#net=2-16-16-1&seed=42&data=spiral&steps=60&pick=0.2,0.1,0.3;-0.5,0.5,0.1');
  const C = Number(await page.getByTestId('bound-C').getAttribute('data-value'));
  const count = await page.getByTestId('exact-count').getAttribute('data-value');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const said = (await inspector.innerText()).replaceAll('\u202f', '');
  const times = (text: string) => said.split(text).length - 1;
  expect(times(`2${superscript(C)} = ${2 ** C}`)).toBe(1);
  // On the ruler it is a mark with a name; a tick of the scale may stand at the same power.
  expect(times(superscript(C))).toBeLessThanOrEqual(2);
  // The list of several circles says the count again, to choose by.
  expect(said.match(new RegExp(`\\b${count}\\b`, 'g'))).toHaveLength(2);
  const reason =
    /Why is the bound so high\? C = (\d+) of (\d+) neurons are undecided: .* (\d+) switch(?:es)?; (\d+) (?:is a|are) false alarms?\./;
  const [, undecided, neurons, switching, alarms] = reason.exec(said)?.map(Number) ?? [];
  expect([undecided, neurons, switching + alarms]).toEqual([C, 32, C]);
  const factor = Math.round(2 ** C / Number(count));
  expect(said).toContain(`The count is exact. The bound is ${factor}× too high,`);
});

test('All circles are cleared at once, and come back with one press', async ({ page }) => {
  await openApp(page, '#net=2-4-1&pick=0.1,0,0.25;-0.4,0.3,0.2;0.5,-0.5,0.1');
  const before = settings(page).pick;
  await page.getByRole('button', { name: /^Circle 2:/ }).click();
  await expect(page.getByText('Circle 2 · centre (−0.4, 0.3) · r 0.2')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).press('Enter');
  await expect(page.locator('[data-circle]')).toHaveCount(0);
  await expect(page.getByTestId('invitation')).toHaveText(
    'Click or tap the map to place a circle.',
  );
  // The keyboard is not lost with the button.
  await expect(page.getByRole('application')).toBeFocused();
  const notice = page.getByTestId('notice').filter({ hasText: '3 circles removed.' });
  await page.getByRole('button', { name: 'Add a circle' }).click();
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('[data-circle]')).toHaveCount(4);
  await expect(notice).toHaveCount(0);
  await expect.poll(() => settings(page).pick.slice(0, 3)).toEqual(before);
});

test('In the fields of a circle Enter takes what was typed, and Escape takes it back', async ({
  page,
}) => {
  await openApp(page, '#net=2-4-1&pick=0.1,0,0.25');
  const line = page.getByText(/^Circle 1 · centre/);
  await expect(page.getByRole('textbox', { name: 'r', exact: true })).toBeHidden();
  await line.click();
  for (const [name, typed] of [
    ['r', '0.5'],
    ['x', '-0.3'],
    ['y', '0.2'],
  ]) {
    const field = page.getByRole('textbox', { name, exact: true });
    const value = await field.inputValue();
    await field.fill('77');
    await field.press('Escape');
    await expect(field).toHaveValue(value);
    await field.fill(typed);
    await field.press('Enter');
    await expect(field).toHaveValue(typed);
  }
  await expect(line).toHaveText('Circle 1 · centre (−0.3, 0.2) · r 0.5');
});
