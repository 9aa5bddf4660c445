import { type Page, test as plain } from '@playwright/test';
import { expect, openApp, test, unfold } from './support/app.ts';

// The controls are set here as by a reader who has them open.
test.beforeEach(({ page }) => unfold(page));

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

test('What the server does not have is answered with 404 and a sentence, not with the page', async ({
  page,
  request,
}) => {
  await openApp(page, '#net=2-4-1');
  const script = await page.locator('script[src]').getAttribute('src');
  const real = await request.get(script ?? '');
  expect(real.status()).toBe(200);
  expect(real.headers()['content-type']).toContain('javascript');
  const missing = [
    'nothing',
    'nothing/at/all',
    'assets/',
    `${script}.map`,
    'assets/app-00000000.js',
  ];
  for (const path of [...missing, 'other.html', '%E0%A4%A']) {
    const answer = await request.get(path, { headers: { accept: 'text/html,*/*' } });
    expect(answer.status(), path).toBe(404);
    expect(answer.headers()['content-type'], path).toContain('text/plain');
    expect(await answer.text(), path).toMatch(/^Not found: .+\n$/);
  }
});

test('Every answer carries the policy and forbids sniffing, what is missing too', async ({
  request,
}) => {
  for (const path of ['./', './index.html', './icon.svg', './nothing']) {
    const headers = (await request.get(path)).headers();
    expect(headers['content-security-policy'], path).toBe(POLICY);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('no-referrer');
    // Any page may embed this one.
    expect(headers['x-frame-options'], path).toBeUndefined();
  }
});

test('While a network trains the page asks its server for nothing', async ({ page }) => {
  await openApp(page, '#net=2-8-1');
  const from = await page.evaluate(() => performance.now());
  await page.getByRole('button', { name: 'Play' }).click();
  // The address changes about twice a second, and the browser may look up the icon each time.
  await page.waitForTimeout(2500);
  const asked = await page.evaluate(
    (since) =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.startTime > since)
        .map((entry) => entry as PerformanceResourceTiming)
        .filter((entry) => entry.transferSize > 0)
        .map((entry) => entry.name),
    from,
  );
  expect(asked).toEqual([]);
});

test('The page leads to the licences of everything in it, an embed does not', async ({
  page,
  context,
}) => {
  await openApp(page, '#net=2-4-1');
  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Licences' }).click();
  const notices = await opening;
  await expect(notices.locator('body')).toContainText('react-dom');
  await expect(notices.locator('body')).toContainText('Permission is hereby granted');
  await notices.close();
  await openApp(page, '?embed=1#net=2-4-1');
  await expect(page.getByRole('link')).toHaveCount(0);
});

/** Collects what the page's policy forbids from now on. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', (event) => {
      seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

// Workers report to the console alone, and that every test watches; what is forbidden on purpose here would fail it.
plain('Everything a person can do in the page keeps to its policy', async ({ page }) => {
  const violations = await watchPolicy(page);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await openApp(page, '#net=2-32-32-1&pick=0.2,0.1,0.3&speed=max');
  await page.getByRole('button', { name: 'Play' }).click();
  for (const show of ['bound', 'distance', 'output', 'regions']) {
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption(show);
    await page.waitForTimeout(250);
  }
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Tighter bounds').click();
  await page.getByRole('application').hover();
  await page.mouse.wheel(0, -300);
  await page.getByRole('application').click({ position: { x: 200, y: 200 } });
  await expect(page.locator('[data-circle]')).toHaveCount(2);
  await page.getByText('Regions in view', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('projector');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector');
  expect(await violations()).toEqual([]);
  expect(errors).toEqual([]);
  // The watch sees what is forbidden.
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  expect(await violations()).toEqual([expect.stringContaining('style-src')]);
  expect(errors).toEqual([expect.stringContaining('Content Security Policy')]);
});
