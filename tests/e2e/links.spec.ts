import type { Page } from '@playwright/test';
import { expect, openApp, test, unfold } from './support/app.ts';

/** The nastiest of what a link may say. */
const NASTY = [
  ...['n=1e999', 'n=NaN', 'noise=1e308', 'split=', 'dseed=-1', 'seed=99999999999999999999'],
  ...['net=2-0-1', 'net=2-1e9-1', 'net=--', 'net=2-8-8', `net=2${'-1'.repeat(5000)}-1`],
  ...[
    'lr=Infinity',
    'lr=0',
    'batch=1.5',
    'l1=-1',
    'l2=%ZZ',
    'slope=9&act=leaky',
    'act=tanh',
    'act=%00',
  ],
  ...['view=0,0,0', 'view=0,0,-1', 'view=1e999,0,1', 'view=0,0,1e-300', 'view=,,'],
  ...['pick=0,0,0', 'pick=1e308,1e308,1e308', 'pick=a,b,c;0,0,0.5', `pick=${'0,0,1;'.repeat(500)}`],
  ...['data=drawn&points=1e9,1e9,1', 'data=drawn&points=0,0,0.5;NaN,0,1'],
  ...['run=9,adam', 'run=1e9,adam,0.1,16,0,0', 'steps=1e9&net=2-1-1&data=drawn', 'steps=-5'],
  ...[
    'hide=everything',
    'show=__proto__',
    'method=constructor',
    'theme=%1B[2J',
    'compute=toString',
  ],
  ...[
    '__proto__=1',
    'constructor.prototype=1',
    '%E0%A4%A=%',
    '%',
    '&&&==&&',
    '\ud800=\udfff',
    'v=2',
  ],
  ...[
    'n=20&n=30&n=40',
    `${'k&'.repeat(2000)}q`,
    `lr=${'9'.repeat(200_000)}`,
    `x=${'💥'.repeat(20_000)}`,
  ],
];
const notices = (page: Page) => page.getByTestId('notice');

test('Fifty hostile links one after the other each bring a sentence, and the page stays usable', async ({
  page,
}) => {
  await openApp(page, '#net=2-4-1');
  for (const link of NASTY) {
    for (const close of await page.getByTestId('notice').getByRole('button').all())
      await close.click();
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, link);
    await expect(notices(page), link.slice(0, 60)).toHaveCount(1);
    const lines = await notices(page).locator('p').allTextContents();
    for (const line of lines) {
      expect(line, link.slice(0, 60)).toMatch(/^[A-Z“].*\.$/u);
      expect(line.length).toBeLessThan(260);
    }
    // The picture of what was kept is there, and no number of it is none.
    await expect(page.locator('[data-ready="true"]')).toBeAttached();
    for (const part of ['main', 'aside'])
      expect(await page.locator(part).innerText()).not.toMatch(/NaN|undefined|Infinity/);
  }
  await page.evaluate(() => {
    window.location.hash = 'net=2-6-6-1&seed=3';
  });
  await expect(page.getByText('2–6–6–1')).toBeVisible();
  await page.getByRole('application').click({ position: { x: 200, y: 220 } });
  await expect(page.getByTestId('exact-count')).toBeVisible();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => page.url()).toContain('steps=');
});

test('A link that is opened with hostile words in hash and query starts all the same', async ({
  page,
}) => {
  await openApp(
    page,
    '?theme=%00&compute=__proto__&net=3&embed=2#pick=0,0,1e999&__proto__=1&n=%ZZ',
  );
  for (const word of [
    'Theme',
    'Backend',
    'must come after the “#”',
    'embed',
    'Circles',
    '__proto__',
    'Samples',
  ])
    await expect(notices(page)).toContainText(word);
});

for (const [width, height] of [
  [1, 1],
  [300, 1],
  [1, 300],
])
  for (const query of ['', '?embed=1'])
    test(`A window of ${width} × ${height} pixels is no trouble${query && ' in an embed'}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await page.goto(`./${query}#net=2-6-6-1&seed=3&show=distance&pick=0,0,0.3&view=0.1,0.2,1e-9`);
      await page.waitForTimeout(400);
      await expect(
        page.getByTestId('notice').or(page.getByTestId('embed-notice').getByRole('button')),
      ).toHaveCount(0);
      // What had no room is drawn when it has.
      await page.setViewportSize({ width: 480, height: 270 });
      await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
      await expect(
        page.getByTestId('notice').or(page.getByTestId('embed-notice').getByRole('button')),
      ).toHaveCount(0);
    });

test('What was said of a link goes when another one is opened', async ({ page }) => {
  await openApp(page, '#lr=1e9');
  const notice = page.getByTestId('notice');
  await expect(notice).toContainText('Learning rate: 1e9 lies outside');
  await page.evaluate(() => {
    location.hash = '#net=2-x-1';
  });
  await expect(notice).toContainText('is not a list of widths');
  await expect(notice).toHaveCount(1);
  await page.evaluate(() => {
    location.hash = '#net=2-4-1';
  });
  await expect(notice).toHaveCount(0);
});

test('What was said of a run goes when the run does', async ({ page }) => {
  await unfold(page);
  await openApp(page, '#data=drawn');
  const notice = page.getByTestId('notice');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(notice).toContainText('There are no points to train on');
  await page.getByRole('button', { name: /^Blue/ }).click();
  await page.getByRole('application').click();
  await expect(notice).toHaveCount(0);
});
