import type { Page } from '@playwright/test';
import { expect, openApp, test, unfold } from './support/app.ts';

// The controls are set here as by a reader who has them open.
test.beforeEach(({ page }) => unfold(page));

async function mapBox(page: Page) {
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('the map has no box');
  return box;
}

test('C counts the neurons that the legend calls undecided: false alarms are some of them', async ({
  page,
}) => {
  await openApp(page, '#net=2-16-16-1&seed=42&data=spiral&steps=60&pick=0.2,0.1,0.3');
  const C = Number(await page.getByTestId('bound-C').getAttribute('data-value'));
  const legend = page
    .getByRole('region', { name: 'Intervals of the neurons' })
    .locator('ul')
    .first();
  await expect(legend).toContainText('false alarm');
  const numbers = ((await legend.textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
  const [on, off, undecided, switching, alarms] = numbers;
  expect(undecided).toBe(C);
  expect(switching + alarms).toBe(undecided);
  expect(alarms).toBeGreaterThan(0);
  expect(on + off + undecided).toBe(32);
});

test('Tooltip and inspector say the same of a region, also of one that the view cuts', async ({
  page,
}) => {
  await openApp(page, '#net=2-6-6-1&seed=3');
  const box = await mapBox(page);
  const area = page.getByRole('region', { name: 'Region', exact: true }).locator('dd').first();
  const tooltip = page.getByTestId('tooltip').getByText('Area');
  const seen = new Set<boolean>();
  for (const [u, v] of [
    [0.01, 0.01],
    [0.99, 0.5],
    [0.5, 0.5],
    [0.45, 0.6],
  ]) {
    await page.mouse.move(box.x + u * box.width, box.y + v * box.height);
    await expect(tooltip).toContainText('Area');
    await expect(tooltip).toHaveText(`Area ${await area.textContent()}`);
    seen.add(((await area.textContent()) ?? '').startsWith('≥'));
  }
  expect(seen).toEqual(new Set([true, false]));
});

test('The strip of intervals speaks of an arrow only where one is drawn', async ({ page }) => {
  await openApp(page, '#net=2-4-1&seed=1&pick=0,0,0.2');
  const readout = page.getByTestId('interval');
  await expect(readout).toContainText('Each layer has its own scale.');
  const paths = await page
    .getByRole('slider', { name: 'Neuron' })
    .locator('path[data-kind]')
    .evaluateAll((bars) => bars.map((bar) => bar.getAttribute('d') ?? ''));
  expect(paths.join('')).toContain('Z');
  expect(paths.join('')).not.toContain('L');
});

test('The inspector does not suggest to click for a circle while a drawing tool is selected', async ({
  page,
}) => {
  await openApp(page);
  const invitation = page.getByTestId('invitation');
  await expect(invitation).toHaveText('Click or tap the map to place a circle.');
  await page.getByRole('combobox', { name: 'Data' }).selectOption('drawn');
  await expect(invitation).toContainText('draws a point now');
  await page.getByRole('button', { name: 'Erase' }).click();
  await expect(invitation).toContainText('erases points now');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(invitation).toHaveText('Click or tap the map to place a circle.');
});

test('The numbers beside a network are those of it, and tell their step while it trains', async ({
  page,
}) => {
  await openApp(page, '#net=2-16-16-1&seed=5&data=spiral');
  const counts = page.getByTestId('counts');
  await expect(counts).not.toContainText('step');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(counts).toContainText(/in view at step \d/);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(counts).not.toContainText('step');
});
