import { test as base, type Page } from '@playwright/test';

/** Notes exceptions nobody caught and errors on the console; what it returns throws when there were some. */
function watch(page: Page): () => void {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return () => {
    if (errors.length > 0) throw new Error(`the page complained:\n${errors.join('\n')}`);
  };
}

/**
 * `test` with a watch on the page: an exception nobody caught, or an error on its console, fails the test that
 * caused it, whatever else it saw. `phone` is a page on a phone held upright, with a finger.
 */
export const test = base.extend<{ quietPage: undefined; phone: Page }>({
  quietPage: [
    async ({ page }, use) => {
      const check = watch(page);
      await use(undefined);
      check();
    },
    { auto: true },
  ],
  phone: async ({ browser }, use) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const page = await context.newPage();
    const check = watch(page);
    await use(page);
    await context.close();
    check();
  },
});

export { expect } from '@playwright/test';

/**
 * Opens the app and waits until its first picture stands.
 * @param address query and hash, such as `?embed=1#net=2-8-8-1`; without a hash the page opens its first scene
 */
export async function openApp(page: Page, address = '#steps=0'): Promise<void> {
  await page.goto(`./${address}`);
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached', timeout: 30_000 });
}

/** Has the app, when it is opened after this, show every control of rail and circle, as a reader may have left it. */
export async function unfold(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // A page without an address has no storage.
    if (window.location.protocol === 'about:') return;
    for (const group of ['data', 'network', 'training', 'picture', 'computing'])
      for (const level of ['', '.more'])
        window.localStorage.setItem(`reluscope.rail.${group}${level}`, 'true');
    window.localStorage.setItem('reluscope.inspector.circle', 'true');
  });
}

/**
 * What `read` gives when it has settled: the same again after `quiet` milliseconds. How long what is on its way
 * takes to come is the machine's affair; that it never ends fails.
 */
export async function settled<T>(page: Page, read: () => Promise<T>, quiet = 700): Promise<T> {
  for (let round = 0; round < 40; round++) {
    const before = await read();
    await page.waitForTimeout(quiet);
    if ((await read()) === before) return before;
  }
  throw new Error('it does not settle');
}

/** Presses a control of a presentation, which is to be had only while the pointer moves, and a few seconds after. */
export async function pressControl(page: Page, name: string): Promise<void> {
  const control = page.getByRole('button', { name });
  const box = await control.boundingBox();
  if (box === null) throw new Error(`the control ${name} has no box`);
  await page.mouse.move(box.x + box.width / 2, box.y - 40);
  await page.mouse.move(box.x + box.width / 2, box.y - 30);
  await control.click();
}

/** Ends the browser's GPU process: a real device loss, as a driver's crash would cause it. */
export async function crashGpuProcess(page: Page): Promise<void> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('this context has no browser of its own');
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  await session.detach();
}
