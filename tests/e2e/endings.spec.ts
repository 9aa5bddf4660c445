import { expect, openApp, test } from './support/app.ts';

const DIVERGES = '#opt=sgd&lr=10&net=2-64-64-64-1&speed=max';
const DIES = '#opt=sgd&lr=3&net=2-8-8-1&speed=30';

for (const query of ['', '?embed=1'])
  test(`After training diverged${query && ' in an embed'}, the button that restarts says so and keeps the keyboard`, async ({
    page,
  }) => {
    await openApp(page, query + DIVERGES);
    await page.getByRole('button', { name: 'Play' }).press('Enter');
    const again = page.getByRole('button', { name: 'Restart', exact: true });
    await expect(again).toBeFocused({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: /^(Play|Pause)$/ })).toHaveCount(0);
    const said = page.getByText('Training diverged: the weights grew');
    await expect(said).toBeVisible();
    // An embed has no learning rate to lower.
    await expect(said).toContainText(query ? /is kept\.$/ : 'lower the learning rate');
    await again.press('Enter');
    await expect(page.getByRole('button', { name: 'Play' })).toBeFocused();
    await expect.poll(() => page.url()).not.toContain('steps=');
  });

for (const query of ['', '?embed=1'])
  test(`A network that dies while it trains${query && ' in an embed'} is reported as dead, once`, async ({
    page,
  }) => {
    await openApp(page, query + DIES);
    const said = page.getByText('The network died');
    await expect(said).toHaveCount(0);
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(said).toBeVisible();
    await expect(said).toContainText(query ? /are kept\.$/ : 'Take new weights');
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByTestId(query ? 'embed-bar' : 'readout')).toContainText('dead');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForTimeout(300);
    await expect(said).toHaveCount(0);
    await page.getByRole('button', { name: 'Pause' }).click();
    // The link tells the same of the run that it replays.
    await expect.poll(() => page.url()).toMatch(/steps=\d{3}/);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await expect(said).toBeVisible();
  });

test('On a phone of 360 pixels the button that restarts leaves the others in its row', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openApp(page, DIVERGES);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByRole('button', { name: 'Restart', exact: true })).toBeVisible();
  const tops = await page
    .getByTestId('transport')
    .locator('button:not([data-term])')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
});
