import type { Page } from '@playwright/test';
import { superscript } from '../../app/format.ts';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../src/settings/build.ts';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, test } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

test.use({ viewport: { width: 480, height: 270 } });

const notice = (page: Page) => page.getByTestId('embed-notice');
const close = (page: Page) => page.getByRole('button', { name: 'Close' });

/** Whether the notice keeps to the outer third of the frame: the middle belongs to the map. */
async function leavesTheMiddle(page: Page): Promise<boolean> {
  const box = await notice(page).boundingBox();
  return box !== null && box.x >= 0 && box.x + box.width <= 480 && box.y + box.height <= 90;
}

test('An embed says in one line what is wrong with its link, and the line can be closed', async ({
  page,
}) => {
  await openApp(page, '?embed=1#net=2-4-1&lr=fast&n=99999&nosuch=1');
  await expect(notice(page)).toContainText('Learning rate');
  expect(await leavesTheMiddle(page)).toBe(true);
  const line = page.getByTestId('embed-notice').getByRole('button').first();
  const height = async () => (await line.boundingBox())?.height ?? 0;
  const folded = await height();
  await line.click();
  // Three problems do not fit into a line; unfolded all of them can be read.
  await expect.poll(height).toBeGreaterThan(folded * 1.3);
  await expect(line).toContainText('nosuch');
  await close(page).click();
  await expect(notice(page)).toBeEmpty();
  await expect(page.getByRole('button')).toHaveCount(1);
});

test('An embed says that training diverged', async ({ page }) => {
  await openApp(page, '?embed=1#opt=sgd&lr=10&net=2-64-64-64-1&speed=max');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(notice(page)).toContainText('Training diverged', { timeout: 60_000 });
  await close(page).click();
  await expect(page.getByTestId('embed-bar')).toContainText('training diverged');
});

test('A notice in an embed, open or not, has nothing for axe', async ({ page }) => {
  await openApp(page, '?embed=1#net=2-4-1&lr=fast&n=99999&nosuch=1&view=0.1,0,0.5');
  for (const press of [false, true]) {
    if (press) await page.getByTestId('embed-notice').getByRole('button').first().click();
    expect(await axeFaults(page)).toEqual([]);
  }
});

test('An embed leads back to the view of its link, not to another', async ({ page }) => {
  await openApp(page, '?embed=1#net=2-16-16-1&view=0.2,0.1,0.6');
  const reset = page.getByRole('button', { name: 'Reset view' });
  await expect(reset).toBeHidden();
  const text = page.getByTestId('embed-bar').locator('p');
  const before = await text.textContent();
  await page.mouse.move(240, 100);
  await page.mouse.down();
  await page.mouse.move(330, 130, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => text.textContent()).not.toBe(before);
  await reset.click();
  await expect.poll(() => text.textContent()).toBe(before);
  await expect(reset).toBeHidden();
  await expect.poll(() => page.url()).toContain('view=0.2,0.1,0.6');
});

/** The frames of the issue, a square one among them, where the map's own picture tells the count. */
const FRAMES = [
  { width: 480, height: 270 },
  { width: 720, height: 450 },
  { width: 500, height: 500 },
  { width: 1440, height: 900 },
];

for (const [name, link, box, named] of [
  [
    'of the whole view',
    'net=2-16-16-1&pick=0.2,0.1,0.3',
    { xMin: -1.2, xMax: 1.2, yMin: -1.2, yMax: 1.2 },
    'in [−1.2, 1.2]²',
  ],
  [
    'of a part',
    'net=2-16-16-1&steps=60&view=0.25,0.125,0.5',
    { xMin: -0.25, xMax: 0.75, yMin: -0.375, yMax: 0.625 },
    'in [0.25 ± 0.5] × [0.125 ± 0.5]',
  ],
] as const)
  test(`One link ${name} counts the same regions in a frame of any shape`, async ({ page }) => {
    const { settings } = readLink(link);
    const trainer = buildTrainer(settings);
    while (trainer.stepsDone < settings.steps) trainer.step();
    const truth = subdivide(trainer.network, box).faceCount;
    for (const frame of FRAMES) {
      await page.setViewportSize(frame);
      await page.goto('about:blank');
      await openApp(page, `?embed=1#${link}`);
      const counted = page.getByTestId('counted');
      await expect(counted).toHaveAttribute('data-regions', String(truth));
      await expect(page.getByTestId('embed-bar')).toContainText(named);
      const square = page.getByTestId('link-square');
      if (frame.width === frame.height) await expect(square).toHaveCount(0);
      else {
        const side = Number(await square.getAttribute('width'));
        expect(side).toBeCloseTo(Math.min(frame.width, frame.height), 6);
      }
    }
  });

test('The line of an embed has the count of the circle beside its bound, and that alone in 320 pixels', async ({
  page,
}) => {
  const link = 'net=2-8-8-1&seed=3&lr=fast&n=99999&pick=0.2,0.1,0.4';
  const { settings } = readLink(link);
  const { network } = buildTrainer(settings);
  const met = discRegions(network, 0.2, 0.1, 0.4).activationRegions;
  const { C } = algorithmOne(network, [0.2, 0.1], 0.4);
  for (const [width, height] of [
    [480, 270],
    [320, 180],
  ]) {
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await openApp(page, `?embed=1#${link}`);
    const line = page.getByTestId('embed-bar').locator('p');
    const alone = `${met} meet the circle (bound 2${superscript(C)})`;
    await expect(line).toContainText(alone);
    const read = await line.innerText();
    if (width === 320) expect(read.trim()).toBe(alone);
    else expect(read).toMatch(/ activation regions in \[−1\.2, 1\.2\]²; /);
    // Neither the interval nor what is said of the circle is broken.
    const broken = await line.evaluate((element) => {
      const high = 1.5 * Number.parseFloat(getComputedStyle(element).fontSize);
      return [...element.querySelectorAll('span')]
        .filter((span) => /^(in \[|\d+ meet)/.test(span.textContent ?? ''))
        .map((span) => span.getBoundingClientRect().height > high);
    });
    expect(broken).toEqual([false, false]);
    // What is cut off can be read whole where the pointer rests.
    const text = notice(page).getByRole('button').first();
    await expect(text).toHaveAttribute('title', /Learning rate.*\s+.*Samples/s);
  }
});

test('An embed counts what is in view once it is moved, and says so', async ({ page }) => {
  await openApp(page, '?embed=1#net=2-16-16-1');
  const line = page.getByTestId('embed-bar').locator('p');
  await expect(line).toContainText('in [−1.2, 1.2]²');
  await page.mouse.move(240, 100);
  await page.mouse.down();
  await page.mouse.move(300, 130, { steps: 4 });
  await page.mouse.up();
  await expect(line).toContainText('in view');
  await expect(page.getByTestId('link-square')).toHaveCount(0);
});

test('Bound and count in the line of an embed are of one step while it trains', async ({
  page,
}) => {
  const link = 'data=spiral&net=2-16-16-1&seed=5&speed=1&compute=reference&pick=0.3,0.2,0.3';
  // Every line that a person could have read, in the order of its coming.
  await page.addInitScript(() => {
    const lines: string[] = [];
    Object.assign(window, { lines });
    new MutationObserver(() => {
      const line = document.querySelector('[data-testid="embed-bar"] p')?.textContent ?? '';
      if (line !== lines.at(-1)) lines.push(line);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await openApp(page, `?embed=1#${link}`);
  await page.getByRole('button', { name: 'Play' }).click();
  const read = async () =>
    (await page.evaluate(() => (window as unknown as { lines: string[] }).lines))
      .map((line) =>
        line.match(/^(\d+) activation regions in .*; (\d+) meet the circle \(bound 2(\S+)\)$/),
      )
      .filter((match) => match !== null)
      .map(([, regions, met, C]) => `${regions} ${met} ${C}`);
  await page.waitForTimeout(1000);
  await expect.poll(async () => new Set(await read()).size).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Pause' }).click();
  const told = await read();
  const { settings } = readLink(link);
  const [x, y, r] = settings.pick[0];
  const trainer = buildTrainer(settings);
  const square = { xMin: -1.2, xMax: 1.2, yMin: -1.2, yMax: 1.2 };
  const truth = new Set<string>();
  for (let step = 0; step < 400; step++) {
    const { C } = algorithmOne(trainer.network, [x, y], r);
    const met = discRegions(trainer.network, x, y, r).activationRegions;
    truth.add(`${subdivide(trainer.network, square).faceCount} ${met} ${superscript(C)}`);
    trainer.step();
  }
  for (const pair of told) expect([...truth]).toContain(pair);
});
