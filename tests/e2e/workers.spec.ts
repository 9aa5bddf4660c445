import { test as base, expect, type Page, type Worker } from '@playwright/test';
import { settled, unfold } from './support/app.ts';
import { axeFaults } from './support/axe.ts';
import { Site } from './support/site.ts';

/** A sentence must stand within this long of a failure. */
const PROMPT = { timeout: 10_000 };

/** A page on a host that can fail; what a host that fails leaves on the console is no fault, an exception is. */
const test = base.extend<{ site: Site }>({
  site: async ({ page }, use) => {
    const site = new Site();
    await site.start();
    const exceptions: string[] = [];
    page.on('pageerror', (error) => exceptions.push(error.stack ?? error.message));
    await use(site);
    await site.stop();
    expect(exceptions).toEqual([]);
  },
});

// The controls are set here as by a reader who has them open.
test.beforeEach(({ page }) => unfold(page));

const trouble = (page: Page) => page.getByRole('alert').getByTestId('notice');
const counts = (page: Page) => page.getByTestId('counts');
const ready = (page: Page) =>
  page.locator('[data-ready="true"]').waitFor({ state: 'attached', timeout: 30_000 });
const open = async (page: Page, site: Site, address: string) => {
  await page.goto(`${site.url}${address}`);
  await ready(page);
};
const setHash = (page: Page, hash: string) =>
  page.evaluate((next) => {
    location.hash = next;
  }, hash);
const again = (page: Page) => page.getByRole('button', { name: /^Start (it|them) again$/ });
const regions = (page: Page) => counts(page).getAttribute('data-regions').then(Number);

/** Workers that the page started, by their scripts, oldest first. */
const workersOf = (page: Page, script: string): Worker[] =>
  page.workers().filter((worker) => worker.url().includes(script));

/** Ends a worker as a browser does that needs its memory: without a word. */
async function close(worker: Worker): Promise<void> {
  const closed = worker.waitForEvent('close');
  await worker.evaluate(() => self.close());
  await closed;
}

/** Enough processors for SIMD threads, whatever this machine has. */
const withThreads = (page: Page) =>
  page.addInitScript(() =>
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 4 }),
  );

test('A session goes on when the site cannot be reached any more: nothing is asked of it', async ({
  page,
  site,
}) => {
  await withThreads(page);
  const asked: string[] = [];
  // The browser looks for the icon whenever the address changes; the page does not.
  page.on('request', (request) => {
    if (!request.url().endsWith('icon.svg')) asked.push(request.url());
  });
  await open(page, site, '#net=2-4-1');
  for (const script of ['piece.worker', 'simd.worker'])
    await expect.poll(() => asked.filter((url) => url.includes(script)).length).toBeGreaterThan(1);
  await page.waitForLoadState('networkidle');
  await site.stop();
  const before = asked.length;
  await setHash(page, '#net=2-64-64-64-1&view=0,0,3&show=bound&pick=0.2,0.1,0.25');
  await expect(counts(page)).toContainText(/^\d{2,3}\D\d{3} activation regions/, {
    timeout: 60_000,
  });
  await expect(page.getByTestId('rate')).toContainText('bounds per second');
  await expect(page.getByTestId('notice')).toHaveCount(0);
  expect(asked.slice(before)).toEqual([]);
});

for (const { script, says } of [
  { script: 'training.worker', says: 'Training' },
  { script: 'geometry.worker', says: 'The map and the exact counts in circles' },
  { script: 'compute.worker', says: 'Bounds and fields' },
])
  test(`A missing ${script} is told, and started when it is there again`, async ({
    page,
    site,
  }) => {
    site.missing = [script];
    await page.goto(`${site.url}#net=2-8-8-1&pick=0.2,0.1,0.25&steps=20`);
    await expect(trouble(page)).toContainText(
      `${says} cannot start: a script did not load`,
      PROMPT,
    );
    await expect(page.getByText(/Starting…|Drawing…|is starting/)).toHaveCount(0);
    // Still missing: the sentence comes back.
    await again(page).press('Enter');
    await expect(trouble(page)).toContainText(
      `${says} cannot start: a script did not load`,
      PROMPT,
    );
    site.missing = [];
    await again(page).press('Enter');
    await ready(page);
    await expect(trouble(page)).toHaveCount(0);
    await expect(page.getByTestId('readout')).toContainText('Step 20,');
    await expect(page.getByTestId('bound-C')).toBeVisible();
    await expect(page.getByTestId('backend')).toContainText('In use');
  });

test('Without the workers that share large views one worker draws, says so, and draws the same', async ({
  page,
  site,
}) => {
  site.missing = ['piece.worker'];
  const large = '#net=2-64-64-64-64-64-64-64-64-1&view=0,0,3';
  await open(page, site, large);
  await expect(page.getByTestId('notice')).toContainText('one worker draws alone', PROMPT);
  const alone = await regions(page);
  site.missing = [];
  await page.goto('about:blank');
  await open(page, site, large);
  await expect(page.getByTestId('notice')).toHaveCount(0);
  expect(await regions(page)).toBe(alone);
});

test('Without some or all SIMD threads the others draw the field, and a notice says so', async ({
  page,
  site,
}) => {
  await withThreads(page);
  const notice = page.getByTestId('notice').filter({ hasText: 'fewer do the work' });
  const drawn = () => expect(page.getByTestId('rate')).toContainText('bounds per second');
  site.missing = ['simd.worker'];
  await open(page, site, '#net=2-32-32-1&show=bound&method=crown');
  await expect(notice).toBeVisible(PROMPT);
  await drawn();
  site.missing = [];
  await page.goto('about:blank');
  await open(page, site, '#net=2-32-32-1');
  await expect.poll(() => workersOf(page, 'simd.worker').length).toBe(2);
  await page.getByLabel('Colour by').selectOption('bound');
  await page.getByLabel('Bound by').selectOption('crown');
  await close(workersOf(page, 'simd.worker')[0]);
  await expect(notice).toBeVisible(PROMPT);
  await drawn();
});

test('The count of one network does not stand beside the drawing of the next', async ({
  page,
  site,
}) => {
  await open(page, site, '#net=2-4-1');
  await expect(counts(page)).toContainText('activation regions');
  // Every text that the line has from here on.
  await page.evaluate(() => {
    const texts = new Set<string>();
    Object.assign(window, { texts });
    const note = () =>
      texts.add(document.querySelector('[data-testid^="counts"]')?.textContent ?? '');
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    location.hash = '#net=2-64-64-64-64-64-64-64-64-1&view=0,0,4';
  });
  await expect(page.getByTestId(/^counts/)).toContainText('so far');
  const texts = await page.evaluate(() => [...(window as unknown as { texts: Set<string> }).texts]);
  const both = texts.filter((text) => /in view/.test(text) && /rawing/.test(text));
  expect(both).toEqual([]);
});

test('Others take over from a worker that is closed in the middle of a large view', async ({
  page,
  site,
}) => {
  const large = '#net=2-64-64-64-64-64-64-64-64-1&view=0,0,4';
  await open(page, site, large);
  const whole = await regions(page);
  await setHash(page, '#net=2-4-1');
  await expect.poll(() => regions(page)).toBeLessThan(20);
  await setHash(page, large);
  await expect(page.getByTestId(/^counts/)).toContainText('so far');
  await close(workersOf(page, 'piece.worker')[0]);
  await expect.poll(() => regions(page), { timeout: 60_000 }).toBe(whole);
});

test('Every worker that is closed is told, and what it did goes on after the button', async ({
  page,
  site,
}) => {
  await open(page, site, '#net=2-8-8-1&pick=0.2,0.1,0.25&steps=30&show=bound');
  const C = page.getByTestId('bound-C');
  await expect(C).toBeVisible();
  const drawn = await regions(page);
  const bound = await C.getAttribute('data-value');
  const pick = (script: string, at = 0) => workersOf(page, script)[at];

  await close(pick('training.worker'));
  await expect(trouble(page)).toContainText('Training stopped: the browser closed', PROMPT);
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(trouble(page)).toHaveCount(0);
  // A button that needs the worker leads back to the sentence.
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await again(page).click();
  await expect(page.getByTestId('readout')).toContainText('Step 30,');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByTestId('readout')).toContainText('Step 31,');

  await close(pick('geometry.worker'));
  await expect(trouble(page)).toContainText('The map stopped:', PROMPT);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(counts(page)).toContainText('in view at step 31');
  await setHash(page, '#net=2-64-64-1&pick=0.2,0.1,0.25');
  await expect(page.getByTestId(/^counts/)).toHaveText('Not drawn');
  await expect(page.getByTestId('map-note')).toContainText('the network before this one');
  await again(page).click();
  await ready(page);
  expect(await regions(page)).toBeGreaterThan(3 * drawn);

  // The one that draws has been started again: the older one counts in circles.
  await close(pick('geometry.worker'));
  await expect(trouble(page)).toContainText('The exact counts in circles stopped:', PROMPT);
  await setHash(page, '#net=2-8-8-1&pick=0.2,0.1,0.25&steps=30&show=bound');
  await expect(C).toHaveAttribute('data-value', bound ?? '');
  await again(page).click();
  await expect(page.getByTestId('exact-count')).toBeVisible();

  await close(pick('compute.worker'));
  await expect(trouble(page)).toContainText('Bounds and fields stopped:', PROMPT);
  await expect(page.getByText('Compute is not running.')).toBeAttached();
  await again(page).click();
  await expect(page.getByTestId('backend')).toContainText('In use');
  expect(await regions(page)).toBe(drawn);
  await expect(page.getByTestId('notice')).toHaveCount(0);
});

test('Training that is closed while it plays goes on from the step on the screen, by the same weights', async ({
  page,
  site,
}) => {
  await open(page, site, '#net=2-8-8-1&speed=10');
  const play = page.getByRole('button', { name: 'Play' });
  await play.click();
  const step = async () =>
    Number((await page.getByTestId('readout').innerText()).match(/Step (\d+)/)?.[1]);
  await expect.poll(step).toBeGreaterThan(50);
  await close(workersOf(page, 'training.worker')[0]);
  await expect(trouble(page)).toContainText('Training stopped: the browser closed', PROMPT);
  await expect(play).toBeVisible();
  const left = await step();
  // A rule that is changed meanwhile holds from here on, not from the beginning.
  await page.getByLabel('Batch size').fill('8');
  await page.keyboard.press('Enter');
  await again(page).click();
  await expect.poll(step).toBeGreaterThan(left);
  await page.getByRole('button', { name: 'Pause' }).click();
  await ready(page);
  // A frame that was on its way may still come.
  await expect.poll(async () => page.url().includes(`steps=${await step()}`)).toBe(true);
  const [url, drawn] = [page.url(), await regions(page)];
  expect(url).toContain(`run=${left}`);
  await page.goto('about:blank');
  await page.goto(url);
  await ready(page);
  expect(await regions(page)).toBe(drawn);
});

test('A policy that forbids workers is told in one sentence, in the page and in a frame', async ({
  page,
  site,
}) => {
  site.policy = "worker-src 'none'";
  await page.goto(`${site.url}#net=2-8-8-1`);
  await expect(trouble(page)).toContainText('security policy (worker-src) forbids', PROMPT);
  await expect(page.getByTestId('notice')).toHaveCount(1);
  await expect(page.getByText(/Starting…|Drawing…|is starting/)).toHaveCount(0);
  expect(await axeFaults(page)).toEqual([]);
  await again(page).press('Enter');
  await expect(trouble(page)).toContainText('security policy (worker-src) forbids', PROMPT);
  await page.setViewportSize({ width: 480, height: 270 });
  await page.goto(`${site.url}?embed=1#net=2-8-8-1`);
  await expect(page.getByTestId('embed-notice')).toContainText('(worker-src) forbids', PROMPT);
  await expect(again(page)).toBeInViewport();
});

test('A script that is long on its way is told, and the sentence goes when it comes', async ({
  page,
  site,
}) => {
  site.late = ['geometry.worker'];
  await page.clock.install();
  await page.goto(`${site.url}#net=2-8-8-1`);
  await expect(page.getByTestId(/^counts/)).toBeAttached();
  await page.clock.runFor(8000);
  await expect(trouble(page)).toContainText('No answer for 8 seconds from the map', PROMPT);
  site.answerLate();
  await ready(page);
  await expect(trouble(page)).toHaveCount(0);
});

// Eighteen seconds of waiting for a browser that few still have; `watched.test.ts` has the same without a page.
test('Where the browser has no locks, hard work is not taken for death, and death is not overlooked', {
  tag: '@long',
}, async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  // A picture, a count and a field that take minutes each, and training as fast as it goes.
  const layers = new Array(8).fill(256).join('-');
  await page.goto(`${site.url}#net=2-${layers}-1&view=0,0,4&pick=0,0,4&show=bound&speed=max`);
  await page.getByRole('button', { name: 'Play' }).click();
  const readout = page.getByTestId('readout');
  await expect(readout).not.toContainText('Step 0,');
  // Longer than patience lasts.
  await page.waitForTimeout(10_000);
  await expect(trouble(page)).toHaveCount(0);
  await setHash(page, '#net=2-8-8-1');
  await ready(page);
  await close(workersOf(page, 'training.worker')[0]);
  await expect(trouble(page)).toContainText('No answer for 8 seconds from training', {
    timeout: 20_000,
  });
  await again(page).click();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(readout).toContainText('Step 1,');
  await expect(trouble(page)).toHaveCount(0);
});

test('An embed that is not displayed at first starts when it is', async ({ page, site }) => {
  site.pages = {
    '/talk.html': `<iframe src="/?embed=1#net=2-8-8-1&steps=20" style="display: none"></iframe>`,
  };
  await page.goto(`${site.url}talk.html`);
  await page.waitForTimeout(800);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('[data-ready="true"]')).toHaveCount(0);
  await page.locator('iframe').evaluate((node) => {
    node.style.display = '';
  });
  await expect(frame.getByTestId('counted')).toContainText('activation regions');
});

test('An embed rests while it is not displayed, and goes on where it was', async ({
  page,
  site,
}) => {
  site.pages = {
    '/talk.html': `<iframe src="/?embed=1#net=2-8-8-1&speed=1" width="480" height="270"></iframe>`,
  };
  await page.goto(`${site.url}talk.html`);
  const frame = page.frameLocator('iframe');
  await frame.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  const display = (value: string) =>
    page.locator('iframe').evaluate((node, to) => {
      node.style.display = to;
    }, value);
  const stepOf = () =>
    page
      .frames()[1]
      .evaluate(() => Number(new URLSearchParams(location.hash.slice(1)).get('steps') ?? 0));
  await frame.getByRole('button', { name: 'Play' }).click();
  await expect.poll(stepOf).toBeGreaterThan(10);
  await display('none');
  // What is on its way still comes, and the address is written a moment later.
  const rested = await settled(page, stepOf, 1500);
  await display('');
  await expect.poll(stepOf).toBeGreaterThan(rested + 10);
  // What a person paused stays paused.
  await frame.getByRole('button', { name: 'Pause' }).click();
  const paused = await settled(page, stepOf);
  await display('none');
  await page.waitForTimeout(300);
  await display('');
  await page.waitForTimeout(800);
  expect(await stepOf()).toBe(paused);
  await expect(frame.getByRole('button', { name: 'Play' })).toBeVisible();
});
