import type { Page } from '@playwright/test';
import { boxOf } from '../../app/session/view.ts';
import { locate } from '../../src/regions/query/locate.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../src/settings/build.ts';
import type { View } from '../../src/settings/compound.ts';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, test, unfold } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

test('Every slider moves with every arrow and page key, and the link it makes is accepted', async ({
  page,
}) => {
  await unfold(page);
  await openApp(page, '#net=2-8-8-1&pick=0,0,0.25&view=0,0,1.2');
  await expect(page.getByTestId('bound-C')).toBeVisible();
  const sliders = page.locator(
    '[aria-label="Set-up"] input[type="range"], aside input[type="range"]',
  );
  // Samples, noise, train share, two layers, the learning rate, and the radius of the circle.
  await expect(sliders).toHaveCount(7);
  for (const slider of await sliders.all()) {
    const said = () => slider.getAttribute('aria-valuetext');
    const name = (await slider.getAttribute('aria-label')) ?? 'the radius';
    for (const key of [
      'ArrowRight',
      'ArrowDown',
      'PageUp',
      'PageDown',
      'End',
      'ArrowLeft',
      'Home',
    ]) {
      const before = await said();
      await slider.press(key);
      await expect.poll(said, `${key} on ${name}`).not.toBe(before);
    }
    await slider.press('End');
  }
  await expect(page.getByText('2–256–256–1')).toBeVisible();
  await expect.poll(() => page.url()).toContain('net=2-256-256-1');
  await expect.poll(() => page.url()).toContain('lr=10');
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByText('2–256–256–1')).toBeVisible();
  await expect(page.getByTestId('notice')).toHaveCount(0);
});

const map = (page: Page) => page.getByRole('application');
const marked = (page: Page) => page.getByTestId('map').getByRole('status');
const settings = (page: Page) => readLink(new URL(page.url()).hash).settings;
/** What has the keyboard, in short. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? 'nothing';
  });

test('Arrows go from region to region, moving the map for one out of sight only, and Enter sets a circle', async ({
  page,
}) => {
  const link = 'net=2-6-6-1&seed=3';
  const net = buildTrainer(readLink(link).settings).network;
  const plane = subdivide(net, { xMin: -9, xMax: 9, yMin: -9, yMax: 9 });
  await openApp(page, `#${link}`);
  const size = await map(page).boundingBox();
  if (!size) throw new Error('the map has no box');
  const sees = (view: View, x: number, y: number) => {
    const { xMin, xMax, yMin, yMax } = boxOf(view, size.width, size.height);
    return x > xMin && x < xMax && y > yMin && y < yMax;
  };
  await map(page).focus();
  let regions = 0;
  let seen = settings(page).view;
  let moves = 0;
  for (const key of [
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowUp',
    'ArrowLeft',
  ]) {
    await page.keyboard.press(key);
    await expect(marked(page)).toContainText('Region of area');
    await page.keyboard.press('Enter');
    await expect.poll(() => settings(page).pick.length).toBe(++regions);
    const { view, pick } = settings(page);
    const faces = pick.map(([x, y]) => locate(net, plane, x, y));
    const [x, y] = pick[regions - 1];
    // It is another region than the one before, and its middle is on the map.
    expect(faces[regions - 1]).not.toBe(faces[regions - 2]);
    expect(sees(view, x, y)).toBe(true);
    // The map stays for a region in sight, and goes no farther than to another.
    if (sees(seen, x, y)) expect(view).toEqual(seen);
    else moves++;
    seen = view;
    expect(Math.abs(view.x) + Math.abs(view.y)).toBeLessThan(4);
  }
  expect(moves).toBeGreaterThan(0);
  expect(moves).toBeLessThan(regions);
  // Far out there is nothing more: that is said, and the map stays.
  for (let press = 0; press < 9; press++) await page.keyboard.press('ArrowDown');
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowDown');
      return marked(page).textContent();
    })
    .toContain('No other region below');
});

test('Bound and count of a circle are announced when it stops', async ({ page }) => {
  await openApp(page, '#net=2-8-8-1&pick=0.1,0,0.25');
  const said = page.getByTestId('circle-said');
  await expect(page.getByTestId('exact-count')).toBeVisible();
  await page.waitForTimeout(900);
  // What the page started with is not announced.
  await expect(said).toHaveText('');
  await page.locator('[data-circle]').focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
  await expect(said).toHaveText(/^Circle 1: C \d+, at most [\d\u202f]+ regions?, exactly \d+\.$/);
  const C = await page.getByTestId('bound-C').getAttribute('data-value');
  const count = await page.getByTestId('exact-count').getAttribute('data-value');
  await expect(said).toContainText(`C ${C},`);
  await expect(said).toContainText(`exactly ${count}.`);
});

test('Whatever is removed while it has the focus passes it on', async ({ page }) => {
  await unfold(page);
  await openApp(page, '#net=2-8-8-1&pick=0.1,0,0.25;-0.4,0.3,0.2;0.5,-0.5,0.1;0,0.6,0.2');
  await page.locator('[data-circle]').nth(1).focus();
  await page.keyboard.press('Delete');
  // The circle that came after it, now the second.
  await expect.poll(() => focused(page)).toContain('Circle 2 at 0.5');
  await expect(page.locator('[data-circle][aria-pressed="true"]')).toHaveAttribute(
    'data-circle',
    '2',
  );
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => focused(page)).toContain('Circle 2 at 0.5');
  // Nothing is left of circle 2 of four: the button for it removes the next one, and keeps the keyboard to the last.
  const removeCircle = page.getByRole('button', { name: /^Remove circle/ });
  await removeCircle.press('Enter');
  await expect.poll(() => focused(page)).toBe('Remove circle 2');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Remove circle 1');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-circle]')).toHaveCount(0);
  await expect(map(page)).toBeFocused();

  // Buttons that have nothing more to do keep it.
  const remove = page.getByRole('button', { name: 'Remove', exact: true });
  await remove.press('Enter');
  await expect(remove).toBeFocused();
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await remove.press('Enter');
  await expect(page.getByText('2–8–1')).toBeVisible();

  await page.getByText('Regions in view', { exact: true }).click();
  const rows = page.getByRole('list', { name: 'Largest' }).getByRole('button');
  await rows.first().press('Enter');
  await page.getByRole('button', { name: 'Back', exact: true }).press('Enter');
  await expect(rows.first()).toBeFocused();
});

for (const [query, heir] of [
  ['', 'Map of the input plane'],
  ['?embed=1', 'Play'],
])
  test(`A notice that is closed hands the keyboard on${query && ' in an embed'}, and so does a circle`, async ({
    page,
  }) => {
    await openApp(page, `${query}#net=2-4-1&nosuch=1&pick=0,0,0.3`);
    await page.getByRole('button', { name: 'Close' }).press('Enter');
    await expect.poll(() => focused(page)).toContain(heir);
    await page.locator('[data-circle]').focus();
    await page.keyboard.press('Backspace');
    await expect.poll(() => focused(page)).toContain(heir);
  });

test('axe finds nothing with a region marked, a circle set there, and buttons at rest', async ({
  page,
}) => {
  await unfold(page);
  await openApp(page, '#net=2-4-1&theme=light');
  await map(page).focus();
  for (const key of ['ArrowRight', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(page.getByTestId('circle-said')).toContainText('Circle 1');
  expect(await axeFaults(page)).toEqual([]);
});

test('Escape closes the set-up in the projector theme, and the focus is on its button', async ({
  page,
}) => {
  await unfold(page);
  await openApp(page, '#theme=projector');
  const toggle = page.getByRole('button', { name: 'Set-up' }).first();
  await toggle.press('Enter');
  const samples = page.getByRole('textbox', { name: 'Samples' });
  await samples.fill('12');
  // A field that is being typed in takes its text back first.
  await page.keyboard.press('Escape');
  await expect(samples).toHaveValue('300');
  await page.keyboard.press('Escape');
  await expect(samples).toBeHidden();
  await expect(toggle).toBeFocused();
});
